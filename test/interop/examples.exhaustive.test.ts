/**
 * What stock TensorBoard makes of the examples' files: its hparams dashboard of the sweep, its projector of the word
 * vectors. Needs a Python with tensorboard: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isInstalled, type MeasuredServer, python, startTensorBoard } from "../../bench/tools/servers.ts";
import { pickBackend } from "../../examples/backend.ts";
import { loadDataset } from "../../examples/mnist/data.ts";
import { config, nameOf, sessions } from "../../examples/sweep/space.ts";
import { type SessionResult, sweep } from "../../examples/sweep/train.ts";
import { type Corpus, loadCorpus } from "../../examples/word-vectors/corpus.ts";
import { nearest, normalised } from "../../examples/word-vectors/neighbours.ts";
import { train } from "../../examples/word-vectors/train.ts";
import { readEvents, scalarsOf } from "../summary/event-files.ts";
import { get, post } from "./routes.ts";

const complete = python !== null && isInstalled("tensorboard");

describe.skipIf(!complete)("stock TensorBoard", () => {
  const logdir = complete ? mkdtempSync(path.join(os.tmpdir(), "tsboard-examples-")) : "";
  let server: MeasuredServer;
  let results: SessionResult[];
  let corpus: Corpus;
  let neighbours: string[][];

  beforeAll(async () => {
    const signal = new AbortController().signal;
    await pickBackend("wasm");
    const dataset = await loadDataset(1);
    results = await sweep(dataset, { logdir: path.join(logdir, "sweep"), steps: 25, seed: 1, signal });
    const whole = await loadCorpus("bible-kjv", 200);
    corpus = { ...whole, text: whole.text.subarray(0, 100_000) };
    neighbours = await train(corpus, {
      ...{ logdir: path.join(logdir, "words"), passes: 2, dimensions: 10, seed: 1, signal },
    });
    server = (await startTensorBoard(logdir, "--reload_interval=1"))!;
    const runs = [...sessions.map((values) => `sweep/${nameOf(values)}`), "words"].sort();
    const loaded = async () => expect(Object.keys(await json("scalars/tags")).sort()).toEqual(runs);
    await vi.waitFor(loaded, { timeout: 60_000, interval: 200 });
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(logdir, { recursive: true, force: true });
  });

  /** Asks a plugin's route for JSON, with a POST where there is content. */
  const json = async (url: string, content?: object) => {
    const { body } = await get(server.url, content ? post(url, content) : { url });
    return JSON.parse(body.toString());
  };

  test("hparams: what the sweep varies, in which domains, and what it measures", async () => {
    const { hparamInfos, metricInfos } = await json("hparams/experiment", { experimentName: "" });
    // Stock sorts them by name.
    expect(hparamInfos).toMatchObject([
      { name: "activation", type: "DATA_TYPE_STRING", domainDiscrete: ["relu", "tanh"] },
      { name: "hidden_units", type: "DATA_TYPE_FLOAT64", domainDiscrete: [16, 64] },
      { name: "learning_rate", type: "DATA_TYPE_FLOAT64", domainInterval: { minValue: 0.01, maxValue: 10 } },
    ]);
    expect(metricInfos).toMatchObject(
      config.metrics.map(({ tag, displayName }) => ({ name: { tag }, displayName })),
    );
  });

  test("hparams: every session with its values, its last metrics and how it ended", async () => {
    const { sessionGroups } = await json("hparams/session_groups", {
      experimentName: "",
      allowedStatuses: ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"],
      colParams: [
        ...config.hparams.map(({ name }) => ({ hparam: name })),
        ...config.metrics.map(({ tag }) => ({ metric: { tag } })),
      ],
      startIndex: 0,
      sliceSize: 100,
    });
    interface Group {
      readonly hparams: Record<string, unknown>;
      readonly sessions: readonly { readonly name: string; readonly status: string }[];
      readonly metricValues: readonly { readonly name: { readonly tag: string }; readonly value: number }[];
    }
    const found = (sessionGroups as Group[]).map(({ hparams, sessions: [session], metricValues }) => ({
      name: session?.name,
      status: session?.status,
      hparams,
      metrics: Object.fromEntries(metricValues.map(({ name, value }) => [name.tag, Math.fround(value)])),
    }));
    const expected = sessions.map((values, i) => {
      const { name, status } = results[i]!;
      const scalars = scalarsOf(readEvents(path.join(logdir, "sweep", name)));
      const last = (tag: string) => scalars.findLast((scalar) => scalar.tag === tag)?.value;
      return {
        name: `sweep/${name}`,
        status: `STATUS_${status.toUpperCase()}`,
        hparams: values,
        metrics: Object.fromEntries(config.metrics.map(({ tag }) => [tag, last(tag)])),
      };
    });
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      (a.name ?? "") < (b.name ?? "") ? -1 : 1;
    expect(found.sort(byName)).toEqual(expected.sort(byName));
    expect(found.map(({ status }) => status)).toContain("STATUS_FAILURE");
  });

  test("projector: the vectors of each pass, with word and count", async () => {
    expect(await json("projector/runs")).toEqual(["words"]);
    const { embeddings } = await json("projector/info?run=words");
    const shape = [corpus.words.length, 10];
    expect(embeddings).toMatchObject([
      { tensorName: "words:00001", tensorShape: shape },
      { tensorName: "words:00002", tensorShape: shape },
    ]);
    for (const step of ["00001", "00002"]) {
      const query = `run=words&name=words:${step}`;
      const folder = path.join(logdir, "words", "projector", "words", step);
      const { body } = await get(server.url, { url: `projector/tensor?${query}` });
      const vectors = new Float32Array(new Uint8Array(body).buffer);
      expect(vectors).toHaveLength(corpus.words.length * 10);
      const near = nearest(normalised(vectors, 10), 10, corpus.ids.get("king")!, 5).map(
        (id) => corpus.words[id],
      );
      const learned = neighbours.find(([word]) => word === "king")?.[1];
      expect(near.join(", ") === learned, `the last vectors are at ${step}`).toBe(step === "00002");
      const metadata = (await get(server.url, { url: `projector/metadata?${query}` })).body.toString();
      expect(metadata).toBe(readFileSync(path.join(folder, "metadata.tsv"), "utf8"));
      expect(metadata.split("\n").slice(0, 2)).toEqual(["word\tcount", `the\t${corpus.counts[0]}`]);
    }
  });
});
