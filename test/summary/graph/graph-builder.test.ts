/** Graphs in the making, without anything of TensorFlow 1: what kernel tracing builds on too. */
import { describe, expect, test } from "vitest";
import { GraphError } from "../../../summary/errors.ts";
import { attr, toAttr } from "../../../summary/graph/attrs.ts";
import { canonicalDevice, mergeDevices } from "../../../summary/graph/device.ts";
import { GraphBuilder } from "../../../summary/graph/graph-builder.ts";
import type { Node, Output } from "../../../summary/graph/node.ts";
import { broadcastShapes, describeShape, mergeShapes } from "../../../summary/graph/shape.ts";

/** A graph of plain nodes. */
const newGraph = () => new GraphBuilder<Node>((parts) => parts);
const outputOf = (node: Node, index = 0): Output => ({ node, index });

test("kernels become a GraphDef: inputs by name, shapes in an attribute", () => {
  const graph = newGraph();
  const image = graph.add({
    op: "Const",
    name: "image",
    outputTypes: [{ dtype: "float32", shape: [null, 4] }],
  });
  const split = graph.nameScope("layer1", () =>
    graph.add({
      op: "Split",
      inputs: [outputOf(image)],
      attrs: { num_split: attr.int(2), T: attr.type("float32") },
      outputTypes: [
        { dtype: "float32", shape: [null, 2] },
        { dtype: "float32", shape: null },
      ],
    }),
  );
  graph.add({
    op: "AddV2",
    inputs: [outputOf(split, 1), outputOf(image)],
    controlInputs: [split],
    device: "/gpu:0",
  });
  expect(graph.toGraphDef()).toEqual({
    node: [
      { name: "image", op: "Const", input: [], attr: { _output_shapes: attr.shapes([[null, 4]]) } },
      {
        name: "layer1/Split",
        op: "Split",
        input: ["image"],
        attr: { num_split: { i: 2 }, T: { type: 1 }, _output_shapes: attr.shapes([[null, 2], null]) },
      },
      {
        name: "AddV2",
        op: "AddV2",
        input: ["layer1/Split:1", "image", "^layer1/Split"],
        device: "/device:GPU:0",
        attr: {},
      },
    ],
  });
});

test("nodes are found by name, in the order in which they were added", () => {
  const graph = newGraph();
  const [b, a] = [graph.add({ op: "B" }), graph.add({ op: "A" })];
  expect(graph.nodes).toEqual([b, a]);
  expect(graph.node("A")).toBe(a);
  expect(graph.node("C")).toBeUndefined();
});

test("a scope ends with its function, also when that throws", () => {
  const graph = newGraph();
  const fail = () => {
    throw new Error("no");
  };
  expect(() => graph.nameScope("a", fail)).toThrow("no");
  expect(() => graph.device("/gpu:0", () => graph.controlDependencies([], fail))).toThrow("no");
  expect(graph.nameScopeName).toBe("");
  expect(graph.add({ op: "X" })).toMatchObject({ name: "X", device: "" });
});

test("attributes of a scope are those of nodes that have none of the name", () => {
  const graph = newGraph();
  const kernel = graph.withAttrs({ pass: attr.text("forward"), T: attr.type("int32") }, () =>
    graph.add({ op: "Relu", attrs: { T: attr.type("float32") } }),
  );
  expect(kernel.attrs).toEqual({ pass: attr.text("forward"), T: attr.type("float32") });
});

describe("what is wrong is said", () => {
  test("a node that is there already", () => {
    const graph = newGraph();
    graph.add({ op: "X", name: "a/" });
    expect(() => graph.add({ op: "X", name: "a/" })).toThrow(GraphError);
    expect(() => graph.add({ op: "X", name: "a/" })).toThrow('the graph has a node "a" already');
  });

  test("a node of another graph", () => {
    const stranger = newGraph().add({ op: "X", outputTypes: [{ dtype: "float32", shape: [] }] });
    const graph = newGraph();
    expect(() => graph.add({ op: "Y", inputs: [outputOf(stranger)] })).toThrow(
      '"X", an input of Y, is not a node of this graph',
    );
    expect(() => graph.controlDependencies([stranger], () => {})).toThrow(GraphError);
  });

  test("an async function: its scope would be gone before it is", () => {
    const graph = newGraph();
    expect(() => graph.nameScope("a", async () => {})).toThrow("must not be async");
    expect(graph.nameScopeName).toBe("");
  });

  test("names and devices", () => {
    const graph = newGraph();
    expect(() => graph.add({ op: "X", name: "a b" })).toThrow('string "a b" does not');
    expect(() => graph.nameScope("_a", () => {})).toThrow(GraphError);
    expect(() => graph.device("/gpu", () => graph.device("/fpga:0", () => {}))).toThrow(
      'no device "/fpga:0": "fpga:0" is none of job:…, replica:…, task:…, device:GPU:0, cpu:0 or gpu:0',
    );
  });
});

test("attributes from plain values", () => {
  expect(toAttr("a", true)).toEqual({ b: true });
  expect(toAttr("a", 3)).toEqual({ i: 3 });
  expect(toAttr("a", 0.5)).toEqual({ f: 0.5 });
  expect(toAttr("a", [1, 2])).toEqual({ list: { i: [1, 2] } });
  expect(toAttr("a", [1, 0.5])).toEqual({ list: { f: [1, 0.5] } });
  expect(toAttr("a", ["x"])).toEqual(attr.texts(["x"]));
  expect(toAttr("a", attr.float(1))).toEqual({ f: 1 });
  expect(() => toAttr("a", ["x", 1])).toThrow("attribute a lists numbers and strings");
  expect(() => toAttr("a", null as never)).toThrow(GraphError);
});

test("shapes that are known in part", () => {
  expect(broadcastShapes([null, 3], [3])).toEqual([null, 3]);
  expect(broadcastShapes([null, 1], [5, 4])).toEqual([5, 4]);
  expect(broadcastShapes([1], [null])).toEqual([null]);
  expect(broadcastShapes(null, [1])).toBeNull();
  expect(() => broadcastShapes([2], [3])).toThrow("do not broadcast: 2 against 3");
  expect(mergeShapes([null, 3], [2, null])).toEqual([2, 3]);
  expect(() => mergeShapes([2], [2, 2])).toThrow("(2) and (2, 2) are not compatible");
  expect([describeShape([null, 2]), describeShape(null)]).toEqual(["(?, 2)", "<unknown>"]);
});

test("devices", () => {
  expect(canonicalDevice("/task:0/job:w/gpu:1")).toBe("/job:w/task:0/device:GPU:1");
  expect(mergeDevices("/job:w/cpu:0", "/gpu:*")).toBe("/job:w/device:GPU:0");
  expect(canonicalDevice("")).toBe("");
});
