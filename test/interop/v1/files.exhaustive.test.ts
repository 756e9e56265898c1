/**
 * Stock TensorBoard's answers on a file of `v1` and on one of TensorFlow 1's FileWriter with the same data: runs
 * `ours` and `theirs` of one log directory. Needs a Python with TensorFlow and TensorBoard.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { decode as decodePng } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MeasuredServer, startTensorBoard } from "../../../bench/tools/servers.ts";
import { pb } from "../../../proto/index.ts";
import { parseText } from "../../../proto/text-format.ts";
import { v1 } from "../../../summary/index.ts";
import { nodesByName } from "./graph-nodes.ts";
import { addSummary, cases, shownValue } from "./summary-cases.ts";
import { hasTensorBoard, hasTensorFlow, oracle } from "./tensorflow.ts";

/** The graph of `small_graph` in v1_summaries.py. */
function smallGraph(): void {
  const x = v1.placeholder("float32", [null, 4], { name: "x-input" });
  const layer1 = v1.variableScope("layer1", () => {
    const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
    const weights = v1.getVariable("weights", { shape: [4, 2], initializer });
    const biases = v1.getVariable("biases", { shape: [2], initializer: v1.constantInitializer(0) });
    return v1.nn.relu(v1.add(v1.matMul(x, weights), biases));
  });
  v1.device("/cpu:0", () => v1.nameScope("loss", () => v1.summary.scalar("mean", v1.reduceMean(layer1))));
}

/** Writes what v1_summaries.py writes. */
async function writeOurs(logdir: string, runMetadata: Uint8Array): Promise<void> {
  let step = 0;
  const graph = new v1.Graph();
  graph.asDefault(smallGraph);
  const writer = new v1.summary.FileWriter(logdir, graph, { clock: () => (1_700_000_000 + step) * 1000 });
  for (const one of cases) {
    step = one.step;
    const { shown, summary } = new v1.Graph().asDefault(() => addSummary(v1, one));
    writer.addSummary(summary.eval([[shown, shownValue(one)]]), step);
  }
  writer.addRunMetadata(runMetadata, "step001", 1);
  writer.addSessionLog({ status: v1.SessionLog.STOP }, 6);
  await writer.close();
}

describe.skipIf(!hasTensorFlow || !hasTensorBoard)("stock answers on both files alike", () => {
  let logdir: string;
  let server: MeasuredServer;

  beforeAll(async () => {
    logdir = mkdtempSync(path.join(tmpdir(), "tsboard-v1-"));
    const printed = oracle("v1_summaries.py", ["write", path.join(logdir, "theirs")], JSON.stringify(cases));
    await writeOurs(path.join(logdir, "ours"), Buffer.from(JSON.parse(printed), "base64"));
    server = (await startTensorBoard(logdir))!;
    await bothRunsAreRead();
  });

  afterAll(async () => {
    await server.stop();
    rmSync(logdir, { recursive: true });
  });

  /** The log directory is read a while after the server has started. */
  async function bothRunsAreRead(): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (Object.keys(await json("graphs/info")).length < 2) {
      if (Date.now() > deadline) throw new Error("the runs are not there after 30 s");
      await setTimeout(200);
    }
  }

  async function answer(route: string, query: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await fetch(new URL(`data/plugin/${route}?${new URLSearchParams(query)}`, server.url));
    if (!response.ok) throw new Error(`${route} ${JSON.stringify(query)}: ${response.status}`);
    return response;
  }

  async function json(
    route: string,
    query?: Readonly<Record<string, string>>,
  ): Promise<Record<string, unknown>> {
    const body: unknown = await (await answer(route, query)).json();
    if (typeof body !== "object" || body === null) throw new Error(`${route}: no object`);
    return { ...body };
  }

  /** The answer for each of the runs; `about` is what must be equal. */
  async function bothRuns<Answer>(about: (run: string) => Promise<Answer>): Promise<[Answer, Answer]> {
    return [await about("ours"), await about("theirs")];
  }

  test("files have the names of TensorFlow 1", () => {
    for (const run of ["ours", "theirs"])
      expect(readdirSync(path.join(logdir, run))).toEqual([
        expect.stringMatching(/^events\.out\.tfevents\.\d{10}\.[^.]+$/),
      ]);
  });

  test.each(["scalars", "histograms", "distributions", "images", "audio", "text"])("%s", async (plugin) => {
    const tags = await json(`${plugin}/tags`);
    expect(inOrder(tags.ours)).toEqual(inOrder(tags.theirs));
    const names = Array.isArray(tags.ours) ? tags.ours : Object.keys(tags.ours ?? {});
    expect(names.length).toBeGreaterThan(1);
    for (const tag of names) {
      const [ours, theirs] = await bothRuns((run) => points(plugin, { run, tag }));
      expect(ours, tag).toEqual(theirs);
    }
  });

  /** The text dashboard's lists of tags have no order: they are made of sets. */
  function inOrder(tags: unknown): unknown {
    return Array.isArray(tags) ? tags.sort() : tags;
  }

  /** A series, with the blobs that it names. */
  async function points(plugin: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const series: unknown = await (await answer(`${plugin}/${plugin}`, query)).json();
    if (plugin !== "images" && plugin !== "audio") return series;
    if (!Array.isArray(series)) throw new Error(`no list: ${JSON.stringify(series)}`);
    const route = plugin === "images" ? "images/individualImage" : "audio/individualAudio";
    return Promise.all(
      series.map(async ({ query: blob, ...others }: { query: string }) => {
        const response = await answer(route, Object.fromEntries(new URLSearchParams(blob)));
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { ...others, bytes: plugin === "images" ? decodePng(bytes).data : bytes };
      }),
    );
  }

  test("the graph", async () => {
    const info = await json("graphs/info");
    expect(info.ours).toEqual({ ...(info.theirs as object), run: "ours" });
    const [ours, theirs] = await bothRuns(async (run) => {
      const text = await (await answer("graphs/graph", { run, conceptual: "false" })).text();
      return nodesByName(pb.GraphDef.decode(parseText("tensorboard.GraphDef", text).bytes));
    });
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours)).toContain("layer1/MatMul");
  });

  test("run metadata", async () => {
    const [ours, theirs] = await bothRuns(async (run) =>
      (await answer("graphs/run_metadata", { run, tag: "step001" })).text(),
    );
    expect(ours).toEqual(theirs);
    expect(ours).toContain("layer1/weights/read");
  });
});
