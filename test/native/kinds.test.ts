/** Tensors of the native back end in every kind of summary that takes tensors: as their numbers would be. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { createFileWriter, type SummaryWriter } from "../../summary/index.ts";
import { temporaryDirectory, writtenBytes } from "../summary/event-files.ts";
import { missing, title } from "./native.ts";

/** A kind, written from tensors and from plain numbers. */
interface Case {
  readonly tensors: (writer: SummaryWriter) => unknown;
  readonly numbers: (writer: SummaryWriter) => unknown;
}

const floats = Float32Array.from({ length: 2 * 3 * 4 * 3 }, (_, i) => (i * 0.37) % 1);
const ints = Int32Array.from({ length: 12 }, (_, i) => (i * 29) % 256);
const step = 3;

const cases: Readonly<Record<string, Case>> = {
  scalar: {
    tensors: (writer) => writer.scalar("s", tf.scalar(0.25), { step }),
    numbers: (writer) => writer.scalar("s", 0.25, { step }),
  },
  histogram: {
    tensors: (writer) => writer.histogram("h", tf.tensor(floats, [8, 9]), { step }),
    numbers: (writer) => writer.histogram("h", floats, { step }),
  },
  "histogram of integers": {
    tensors: (writer) => writer.histogram("h", tf.tensor(ints, [12], "int32"), { step }),
    numbers: (writer) => writer.histogram("h", ints, { step }),
  },
  "histogram of what was computed there": {
    tensors: (writer) =>
      writer.histogram("h", tf.add(tf.tensor(ints, [12], "int32"), tf.scalar(1, "int32")), { step }),
    numbers: (writer) =>
      writer.histogram(
        "h",
        ints.map((value) => value + 1),
        { step },
      ),
  },
  image: {
    tensors: (writer) => writer.image("i", tf.tensor(floats, [2, 3, 4, 3]), { step }),
    numbers: (writer) => writer.image("i", floats, { step, shape: [2, 3, 4, 3] }),
  },
  "image of integers": {
    tensors: (writer) => writer.image("i", tf.tensor(ints, [3, 4], "int32"), { step }),
    numbers: (writer) => writer.image("i", Uint8Array.from(ints), { step, shape: [3, 4] }),
  },
  audio: {
    tensors: (writer) => writer.audio("a", tf.tensor(floats, [72]), { step, sampleRate: 8000 }),
    numbers: (writer) => writer.audio("a", floats, { step, sampleRate: 8000 }),
  },
  tensor: {
    tensors: (writer) => writer.tensor("t", tf.tensor(floats, [8, 9]), { step }),
    numbers: (writer) => writer.tensor("t", floats, { step, shape: [8, 9] }),
  },
  "tensor of text": {
    tensors: (writer) => writer.tensor("t", tf.tensor(["a", "π"], [2], "string"), { step }),
    numbers: (writer) => writer.tensor("t", ["a", "π"], { step }),
  },
  prCurve: {
    tensors: (writer) =>
      writer.prCurve(
        "p",
        {
          labels: tf.tensor([true, false, true], [3], "bool"),
          predictions: tf.tensor(floats.slice(0, 3)),
        },
        { step },
      ),
    numbers: (writer) =>
      writer.prCurve("p", { labels: [1, 0, 1], predictions: floats.slice(0, 3) }, { step }),
  },
  mesh: {
    tensors: (writer) =>
      writer.mesh(
        "m",
        {
          vertices: tf.tensor(floats.slice(0, 12), [1, 4, 3]),
          faces: tf.tensor([0, 1, 2], [1, 1, 3], "int32"),
        },
        { step },
      ),
    numbers: (writer) => writer.mesh("m", { vertices: floats.slice(0, 12), faces: [0, 1, 2] }, { step }),
  },
};

describe.skipIf(missing)(title, () => {
  test.each(Object.entries(cases))("%s", async (_, { tensors, numbers }) => {
    expect(tf.getBackend()).toBe("tensorflow");
    expect(Buffer.from(await writtenBytes(tensors))).toEqual(Buffer.from(await writtenBytes(numbers)));
  });

  test("projector", async () => {
    const [found, expected] = await Promise.all(
      [tf.tensor(floats, [8, 9]), floats].map(async (vectors) => {
        const logdir = temporaryDirectory();
        const writer = createFileWriter(logdir);
        await writer.projector("points", vectors, { shape: [8, 9] });
        await writer.close();
        return readFileSync(path.join(logdir, "projector/points/tensors.bytes"));
      }),
    );
    expect(found).toEqual(expected);
  });
});
