/** Parameters and floating point operations, from shapes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openFile } from "../../graph/files/open-file.ts";
import { openGraph, openKerasModel } from "../../graph/index.ts";
import type { pb } from "../../proto/index.ts";
import { readLoggedGraphs } from "./logged-graphs.ts";

const shaped = (...dims: number[]): Record<string, pb.AttrValue.$Properties> => ({
  _output_shapes: { list: { shape: [{ dim: dims.map((size) => ({ size })) }] } },
});

test("kernels count multiplications and additions, variables their elements", () => {
  const graph = openGraph({
    node: [
      { name: "x", op: "Placeholder", attr: shaped(32, 28, 28, 1) },
      {
        name: "f",
        op: "VariableV2",
        attr: { ...shaped(5, 5, 1, 6), shape: { shape: { dim: [5, 5, 1, 6].map((size) => ({ size })) } } },
      },
      { name: "net/conv", op: "Conv2D", input: ["x", "f"], attr: shaped(32, 24, 24, 6) },
      { name: "flat", op: "Reshape", input: ["net/conv"], attr: shaped(32, 3456) },
      { name: "w", op: "VariableV2", attr: shaped(3456, 10) },
      { name: "net/dense", op: "MatMul", input: ["flat", "w"], attr: shaped(32, 10) },
      { name: "net/loose", op: "MatMul", input: ["flat", "w"], attr: shaped(-1, 10) },
    ],
  });
  const conv = 2 * 32 * 24 * 24 * 6 * 25;
  const dense = 2 * 32 * 10 * 3456;
  expect(graph.node("net/conv")?.flops).toBe(conv);
  expect(graph.node("net/dense")?.flops).toBe(dense);
  expect(graph.node("net/loose")?.flops).toBeNull();
  expect(graph.node("f")?.parameters).toBe(150);
  expect(graph.scope("")?.totals).toMatchObject({ parameters: 150, flops: conv + dense });
});

test("layers of a Keras model have as many parameters as Keras says", () => {
  const corpus = fileURLToPath(new URL("../corpus/logs/keras/train", import.meta.url));
  const { tagged } = readLoggedGraphs(corpus);
  const { children, totals } = tagged.get("keras")!.scope("sequential")!;
  const counts = Object.fromEntries(children.map(({ label, parameters }) => [label, parameters]));
  expect(children.find(({ label }) => label === "C1")?.op).toBe("Conv2D");
  expect(counts).toEqual({
    input_layer: 0,
    C1: 156,
    S2: 0,
    C3: 2416,
    S4: 0,
    flatten: 0,
    F5: 48_120,
    F6: 10_164,
    out: 850,
  });
  // What `model.count_params()` says of LeNet-5 of this size.
  expect(totals.parameters).toBe(61_706);
});

test("layers count for one example what TensorFlow's profiler counts of their kernels", () => {
  const json = readFileSync(new URL("./files/mixed-layers.json", import.meta.url));
  const opened = openFile(json);
  if (opened.what !== "graph") throw new Error("no graph");
  const { children, totals } = opened.graph.scope("functional")!;
  // `tf.profiler` of the model's function for one image of 32 x 32, and `model.count_params()`.
  expect([totals.flops, totals.parameters]).toEqual([414_586, 2260]);
  expect(children.find(({ op }) => op === "SeparableConv2D")?.flops).toBe(
    // Each of 12 x 12 places: a window of 9 in 16 channels, 12 filters over those, and a bias.
    12 * 12 * (2 * 9 * 16 + 2 * 16 * 12 + 12),
  );
});

test("layers without the shapes that they were built for have theirs from the model's input on", () => {
  const layer = (class_name: string, name: string, config: object) => ({
    class_name,
    config: { name, ...config },
  });
  const model = layer("Sequential", "net", {
    layers: [
      layer("InputLayer", "in", { batch_shape: [null, 3, 10, 10] }),
      layer("Conv2D", "conv", {
        filters: 4,
        kernel_size: [3, 3],
        strides: [2, 2],
        padding: "valid",
        data_format: "channels_first",
        use_bias: false,
      }),
      layer("Lambda", "unknown", {}),
      layer("Dense", "lost", { units: 5 }),
    ],
  });
  const graph = openKerasModel(model);
  expect(graph.node("net/conv")).toMatchObject({ parameters: 108, flops: 2 * 4 * 4 * 4 * 27 });
  expect(graph.node("net/lost")).toMatchObject({ parameters: null, flops: null });
});

test("layers in a circle, and very many in a row, have no shapes and take no stack", () => {
  const call = (from: string) => ({ args: [{ config: { keras_history: [from, 0, 0] } }] });
  const dense = (name: string, from: string) => ({
    class_name: "Dense",
    config: { name, units: 1 },
    inbound_nodes: [call(from)],
  });
  const circle = [dense("a", "b"), dense("b", "a")];
  const row = Array.from({ length: 20_000 }, (_, i) => dense(`d${i}`, `d${i + 1}`));
  const graph = openKerasModel({
    class_name: "Functional",
    config: { name: "m", layers: [...circle, ...row] },
  });
  expect(graph.scope("m")?.totals).toMatchObject({ parameters: null, flops: null });
});
