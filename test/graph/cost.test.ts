/** Parameters and floating point operations, from shapes. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openGraph } from "../../graph/index.ts";
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
