/** TensorFlow.js tensors are taken as they are; so is anything of their shape. */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { decode as decodePng } from "fast-png";
import { expect, test } from "vitest";
import { DataType, decodeTensor } from "../../proto/index.ts";
import { onlyValue, scalarsOf, written } from "./event-files.ts";

async function decoded(log: Parameters<typeof written>[0]) {
  return (await written(log)).map((event) => decodeTensor(onlyValue(event).tensor ?? {}));
}

test("a tensor without dimensions is a scalar", async () => {
  const events = await written((writer) => writer.scalar("loss", tf.scalar(0.5), { step: 0 }));
  expect(scalarsOf(events)).toEqual([{ tag: "loss", step: 0, value: 0.5 }]);
});

test("histograms take tensors of any shape and type", async () => {
  const [float, int] = await decoded((writer) => {
    writer.histogram(
      "float",
      tf.tensor2d([
        [0, 1],
        [2, 4],
      ]),
      { step: 0, buckets: 2 },
    );
    writer.histogram("int", tf.tensor1d([0, 1, 2, 4], "int32"), { step: 0, buckets: 2 });
  });
  expect(float?.data).toEqual(Float64Array.of(0, 2, 2, 2, 4, 2));
  expect(int).toEqual(float);
});

test("images take int32 from 0 to 255, floats from 0 to 1, and booleans", async () => {
  const images = await decoded((writer) => {
    writer.image("int", tf.tensor3d([0, 128, 255, 300], [2, 2, 1], "int32"), { step: 0 });
    writer.image("float", tf.tensor4d([0, 0.5, 1, 2], [1, 2, 2, 1]), { step: 0 });
    writer.image("bool", tf.tensor3d([0, 1, 1, 0], [2, 2, 1], "bool"), { step: 0 });
  });
  const pixels = images.map(({ data }) => Array.from(decodePng(data[2] as Uint8Array).data));
  expect(pixels).toEqual([
    [0, 128, 255, 255],
    [0, 127, 255, 255],
    [0, 255, 255, 0],
  ]);
});

test("raw tensors keep shape and type", async () => {
  const tensors = await decoded((writer) => {
    writer.tensor("float", tf.ones([2, 1]), { step: 0 });
    writer.tensor("bool", tf.tensor1d([true, false], "bool"), { step: 0 });
    writer.tensor("string", tf.tensor1d(["a", "b"]), { step: 0 });
  });
  expect(tensors).toMatchObject([
    { dtype: DataType.DT_FLOAT, shape: [2, 1], data: Float32Array.of(1, 1) },
    { dtype: DataType.DT_BOOL, shape: [2], data: Uint8Array.of(1, 0) },
    { dtype: DataType.DT_STRING, shape: [2] },
  ]);
});

test("values that are not finite are left out of histograms", async () => {
  const [histogram] = await decoded((writer) =>
    writer.histogram("h", [1, Number.NaN, 2, Number.POSITIVE_INFINITY], { step: 0, buckets: 1 }),
  );
  expect(histogram?.data).toEqual(Float64Array.of(1, 2, 2));
});
