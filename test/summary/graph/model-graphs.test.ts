/** Graphs of models that are not run: of layers, and of those loaded from a graph. */
import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import {
  type LayersModel,
  layers,
  model as modelOf,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { lenet5 } from "../../../examples/lenet5/model.ts";
import { pb } from "../../../proto/index.ts";
import { createWriter, MemorySink, type SummaryWriter, ValueError } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";
import { attributesOf } from "../trace/attributes.ts";

type Graph = Parameters<SummaryWriter["graph"]>[0];

/** Nodes of what is written, by name. */
async function nodesOf(graph: Graph): Promise<Map<string, pb.NodeDef.$Properties>> {
  const sink = new MemorySink();
  const writer = createWriter(sink);
  writer.graph(graph);
  await writer.close();
  const [, event] = decodeEvents(sink.bytes());
  const { node = [] } = pb.GraphDef.decode(event?.graphDef ?? new Uint8Array());
  expect(new Set(node.map(({ name }) => name)).size).toBe(node.length);
  const nodes = new Map(node.map((one) => [one.name ?? "", one]));
  // What a node takes in is there.
  for (const { input } of node)
    for (const name of input ?? []) expect(nodes.has(name.replace(/:\d+$/, ""))).toBe(true);
  return nodes;
}

const apply = (layer: { apply(inputs: never): unknown }, inputs: unknown) =>
  layer.apply(inputs as never) as SymbolicTensor;

describe("a model of layers", () => {
  test("Sequential: a chain, with weights, settings and shapes", async () => {
    const nodes = await nodesOf(lenet5());
    expect([...nodes.keys()].slice(0, 6)).toEqual([
      "pad_input",
      "pad",
      "c1/kernel",
      "c1/bias",
      "c1/Conv2D",
      "s2",
    ]);
    expect(nodes.get("pad_input")?.op).toBe("Placeholder");
    expect(attributesOf(nodes.get("pad_input"))._output_shapes).toEqual([[-1, 28, 28, 1]]);
    expect(nodes.get("pad")?.input).toEqual(["pad_input"]);
    expect(nodes.get("c1/Conv2D")?.input).toEqual(["pad", "c1/kernel", "c1/bias"]);
    expect(attributesOf(nodes.get("c1/Conv2D"))).toMatchObject({
      filters: 6,
      kernel_size: [5, 5],
      activation: "relu",
      kernel_initializer: "VarianceScaling",
      _output_shapes: [[-1, 28, 28, 6]],
    });
    const parameters = [...nodes.values()].filter(({ op }) => op === "VariableV2");
    const sizes = parameters.map((node) => (attributesOf(node).shape as number[]).reduce((a, b) => a * b, 1));
    expect(sizes.reduce((a, b) => a + b)).toBe(61_706);
  });

  test("functional: branches, a shared layer, several outputs", async () => {
    const [a, b] = ["a", "b"].map((name) => layers.input({ name, shape: [4] }));
    const shared = layers.dense({ name: "shared", units: 3 });
    const both = layers.concatenate({ name: "both" });
    const joined = apply(both, [apply(shared, a), apply(shared, b)]);
    const first = apply(layers.dense({ name: "first", units: 1 }), joined);
    const second = apply(layers.reLU({ name: "second" }), joined);
    const nodes = await nodesOf(modelOf({ inputs: [a, b] as SymbolicTensor[], outputs: [first, second] }));
    expect(nodes.get("shared/Dense")?.input).toEqual(["a", "shared/kernel", "shared/bias"]);
    expect(nodes.get("shared_1/Dense")?.input).toEqual(["b", "shared/kernel", "shared/bias"]);
    expect(nodes.get("both")?.input).toEqual(["shared/Dense", "shared_1/Dense"]);
    expect(attributesOf(nodes.get("both"))._output_shapes).toEqual([[-1, 6]]);
    expect(nodes.get("second")?.op).toBe("ReLU");
  });

  test("models in a model are scopes; called twice, there are two with one set of weights", async () => {
    const block = sequential({
      name: "block",
      layers: [layers.dense({ name: "inner", units: 4, inputShape: [4] })],
    });
    const inside = layers.input({ name: "inside", shape: [4] });
    const encoder = modelOf({ name: "encoder", inputs: inside, outputs: apply(block, apply(block, inside)) });
    const outside = layers.input({ name: "outside", shape: [4] });
    const nodes = await nodesOf(modelOf({ inputs: outside, outputs: apply(encoder, outside) }));
    expect([...nodes.keys()]).toEqual([
      "outside",
      "encoder/block/inner/kernel",
      "encoder/block/inner/bias",
      "encoder/block/inner/Dense",
      "encoder/block_1/inner/Dense",
    ]);
    expect(nodes.get("encoder/block/inner/Dense")?.input?.[0]).toBe("outside");
    expect(nodes.get("encoder/block_1/inner/Dense")?.input?.[0]).toBe("encoder/block/inner/Dense");
  });

  test("a part of another model has its own calls only", async () => {
    const whole = sequential({
      layers: [
        layers.dense({ name: "one", units: 5, inputShape: [3] }),
        layers.dense({ name: "two", units: 2 }),
      ],
    });
    const features = modelOf({ inputs: whole.inputs, outputs: whole.layers[0]?.output as SymbolicTensor });
    const head = sequential({ layers: [layers.dense({ name: "head", units: 1, inputShape: [5] })] });
    const transfer: LayersModel = sequential({ layers: [features, head] });
    const nodes = await nodesOf(transfer);
    const names = [...nodes.keys()];
    expect(names.some((name) => name.endsWith("one/Dense"))).toBe(true);
    expect(names.some((name) => name.endsWith("head/Dense"))).toBe(true);
    expect(names.some((name) => name.includes("two"))).toBe(false);
  });
});

const topology = {
  node: [
    {
      name: "x",
      op: "Placeholder",
      attr: { dtype: { type: "DT_FLOAT" }, shape: { shape: { dim: [{ size: "-1" }, { size: "2" }] } } },
    },
    {
      name: "w",
      op: "Const",
      attr: {
        dtype: { type: "DT_FLOAT" },
        value: { tensor: { dtype: "DT_FLOAT", tensorShape: { dim: [{ size: "2" }, { size: "1" }] } } },
      },
    },
    {
      name: "y",
      op: "MatMul",
      input: ["x", "w"],
      attr: { transpose_a: { b: false }, T: { type: "DT_FLOAT" }, _class: { list: { s: ["bG9jOkB3"] } } },
    },
  ],
  versions: { producer: 1 },
};

test("a graph model is what it was loaded from", async () => {
  const weightSpecs = [{ name: "w", shape: [2, 1], dtype: "float32" as const }];
  const weightData = Float32Array.of(1, 2).buffer;
  const model = await loadGraphModel(tf.io.fromMemory({ modelTopology: topology, weightSpecs, weightData }));
  const nodes = await nodesOf(model);
  expect([...nodes.keys()]).toEqual(["x", "w", "y"]);
  expect(attributesOf(nodes.get("x"))).toEqual({ dtype: "DT_FLOAT", shape: [-1, 2] });
  expect(nodes.get("y")?.input).toEqual(["x", "w"]);
  expect(new TextDecoder().decode(nodes.get("y")?.attr?._class?.list?.s?.[0])).toBe("loc:@w");
});

describe("what is no graph", () => {
  const writer = createWriter(new MemorySink());
  test.each([
    [{ nodes: [] }, "this object has nodes"],
    [{}, "the object is empty"],
    [[], "a graph is a GraphDef, its bytes or a model, not Array"],
    [null, "not null"],
    [{ node: [{ op: "Relu" }] }, "node 0 has no name"],
    [new Uint8Array([1, 2, 3]), "these 3 bytes are no"],
    [new Uint8Array(), "these 0 bytes are no"],
    [{ inputNodes: [], executeAsync() {} }, "load it first"],
  ])("%j is refused in words", (graph, message) => {
    expect(() => writer.graph(graph as never)).toThrow(ValueError);
    expect(() => writer.graph(graph as never)).toThrow(message);
  });
});
