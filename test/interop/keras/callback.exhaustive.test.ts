/**
 * The training callback beside Keras's TensorBoard callback: the same models trained by TensorFlow.js here and by Keras
 * (keras_callback.py), whose runs, tags, steps and graphs are saved in callback.json. Where there is a Python with
 * TensorFlow, Keras is asked whether it still writes this (`vitest -u` saves what it says), and stock TensorBoard what
 * it answers about both.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { decode as decodePng } from "fast-png";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type MeasuredServer, startTensorBoard } from "../../../bench/tools/servers.ts";
import { type DescribedRuns, described } from "../../tools/described-runs.ts";
import { ask } from "../../tools/stock-answers.ts";
import { hasTensorBoard, hasTensorFlow, oracle } from "../v1/tensorflow.ts";
import { type DescribedGraph, graphOf } from "./described-graph.ts";
import { models } from "./models.ts";
import { trainAll } from "./train.ts";

interface Described {
  readonly runs: DescribedRuns;
  readonly graph: DescribedGraph;
}

const saved: Readonly<Record<string, Described>> = JSON.parse(
  readFileSync(new URL("./callback.json", import.meta.url), "utf8"),
);
const names = Object.keys(models);

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-keras-"));
const ours = path.join(logdir, "ours");
const theirs = path.join(logdir, "theirs");

beforeAll(() => trainAll(ours), 120_000);
afterAll(() => rmSync(logdir, { recursive: true }));

test("every model that Keras trained is trained here", () => {
  expect(names).toEqual(Object.keys(saved));
});

test.each(names)("%s: runs, tags, plugins, steps and shapes are Keras's", (name) => {
  expect(described(path.join(ours, name)).runs).toEqual(saved[name]?.runs);
});

test.each(names)("%s: the configuration describes the graph that TensorBoard draws of Keras's", (name) => {
  const graph = graphOf(JSON.parse(described(path.join(ours, name)).config));
  expect(graph).toEqual(saved[name]?.graph);
  expect(Object.keys(graph)).toEqual(Object.keys(saved[name]?.graph ?? {}));
});

describe.skipIf(!hasTensorFlow || !hasTensorBoard)("beside the Keras that is installed", () => {
  let printed: string;
  let server: MeasuredServer;

  beforeAll(async () => {
    printed = oracle("keras_callback.py", [theirs]);
    server = (await startTensorBoard(logdir))!;
    await vi.waitFor(bothAreRead, { timeout: 60_000, interval: 500 });
  }, 400_000);
  afterAll(() => server?.stop());

  test("Keras still writes this", async () => {
    await expect(printed).toMatchFileSnapshot("callback.json");
  });

  /** The log directory is read a while after the server has started. */
  async function bothAreRead(): Promise<void> {
    for (const plugin of ["scalars", "histograms", "images"])
      for (const side of ["ours", "theirs"])
        expect(await tags(plugin, side)).toEqual(expectedTags(plugin, side));
  }

  function expectedTags(plugin: string, side: string): object {
    const ofRuns = Object.entries(saved).flatMap(([name, { runs }]) =>
      Object.entries(runs).map(([run, all]) => {
        const mine = Object.keys(all).filter((tag) => all[tag]?.plugin === plugin);
        return [`${side}/${name}/${run}`, mine.sort()] as const;
      }),
    );
    return Object.fromEntries(ofRuns.filter(([, mine]) => mine.length > 0));
  }

  async function tags(plugin: string, side: string): Promise<object> {
    const all = await json(`${plugin}/tags`);
    const mine = Object.entries(all).filter(([run]) => run.startsWith(`${side}/`));
    return Object.fromEntries(mine.map(([run, found]) => [run, Object.keys(found as object).sort()]));
  }

  async function json(url: string): Promise<object> {
    const { status, body } = await ask(server.url, { url: `data/plugin/${url}` });
    expect(status, url).toBe(200);
    return JSON.parse(body.toString());
  }

  /** Answers about every tag of a plugin that both wrote, ours and theirs. */
  async function aboutTags<Answer>(
    plugin: string,
    about: (where: string) => Promise<Answer>,
    compare: (found: Answer, expected: Answer, label: string) => void,
  ): Promise<void> {
    let compared = 0;
    for (const [run, all] of Object.entries(await tags(plugin, "theirs")))
      for (const tag of all) {
        const where = (side: string) => new URLSearchParams({ run: run.replace("theirs", side), tag });
        const [found, expected] = await Promise.all(
          ["ours", "theirs"].map((side) => about(`${where(side)}`)),
        );
        compare(found!, expected!, `${run} ${tag}`);
        compared++;
      }
    expect(compared).toBeGreaterThan(10);
  }

  /** Speeds are the machine's; batches' values are each one's own in TensorFlow.js, and means so far in Keras. */
  const differs = (label: string) =>
    /_per_second|batch_/.test(label) ||
    // TensorFlow.js gives the results of validation with several outputs wrong names (val_loss is the first output's).
    label.startsWith("theirs/two_outputs/validation");

  test("scalars: steps, and the same numbers of the same training", { timeout: 60_000 }, async () => {
    type Points = readonly (readonly [number, number, number])[];
    await aboutTags<Points>(
      "scalars",
      async (where) => Object.values(await json(`scalars/scalars?${where}`)),
      (found, expected, label) => {
        expect(found.map(([, step]) => step)).toEqual(expected.map(([, step]) => step));
        if (differs(label)) return;
        for (const [i, [, , value]] of found.entries())
          expect(value, label).toBeCloseTo(expected[i]?.[2] ?? Number.NaN, 4);
      },
    );
  });

  test("histograms: steps, ends and counts", { timeout: 60_000 }, async () => {
    type Points = readonly (readonly [number, number, readonly (readonly number[])[]])[];
    const outline = (points: Points) =>
      points.flatMap(([, step, buckets]) => [
        step,
        buckets.length,
        buckets.reduce((sum, [, , count]) => sum + count!, 0),
        buckets[0]?.[0] ?? Number.NaN,
        buckets.at(-1)?.[1] ?? Number.NaN,
      ]);
    await aboutTags<Points>(
      "histograms",
      async (where) => Object.values(await json(`histograms/histograms?${where}`)),
      (found, expected, label) => {
        expect(outline(found)).toHaveLength(outline(expected).length);
        for (const [i, value] of outline(found).entries())
          expect(value, label).toBeCloseTo(outline(expected)[i] ?? Number.NaN, 4);
      },
    );
  });

  test("images: as many, and the same pixels", { timeout: 120_000 }, async () => {
    const pixels = async (where: string) => {
      const samples = await Promise.all(
        [0, 1, 2].map((sample) => json(`images/images?${where}&sample=${sample}`)),
      );
      const files = samples
        .flatMap((points) => Object.values(points))
        .map(async ({ query }) => {
          const { body } = await ask(server.url, { url: `data/plugin/images/individualImage?${query}` });
          const { width, height, channels, data } = decodePng(body);
          return { width, height, channels, data };
        });
      return Promise.all(files);
    };
    await aboutTags("images", pixels, (found, expected, label) => {
      expect(found.length, label).toBe(expected.length);
      for (const [i, { data, ...size }] of found.entries()) {
        const { data: wanted, ...wantedSize } = expected[i]!;
        expect(size, label).toEqual(wantedSize);
        // Weights that differ in their last bits may fall on two sides of a grey's limit.
        expect(Math.max(...data.map((value, j) => Math.abs(value - wanted[j]!))), label).toBeLessThanOrEqual(
          1,
        );
      }
    });
  });

  test("graphs: which there are, and the conceptual graphs word for word", async () => {
    const info = new Map(Object.entries(await json("graphs/info")));
    for (const name of names) {
      const [found, expected] = ["ours", "theirs"].map((side) => info.get(`${side}/${name}/train`));
      expect(found.tags, name).toEqual(expected.tags);
      const graph = async (side: string) => {
        const query = `run=${side}/${name}/train&tag=keras&conceptual=true`;
        const { status, body } = await ask(server.url, { url: `data/plugin/graphs/graph?${query}` });
        expect(status).toBe(200);
        return body.toString();
      };
      expect(await graph("ours"), name).toBe(await graph("theirs"));
    }
  });

  test("embeddings: stock's projector shows ours", async () => {
    const listed = Object.values(await json("projector/runs"));
    expect(listed).toContain("ours/text/train");
    const { embeddings } = (await json("projector/info?run=ours/text/train")) as { embeddings: object[] };
    expect(embeddings).toMatchObject(
      [0, 1, 2].map((epoch) => ({ tensorName: `words:0000${epoch}`, tensorShape: [6, 4] })),
    );
    const query = "run=ours/text/train&name=words:00002";
    const { body: vectors } = await ask(server.url, { url: `data/plugin/projector/tensor?${query}` });
    expect(vectors.length).toBe(6 * 4 * 4);
    const { body: labels } = await ask(server.url, { url: `data/plugin/projector/metadata?${query}` });
    expect(labels.toString()).toBe("tea\ncat\ndog\nsun\nsea\nsky\n");
  });
});
