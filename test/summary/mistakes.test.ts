/** Mistakes that used to be silent: each is refused with its tag, what was given and what to do. */
import { existsSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import {
  callback,
  createFileWriter,
  createWriter,
  HttpSink,
  MemorySink,
  projector,
  type SummaryWriter,
  v1,
} from "../../summary/index.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { written } from "./event-files.ts";

type Call = (writer: SummaryWriter) => unknown;

describe("a step in the place of the options, as PyTorch has it", () => {
  test.each<[string, Call, string]>([
    [
      "scalar",
      (w) => w.scalar("loss", 1, 5 as never),
      'scalar "loss": options are an object, not number 5: give { step: 5 }',
    ],
    [
      "image",
      (w) => w.image("digit", new Uint8Array(4), 7n as never),
      'image "digit": options are an object, not bigint 7: give { step: 7 }',
    ],
    [
      "text",
      (w) => w.text("note", "x", 0 as never),
      'text "note": options are an object, not number 0: give { step: 0 }',
    ],
    ["hparams", (w) => w.hparams({ rate: 1 }, 3 as never), "hparams: options are an object, not number 3"],
    ["null", (w) => w.histogram("w", [1], null as never), 'histogram "w": options are an object, not null'],
  ])("%s", async (_name, call, message) => {
    expect(await written((writer) => expect(() => call(writer)).toThrow(message))).toEqual([]);
  });
});

describe("an option that nobody knows", () => {
  const kinds: [string, Call, string][] = [
    [
      "a slip",
      (w) => w.scalar("loss", 1, { stpe: 5 } as never),
      'scalar "loss": there is no option `stpe`; did you mean `step`?',
    ],
    ["another's name", (w) => w.scalar("loss", 1, { global_step: 5 } as never), "did you mean `step`?"],
    [
      "another spelling",
      (w) => w.image("x", new Uint8Array(1), { step: 1, max_outputs: 1 } as never),
      "did you mean `maxOutputs`?",
    ],
    [
      "one of another kind",
      (w) => w.text("x", "y", { step: 1, shape: [1] } as never),
      "there is no option `shape`; there are step, wallTime, description, displayName",
    ],
    ["of a histogram", (w) => w.histogram("x", [1], { bins: 10 } as never), "did you mean `buckets`?"],
    [
      "of a tensor",
      (w) => w.tensor("x", [1], { step: 1, pluginname: "x" } as never),
      "no option `pluginname`",
    ],
    [
      "of audio",
      (w) => w.audio("x", [0], { step: 1, sample_rate: 1 } as never),
      "did you mean `sampleRate`?",
    ],
    [
      "of a PR curve",
      (w) => w.prCurve("x", { labels: [1], predictions: [1] }, { num_thresholds: 3 } as never),
      "did you mean `thresholds`?",
    ],
    [
      "of a mesh",
      (w) => w.mesh("x", { vertices: [0, 0, 0] }, { configs: {} } as never),
      "did you mean `config`?",
    ],
    ["of hparams", (w) => w.hparams({}, { trail: "x" } as never), "did you mean `trial`?"],
    ["of a layout", (w) => w.customScalars([], { steps: 1 } as never), "did you mean `step`?"],
    [
      "of a milestone",
      (w) => w.sessionLog("stop", { step: 1, msg: "x" } as never),
      'session log "stop": there is no option `msg`',
    ],
  ];
  test.each(kinds)("%s", async (_name, call, message) => {
    expect(await written((writer) => expect(() => call(writer)).toThrow(message))).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "createFileWriter",
      () => createFileWriter("never", { flush_secs: 2 } as never),
      "createFileWriter: there is no option `flush_secs`; did you mean `flushMillis`?",
    ],
    [
      "createWriter",
      () => createWriter(new MemorySink(), { flushMs: 2 } as never),
      "createWriter: there is no option `flushMs`",
    ],
    [
      "callback",
      () => callback("never", { histogram_freq: 1 } as never),
      "callback: there is no option `histogram_freq`; did you mean `histogramFreq`?",
    ],
    [
      "HttpSink",
      () => new HttpSink("http://localhost:1/", { token: "x", retires: 1 } as never),
      "HttpSink: there is no option `retires`; did you mean `retries`?",
    ],
    [
      "v1.summary.FileWriter",
      () => new v1.summary.FileWriter("never", null, { max_queue: 1 } as never),
      "did you mean `flushBytes`?",
    ],
  ])("of %s", (_name, call, message) => {
    expect(call).toThrow(message);
    expect(existsSync("never")).toBe(false);
  });

  test("of projector", async () => {
    const options = { step: 1, meta_data: ["a"] } as never;
    await expect(projector("never", "words", [[1]], options)).rejects.toThrow(
      'projector "words": there is no option `meta_data`; did you mean `metadata`?',
    );
  });

  test("that is undefined is one that was not given", async () => {
    const events = await written((w) => w.scalar("x", 1, { step: 1, description: undefined }));
    expect(events).toHaveLength(1);
  });
});

describe("values that make no sense", () => {
  test.each<[string, Call, string]>([
    [
      "labels of classes",
      (w) => w.prCurve("seven", { labels: [0, 7], predictions: [0, 1] }, { step: 0 }),
      'PR curve "seven": a label is true or 1 where the example is positive, else false or 0, but label 1 is 7',
    ],
    [
      "a face without its vertex",
      (w) => w.mesh("cube", { vertices: [0, 0, 0, 1, 1, 1], faces: [0, 1, 2] }, { step: 0 }),
      'mesh "cube": face 0 has a corner at vertex 2, but there are 2, counted from 0',
    ],
    [
      "a part of a mesh that nobody knows",
      (w) => w.mesh("cube", { vertices: [0, 0, 0], colours: [1, 2, 3] } as never, { step: 0 }),
      'mesh "cube": there is no part `colours`; did you mean `colors`?',
    ],
    [
      "vertices in the place of a mesh, as PyTorch has it",
      (w) => w.mesh("cube", [0, 0, 0] as never, { step: 0 }),
      'mesh "cube": the data is an object, not Array: give { vertices: … }',
    ],
    [
      "colours for other vertices",
      (w) => w.mesh("cube", { vertices: [0, 0, 0, 1, 1, 1], colors: [1, 2, 3] }, { step: 0 }),
      'mesh "cube": every vertex has a colour, but there are 2 vertices and 1 colours',
    ],
    [
      "a part of a PR curve that nobody knows",
      (w) => w.prCurve("seven", { labels: [1], predictions: [1], weight: [2] } as never, { step: 0 }),
      'PR curve "seven": there is no part `weight`; did you mean `weights`?',
    ],
    [
      "labels in the place of a PR curve, as PyTorch has it",
      (w) => w.prCurve("seven", [1] as never, { step: 0 }),
      'PR curve "seven": the data is an object, not Array: give { labels: … }',
    ],
    [
      "milliseconds",
      (w) => w.scalar("x", 1, { step: 0, wallTime: 1.7e12 }),
      'scalar "x": wallTime is seconds since the epoch, and 1700000000000 looks like milliseconds: divide by 1000',
    ],
    ["no step", (w) => w.text("x", "y"), 'text "x": no step: give one'],
    [
      "a value of another type",
      (w) => w.scalar("loss", "1" as never, { step: 1 }),
      'scalar "loss": a scalar is a number, not string "1"',
    ],
    [
      "a shape that does not fit",
      (w) => w.image("digit", new Uint8Array(10), { step: 0, shape: [3, 3, 1] }),
      'image "digit": shape [3, 3, 1] holds 9 values, but 10 are given',
    ],
  ])("%s", async (_name, call, message) => {
    expect(await written((writer) => expect(() => call(writer)).toThrow(message))).toEqual([]);
  });

  test.each<[string, Call, (writer: SummaryWriter, step: number) => unknown, string]>([
    [
      "floats beyond 1 in an image",
      (w) => w.image("fine", Float32Array.of(0, 1), { step: 0, shape: [1, 2] }),
      (w, step) => w.image("bright", Float32Array.of(0, 255), { step, shape: [1, 2] }),
      'image "bright": floats go from 0 (black) to 1 (white), and these go beyond: what does is white. Give bytes, or divide by 255',
    ],
    [
      "floats far beyond 1 in a clip",
      (w) => w.audio("fine", Float32Array.of(-1.1, 1.1), { step: 0, sampleRate: 8 }),
      (w, step) => w.audio("loud", Float32Array.of(0, -20_000), { step, sampleRate: 8 }),
      'audio "loud": floats go from -1 to 1, and these go far beyond: what does is cut off. Give an Int16Array, or divide by 32768',
    ],
    [
      "logits in a PR curve",
      (w) => w.prCurve("fine", { labels: [0, 1], predictions: [0, 1] }, { step: 0 }),
      (w, step) => w.prCurve("seven", { labels: [0, 1], predictions: [-3, 4] }, { step }),
      'PR curve "seven": predictions are probabilities from 0 to 1, and these go beyond: what does is cut off. Give the sigmoid or softmax of logits',
    ],
  ])("%s are kept, and told once a writer", async (_name, fine, odd, message) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      const events = await written((w) => {
        fine(w);
        for (const step of [1, 2]) odd(w, step);
      });
      expect(events).toHaveLength(3);
      expect(warn.mock.calls).toEqual([[`tsboard: ${message}`]]);
    } finally {
      warn.mockRestore();
    }
  });
});

describe("a log directory", () => {
  test.each<[unknown, string]>([
    [undefined, 'a log directory is a path, such as "runs/first", not undefined'],
    [7, "not number 7"],
    ["", "must not be empty"],
    [" ", "must not be empty"],
    ["gs://bucket/runs", "gs:// is not written to: give a folder of this machine"],
    ["hdfs://host/runs", "hdfs:// is not written to"],
    ["file://other-host/runs", "names no folder of this machine"],
    [new URL("https://host/runs"), "https:// is not written to"],
    ["a\0b", "must not hold a zero character"],
  ])("%j is refused in words", (given, message) => {
    expect(() => createFileWriter(given as never)).toThrow(message);
    expect(() => new v1.summary.FileWriter(given as never)).toThrow(message);
  });

  test("in the home directory is there, not in a folder called ~", async () => {
    const home = vi.spyOn(os, "homedir").mockReturnValue(temporaryDirectory());
    try {
      const writer = createFileWriter("~/runs/first");
      await writer.close();
      expect(writer.logdir).toBe(path.join(os.homedir(), "runs/first"));
      expect(existsSync(writer.path)).toBe(true);
      expect(existsSync("~")).toBe(false);
    } finally {
      home.mockRestore();
    }
  });

  test("may be a file's address", async () => {
    const folder = path.join(temporaryDirectory(), "a run");
    mkdirSync(folder);
    for (const given of [pathToFileURL(folder), pathToFileURL(folder).href]) {
      const writer = createFileWriter(given);
      await writer.close();
      expect(path.dirname(writer.path)).toBe(folder);
    }
  });
});

test.each(["localhost:6006", "127.0.0.1:6006", "lab.example", "ftp://lab.example/"])(
  "%s is no address of a server",
  (server) => {
    expect(() => new HttpSink(server, { token: "x" })).toThrow(
      `server must be an address like http://localhost:6006/, not "${server}"`,
    );
  },
);

describe("plain and nested arrays are taken as tensors are", () => {
  test.each<[string, Call, Call]>([
    [
      "a histogram",
      (w) =>
        w.histogram(
          "x",
          [
            [1, 2],
            [3, 4],
          ],
          { step: 0 },
        ),
      (w) => w.histogram("x", [1, 2, 3, 4], { step: 0 }),
    ],
    [
      "an image of bytes",
      (w) =>
        w.image(
          "x",
          [
            [0, 255],
            [128, 3],
          ],
          { step: 0 },
        ),
      (w) => w.image("x", Uint8Array.of(0, 255, 128, 3), { step: 0, shape: [2, 2] }),
    ],
    [
      "an image of floats",
      (w) => w.image("x", [[[0], [0.5]]], { step: 0 }),
      (w) => w.image("x", Float64Array.of(0, 0.5), { step: 0, shape: [1, 2, 1] }),
    ],
    [
      "pixels with a shape",
      (w) => w.image("x", [0, 1], { step: 0, shape: [1, 2] }),
      (w) => w.image("x", Float64Array.of(0, 1), { step: 0, shape: [1, 2] }),
    ],
    [
      "a tensor",
      (w) =>
        w.tensor(
          "x",
          [
            [1, 2],
            [3, 4],
          ],
          { step: 0 },
        ),
      (w) => w.tensor("x", Float32Array.of(1, 2, 3, 4), { step: 0, shape: [2, 2] }),
    ],
    [
      "sound",
      (w) => w.audio("x", [0, 0.5, -0.5], { step: 0, sampleRate: 8 }),
      (w) => w.audio("x", Float64Array.of(0, 0.5, -0.5), { step: 0, sampleRate: 8 }),
    ],
    [
      "a mesh",
      (w) =>
        w.mesh(
          "x",
          {
            vertices: [
              [0, 0, 0],
              [1, 0, 0],
              [0, 1, 0],
            ],
            faces: [[0, 1, 2]],
          },
          { step: 0 },
        ),
      (w) => w.mesh("x", { vertices: [0, 0, 0, 1, 0, 0, 0, 1, 0], faces: [0, 1, 2] }, { step: 0 }),
    ],
    [
      "a PR curve",
      (w) => w.prCurve("x", { labels: [[1], [0]], predictions: [[0.5], [0.2]] }, { step: 0 }),
      (w) => w.prCurve("x", { labels: [1, 0], predictions: [0.5, 0.2] }, { step: 0 }),
    ],
  ])("%s", async (_name, nested, flat) => {
    const clock = () => 1.7e12;
    const bytesOf = async (call: Call) => {
      const sink = new MemorySink();
      const writer = createWriter(sink, { clock });
      expect(call(writer)).toBe(true);
      await writer.close();
      return sink.bytes();
    };
    expect(await bytesOf(nested)).toEqual(await bytesOf(flat));
  });
});
