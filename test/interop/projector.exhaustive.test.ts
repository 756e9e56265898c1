/**
 * The projector's routes beside live stock TensorBoard's, on a folder of set-ups as TensorFlow, tensorboardX and people
 * write them. Needs a Python with tensorflow, tensorboard and tensorboardX: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isInstalled, type MeasuredServer, python, startTensorBoard } from "../../bench/tools/servers.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { type Answer, ask } from "../tools/stock-answers.ts";
import { oracle } from "./written.ts";

const modules = ["tensorflow", "tensorboard", "tensorboardX", "PIL"];
const complete = python !== null && modules.every(isInstalled);

describe.skipIf(!complete)("the projector, beside stock's", () => {
  let directory: string;
  let ours: RunningServer;
  let stock: MeasuredServer;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-projector-"));
    oracle("projector_runs.py", [directory]);
    ours = await startServer({ logdir: directory, port: 0, threads: 0 });
    await ours.loaded;
    stock = (await startTensorBoard(directory, "--reload_interval=1"))!;
    const count = async (base: string) => (await getJson<string[]>(base, "data/runs")).length;
    const all = await count(ours.url);
    await vi.waitFor(async () => expect(await count(stock.url)).toBe(all), {
      timeout: 60_000,
      interval: 200,
    });
  }, 180_000);

  afterAll(async () => {
    await stock?.stop();
    await ours?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Asks one after the other: stock keeps a single tensor, and its threads race for it. */
  async function both(route: string, query: Readonly<Record<string, string>> = {}) {
    const url = `data/plugin/projector/${route}?${new URLSearchParams(query)}`;
    return {
      ours: comparable(await ask(ours.url, { url })),
      stock: comparable(await ask(stock.url, { url })),
    };
  }

  const runs = () => getJson<string[]>(stock.url, "data/plugin/projector/runs");

  async function embeddings(run: string): Promise<Info["embeddings"]> {
    const url = `data/plugin/projector/info?run=${encodeURIComponent(run)}`;
    return (await getJson<Info>(stock.url, url)).embeddings;
  }

  test("is enabled", async () => {
    const enabled = async (base: string) =>
      (await getJson<Record<string, { enabled: boolean }>>(base, "data/plugins_listing")).projector?.enabled;
    // Both look for embeddings once they are asked; stock does not wait for what it finds.
    for (const { url } of [ours, stock])
      await expect.poll(() => enabled(url), { timeout: 20_000 }).toBe(true);
  });

  test("lists the same runs, those with assets only and the log directory itself last", async () => {
    const answers = await both("runs");
    const listed: string[] = JSON.parse(answers.ours.json);
    expect(listed.toSorted()).toEqual(JSON.parse(answers.stock.json).toSorted());
    expect(listed.slice(-2)).toEqual(["assets", "."]);
    expect(listed).toEqual(expect.arrayContaining(["objects", "version 1 sharded", "tensorboardX", "raw"]));
  });

  test("tells the same of every run", { timeout: 60_000 }, async () => {
    for (const run of await runs()) {
      const answers = await both("info", { run });
      // TensorFlow reads the shards of version 1 in the order in which it happens to find them.
      const info = run === "version 1 sharded" ? sortedInfo : JSON.parse;
      expect.soft(info(answers.ours.json), run).toEqual(info(answers.stock.json));
    }
  });

  test.each(["", "3"])("sends the same, with num_rows=%s", { timeout: 120_000 }, async (rows) => {
    let [tensors, files] = [0, 0];
    for (const run of await runs())
      for (const { tensorName } of await embeddings(run))
        for (const route of ["tensor", "metadata", "bookmarks", "sprite_image"]) {
          const query = { run, name: tensorName ?? "", ...(rows && { num_rows: rows }) };
          const answers = await both(route, query);
          expect.soft(answers.ours, `${route} ${JSON.stringify(query)}`).toEqual(answers.stock);
          if (answers.stock.status === 200) route === "tensor" ? tensors++ : files++;
        }
    expect(tensors).toBeGreaterThan(40);
    expect(files).toBeGreaterThan(10);
  });

  test.each(["words", "words:0", "bias", "kernel", "global_step", "nothing"])(
    "variables are sent by name, embeddings or not: %s",
    async (name) => {
      for (const run of ["saver", "version 1", "text and checkpoint", "raw"]) {
        const answers = await both("tensor", { run, name });
        expect.soft(answers.ours, run).toEqual(answers.stock);
      }
    },
  );

  test.each<[string, Record<string, string>]>([
    ["info", {}],
    ["info", { run: "" }],
    ["info", { run: "nothing" }],
    ["info", { run: "gone" }],
    ["info", { run: "../saver" }],
    ...["tensor", "metadata", "bookmarks", "sprite_image"].flatMap(
      (route): [string, Record<string, string>][] => [
        [route, {}],
        [route, { run: "text" }],
        [route, { name: "words" }],
        [route, { run: "nothing", name: "words" }],
        [route, { run: "text", name: "nothing" }],
        [route, { run: "climbs", name: "up" }],
        [route, { run: "climbs", name: "inside" }],
      ],
    ),
    ...["0", "-1", "x", "1.5", " 2 ", "+1", "1_0", "1e1", "0x1"].flatMap(
      (rows): [string, Record<string, string>][] => [
        ["tensor", { run: "text", name: "words", num_rows: rows }],
        ["metadata", { run: "text", name: "words", num_rows: rows }],
      ],
    ),
  ])("answers bad requests as stock does: %s %j", async (route, query) => {
    const answers = await both(route, query);
    expect(answers.ours).toEqual(answers.stock);
  });
});

interface Info {
  readonly modelCheckpointPath?: string;
  readonly embeddings: readonly { readonly tensorName?: string }[];
}

async function getJson<T>(base: string, url: string): Promise<T> {
  const answer: T = JSON.parse((await ask(base, { url })).body.toString());
  return answer;
}

/** Words of errors are free. */
function comparable({ status, type, body }: Answer) {
  return status === 200
    ? {
        status,
        type,
        bytes: body.toString("base64"),
        json: type === "application/json" ? body.toString() : "",
      }
    : { status, type: "", bytes: "", json: "" };
}

function sortedInfo(json: string): unknown {
  const { embeddings, ...others }: Info = JSON.parse(json);
  const name = ({ tensorName = "" }) => tensorName;
  return { ...others, embeddings: embeddings.toSorted((a, b) => (name(a) < name(b) ? -1 : 1)) };
}
