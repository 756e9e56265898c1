import * as tf from "@tensorflow/tfjs-core";
import { expect, test, vi } from "vitest";
import { pickBackend } from "../../examples/backend.ts";

test("takes the fastest installed and says why", async () => {
  vi.stubEnv("TSBOARD_BACKEND", "");
  const { name, reason } = await pickBackend();
  vi.unstubAllEnvs();
  expect(["gpu", "node", "wasm"]).toContain(name);
  if (name === "wasm") expect(reason).toMatch(/^wasm with SIMD \(tfjs-node-gpu: .+; tfjs-node: .+\)$/);
});

test("takes the one asked for", async () => {
  expect(await pickBackend("cpu")).toEqual({ name: "cpu", reason: "plain JavaScript, as asked" });
  expect(tf.getBackend()).toBe("cpu");
});

test.each([
  ["", "true"],
  ["false", "false"],
])("a GPU's memory may grow, unless one says otherwise: %s", async (said, expected) => {
  vi.stubEnv("TF_FORCE_GPU_ALLOW_GROWTH", said === "" ? undefined : said);
  // Where there is no GPU it is refused after that.
  await pickBackend("gpu").catch(() => {});
  expect(process.env.TF_FORCE_GPU_ALLOW_GROWTH).toBe(expected);
  vi.unstubAllEnvs();
});

test("a name that is none is refused in words", async () => {
  await expect(pickBackend("webgpu")).rejects.toThrow('no back end "webgpu"; there are gpu, node, wasm, cpu');
});

test("wasm's product of transposed matrices equals the plain one's", async () => {
  const products = async (backend: string): Promise<number[]> => {
    await pickBackend(backend);
    return tf.tidy(() => {
      const a = tf.reshape(tf.range(0, 12), [2, 3, 2]);
      const b = tf.reshape(tf.range(5, 17), [2, 3, 2]);
      const both = [
        tf.matMul(a, b, true),
        tf.matMul(a, b, false, true),
        tf.matMul(tf.reshape(a, [2, 2, 3]), b, true, true),
      ];
      return both.flatMap((product) => [...product.dataSync()]);
    });
  };
  const expected = await products("cpu");
  const before = tf.memory().numTensors;
  expect(await products("wasm")).toEqual(expected);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  ["valid", 1],
  ["valid", 2],
  ["same", 1],
  ["same", 2],
] as const)(
  "wasm's gradient of filters equals the plain one's: padding %s, stride %i",
  async (pad, stride) => {
    const gradient = async (backend: string): Promise<Float32Array> => {
      await pickBackend(backend);
      return tf.tidy(() => {
        const images = tf.reshape(tf.sin(tf.range(0, 2 * 7 * 6 * 3)), [2, 7, 6, 3]) as tf.Tensor4D;
        const filters = tf.reshape(tf.cos(tf.range(0, 3 * 2 * 3 * 4)), [3, 2, 3, 4]) as tf.Tensor4D;
        const squares = (weights: tf.Tensor4D): tf.Scalar =>
          tf.sum(tf.square(tf.conv2d(images, weights, stride, pad)));
        return tf
          .grad((weights: tf.Tensor) => squares(weights as tf.Tensor4D))(filters)
          .dataSync<"float32">();
      });
    };
    const expected = await gradient("cpu");
    const found = await gradient("wasm");
    expect(found).toHaveLength(expected.length);
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 3);
  },
);

test("wasm's gradient of rows that are gathered, some twice, equals the plain one's", async () => {
  const gradient = async (backend: string) => {
    await pickBackend(backend);
    return tf.tidy(() => {
      const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
      const lost = (x: tf.Tensor) => tf.sum(tf.square(tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))));
      const found = tf.grad(lost)(table);
      return { shape: found.shape, values: [...found.dataSync()] };
    });
  };
  const expected = { shape: [3, 2], values: [2, 4, 0, 0, 20, 24] };
  expect(await gradient("cpu")).toEqual(expected);
  const before = tf.memory().numTensors;
  expect(await gradient("wasm")).toEqual(expected);
  expect(tf.memory().numTensors).toBe(before);
});
