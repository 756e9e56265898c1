/** Graphs of `v1` where they go beyond names (test/interop/v1): any operation, errors, gradients of one's own. */
import { beforeEach, expect, test } from "vitest";
import { decodeTensor, pb } from "../../../proto/index.ts";
import { GraphError, ShapeError, ValueError, VariableError, v1 } from "../../../summary/index.ts";

beforeEach(() => v1.resetDefaultGraph());

test("an operation that is not here", () => {
  const x = v1.placeholder("float32", [null, 8], { name: "x" });
  const norm = v1.nameScope("layer1", () =>
    v1.op("LRN", {
      inputs: [x, 2],
      attrs: { depth_radius: 4, bias: v1.attr.float(1), T: v1.attr.type("float32") },
      device: "/gpu:0",
      outputs: [{ shape: [null, 8] }, { dtype: "int32" }],
    }),
  );
  expect(norm.outputs.map(String)).toEqual([
    'Tensor("layer1/LRN:0", shape=(?, 8), dtype=float32)',
    'Tensor("layer1/LRN:1", shape=<unknown>, dtype=int32)',
  ]);
  const { node } = v1.getDefaultGraph().asGraphDef();
  expect(node?.map(({ name, op, input, device }) => ({ name, op, input, device }))).toEqual([
    { name: "x", op: "Placeholder", input: [], device: undefined },
    { name: "layer1/LRN/input_1", op: "Const", input: [], device: undefined },
    { name: "layer1/LRN", op: "LRN", input: ["x", "layer1/LRN/input_1"], device: "/device:GPU:0" },
  ]);
  expect(node?.at(-1)?.attr).toMatchObject({ depth_radius: { i: 4 }, bias: { f: 1 } });
  expect(() => norm.output).toThrow('LRN "layer1/LRN" has 2 outputs, not one');
});

test("a gradient of one's own, or none", () => {
  const x = v1.getVariable("x", { shape: [2] });
  const odd = v1.op("Odd", { inputs: [x], outputs: [{ shape: [2] }] }).output;
  expect(() => v1.gradients([odd], [x])).toThrow(GraphError);
  expect(() => v1.gradients([odd], [x])).toThrow(
    'no gradient is known for Odd ("Odd"): say it with registerGradient',
  );
  v1.registerGradient("Odd", (_, gradient) => [v1.neg(gradient)]);
  const [found] = v1.gradients([odd], [x]);
  expect(found?.name).toMatch(/^gradients_\d\/Odd_grad\/Neg:0$/);
  v1.registerGradient("Odd", null);
  expect(v1.gradients([odd], [x])).toEqual([null]);
});

test("what the loss does not depend on has no gradient", () => {
  const [used, unused] = ["used", "unused"].map((name) => v1.getVariable(name, { shape: [2] }));
  const loss = v1.nn.l2Loss(used!);
  const optimizer = new v1.train.GradientDescentOptimizer(0.1);
  const pairs = optimizer.computeGradients(loss);
  expect(pairs.map(([gradient, variable]) => [gradient?.name, variable.name])).toEqual([
    ["gradients/L2Loss_grad/mul:0", "used:0"],
    [undefined, "unused:0"],
  ]);
  expect(optimizer.applyGradients(pairs).controlInputs.map(({ name }) => name)).toEqual([
    "GradientDescent/update_used/ApplyGradientDescent",
  ]);
  expect(() => optimizer.minimize(loss, { varList: [unused!] })).toThrow(
    "the loss depends on none of the variables",
  );
  expect(() => optimizer.minimize(loss, { varList: [] })).toThrow("no variables to optimise");
});

test("a negative number as uint64 wraps, alone as among others", () => {
  v1.constant(-1, { dtype: "uint64" });
  v1.constant([-1, 2], { dtype: "uint64" });
  const tensors = v1
    .getDefaultGraph()
    .asGraphDef()
    .node?.map(({ attr }) => attr?.value?.tensor ?? {});
  const values = tensors?.map(
    (tensor) => decodeTensor(pb.TensorProto.decode(pb.TensorProto.encode(tensor).finish())).data,
  );
  expect(values).toEqual([BigUint64Array.of(2n ** 64n - 1n), BigUint64Array.of(2n ** 64n - 1n, 2n)]);
});

test("graphs side by side do not mix", () => {
  const graph = new v1.Graph();
  const inside = graph.asDefault(() => v1.constant(1, { name: "a" }));
  expect(graph.getTensorByName("a:0")).toBe(inside);
  expect(() => v1.add(inside, 1)).toThrow('"a", an input of AddV2, is not a node of this graph');
  expect(() => v1.getDefaultGraph().getTensorByName("a:0")).toThrow('no tensor "a:0"');
  expect(() => v1.getDefaultGraph().getOperationByName("a")).toThrow('no operation "a"');
  expect(() => graph.asDefault(async () => {})).toThrow("must not be async");
});

test("types and shapes that do not fit are said", () => {
  const x = v1.placeholder("float32", [null, 3], { name: "x" });
  expect(() => v1.matMul(x, v1.zeros([2, 2]))).toThrow("(?, 3) and (2, 2) cannot be multiplied: 3 against 2");
  expect(() => v1.matMul(x, v1.zeros([3]))).toThrow(ShapeError);
  expect(() => v1.add(x, v1.zeros([2]))).toThrow(ShapeError);
  expect(() => v1.add(x, v1.cast(x, "int32"))).toThrow("Cast:0 is int32, where float32 is needed: cast it");
  expect(() => v1.constant([[1], [2, 3]])).toThrow("nested arrays must be of equal length");
  expect(() => v1.constant({} as never)).toThrow(ValueError);
  expect(() => v1.constant(null as never)).toThrow(ValueError);
  expect(() => v1.constant([1, 2], { shape: [3] })).toThrow("shape [3] holds 3 values, but 2 are given");
  expect(() => v1.placeholder("float" as never)).toThrow('no element type string "float"');
  expect(() => v1.placeholder("float32", [-1])).toThrow(ShapeError);
  expect(() => v1.reduceMean(v1.placeholder("float32"))).toThrow(
    "unknown number of dimensions: name an axis",
  );
  expect(() => v1.addN([])).toThrow("addN of no tensors");
  expect(() => new v1.Variable(x)).toThrow("a variable's shape is known, but that of x:0 is (?, 3)");
  expect(() => v1.nn.dropout(x, { rate: 1 })).toThrow(ValueError);
  const count = new v1.Variable(1, { dtype: "int32" });
  expect(() => new v1.train.ExponentialMovingAverage(0.9).apply([count])).toThrow(VariableError);
});

test("what variables are asked for is said when it is not there", () => {
  v1.variableScope("layer1", () => v1.getVariable("weights", { shape: [2, 3] }));
  const again = (options: v1.VariableScopeOptions, shape: number[]) =>
    v1.variableScope("layer1", options, () => v1.getVariable("weights", { shape }));
  expect(() => again({}, [2, 3])).toThrow(
    "variable layer1/weights exists already: did you mean reuse: true or AUTO_REUSE in its scope?",
  );
  expect(() => again({ reuse: true }, [3, 2])).toThrow(
    "variable layer1/weights has shape (2, 3), but (3, 2) is asked for",
  );
  expect(again({ reuse: v1.AUTO_REUSE }, [2, 3]).name).toBe("layer1/weights:0");
  expect(() => v1.variableScope("layer2", { reuse: true }, () => v1.getVariable("weights"))).toThrow(
    "variable layer2/weights does not exist, or was not made with getVariable",
  );
});

test("collections: a copy to read, the list itself to change", () => {
  const loss = v1.constant(1);
  v1.addToCollection("losses", loss);
  v1.getCollection("losses").push(loss);
  expect(v1.getCollection("losses")).toEqual([loss]);
  v1.getCollectionRef("losses").push(loss);
  expect(v1.addN(v1.getCollection("losses")).op.inputs).toEqual([loss, loss]);
  v1.addToCollections(["mine", "mine", "other"], "anything");
  expect([v1.getCollection("mine"), v1.getCollection("other")]).toEqual([["anything"], ["anything"]]);
  expect(v1.getCollection("mine", "any")).toEqual([]);
});
