/** A traced step: which kernels, which edges, which attributes. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { decodeTensor, pb } from "../../../proto/index.ts";
import { trace } from "../../../summary/index.ts";
import { attributesOf } from "./attributes.ts";
import {
  inputsOf,
  kernelsOf,
  lenet,
  type Node,
  namesOf,
  nodesOf,
  ran,
  type TapeEntry,
  taped,
} from "./steps.ts";

describe("LeNet-5's train step", () => {
  test("every kernel that ran is there, once and in its order", async () => {
    const { model, step } = lenet();
    const expected = await ran(step);
    const traced = await trace(tf, step, { model });
    expect(kernelsOf(traced).map(({ op }) => op)).toEqual(expected);
    expect(new Set(namesOf(traced)).size).toBe(namesOf(traced).length);
    expect(expected.length).toBeGreaterThan(90);
  });

  test("edges are those of the tape, clones folded into what they copy", async () => {
    const { model, step } = lenet();
    const { result: traced, tape } = await taped(() => trace(tf, step, { model }));
    const kernels = kernelsOf(traced);
    const names = new Set(kernels.map(({ name }) => name));
    const expected = edgesOf(tape, kernels);
    const found = kernels
      .filter(({ name }) => expected.has(name))
      .map((node) => [node.name, inputsOf(node).filter((input) => names.has(input))] as const);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect([...expected.values()].flat().length).toBeGreaterThan(25);
  });

  test("layers, loss, gradients and updates are scopes", async () => {
    const { model, step, images, labels } = lenet();
    const traced = await trace(tf, step, { model, names: { images, labels } });
    const nodes = new Map(nodesOf(traced).map((node) => [node.name, node]));
    const inputs = (name: string) => nodes.get(name)?.input;
    expect(inputs("pad/PadV2")).toEqual(["images"]);
    expect(inputs("c1/Conv2D")).toEqual(["pad/PadV2", "c1/kernel"]);
    expect(inputs("c1/Relu")).toEqual(["c1/Add"]);
    expect(inputs("s2/MaxPool")).toEqual(["c1/Relu"]);
    expect(inputs("f5/BatchMatMul")).toEqual(["flatten/Reshape", "f5/kernel"]);
    expect(inputs("gradients/c3/Conv2D_grad/Conv2DBackpropFilter")?.[0]).toBe("s2/MaxPool");
    expect(inputs("gradients/s2/MaxPool_grad/MaxPoolGrad")?.slice(1)).toEqual(["c1/Relu", "s2/MaxPool"]);
    expect(inputs("gradients/output/Softmax_grad/Multiply")?.[1]).toBe("output/Softmax");
    expect(inputs("SGD/update_c1/kernel/Multiply")).toEqual([
      "SGD/c",
      "gradients/c1/Conv2D_grad/Conv2DBackpropFilter",
    ]);
    expect(inputs("SGD/update_c1/kernel/Assign")).toEqual(["c1/kernel", "SGD/update_c1/kernel/Add"]);
    expect(nodes.get("c1/kernel")?.op).toBe("VariableV2");
    expect(nodes.get("images")?.op).toBe("Placeholder");
    const scopes = new Set(namesOf(traced).map((name) => name.split("/")[0]));
    expect([...scopes]).toEqual(
      "images pad c1 s2 c3 s4 flatten f5 f6 output loss labels metrics gradients SGD".split(" "),
    );
  });

  test("attributes, dtypes, shapes and device are on the nodes", async () => {
    const { model, step } = lenet(3);
    const traced = await trace(tf, step, { model });
    const [conv] = nodesOf(traced).filter(({ name }) => name === "c1/Conv2D");
    expect(attributesOf(conv)).toMatchObject({
      T: "DT_FLOAT",
      strides: [1, 1],
      pad: "valid",
      dilations: [1, 1],
      _output_shapes: [[3, 28, 28, 6]],
    });
    expect(new Set(nodesOf(traced).map(({ device }) => device))).toEqual(
      new Set(["/job:wasm/replica:0/task:0/device:CPU:0"]),
    );
    // What readers decode is what was meant.
    const bytes = pb.GraphDef.encode(traced.graph).finish();
    expect(pb.GraphDef.decode(bytes).node).toHaveLength(nodesOf(traced).length);
  });

  test("an optimiser's own variables are in its scope, by its names", async () => {
    const { model, step } = lenet(2, tf.train.adam(0.01));
    const first = await trace(tf, step, { model });
    const second = await trace(tf, step, { model });
    for (const traced of [first, second]) {
      const variables = nodesOf(traced).filter(
        ({ op, name }) => op === "VariableV2" && name.startsWith("Adam/"),
      );
      expect(variables.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          "Adam/accBeta1",
          "Adam/c1/kernel/m",
          "Adam/c1/kernel/v",
          "Adam/output/bias/v",
        ]),
      );
      const update = nodesOf(traced).filter(({ name }) => name.startsWith("Adam/update_c1/kernel/"));
      expect(update.map(({ op }) => op)).toEqual(
        expect.arrayContaining(["Sqrt", "Square", "Const", "Assign"]),
      );
      // Shared by all updates.
      expect(namesOf(traced)).toContain("Adam/Sub");
    }
    // Before the first step there were none.
    expect(kernelsOf(first).length).toBeGreaterThan(kernelsOf(second).length);
  });
});

describe("graphs", () => {
  test("a gradient of one's own is called after the operation that has it", async () => {
    const logits = tf.tensor2d([[1, 2]]);
    const labels = tf.tensor2d([[0, 1]]);
    const loss = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, x);
    const names = namesOf(await trace(tf, () => tf.grad(loss)(logits), { names: { logits, labels } }));
    expect(names.some((name) => name.startsWith("gradients/softmaxCrossEntropy_grad/"))).toBe(true);
    expect(names.some((name) => name.startsWith("softmaxCrossEntropy/"))).toBe(true);
  });

  test("gradients of gradients have scopes of their own", async () => {
    const x = tf.scalar(3);
    const cube = (value: tf.Tensor) => tf.mul(tf.square(value), value);
    const twice = tf.grad((value) => tf.grad(cube)(value));
    const traced = await trace(tf, () => twice(x), { names: { x } });
    expect(traced.result.dataSync()[0]).toBeCloseTo(18);
    const scopes = new Set(namesOf(traced).map((name) => name.split("/").slice(0, 2).join("/")));
    expect([...scopes]).toEqual(expect.arrayContaining(["gradients/Square_grad", "gradients_1/gradients"]));
  });

  test("several outputs are told apart", async () => {
    const x = tf.tensor1d([3, 1, 2]);
    const traced = await trace(tf, () => {
      const { values, indices } = tf.topk(x, 2);
      return [tf.neg(values), tf.neg(indices)];
    });
    expect(
      nodesOf(traced)
        .filter(({ op }) => op === "Neg")
        .map(({ input }) => input),
    ).toEqual([["TopK"], ["TopK:1"]]);
    const topk = nodesOf(traced).find(({ op }) => op === "TopK");
    expect(attributesOf(topk)._output_shapes).toEqual([[2], [2]]);
  });

  test("small constants are written with their values, large ones are not", async () => {
    const traced = await trace(tf, () =>
      tf.add(tf.tensor1d([1.5, 2]), tf.mul(tf.ones([2]), tf.zeros([100, 2]))),
    );
    const constants = nodesOf(traced).filter(({ op }) => op === "Const");
    const values = constants.map(
      ({ attr }) => attr?.value?.tensor && [...decodeTensor(attr.value.tensor).data],
    );
    expect(values).toEqual(expect.arrayContaining([[1.5, 2], [1, 1], undefined]));
  });

  test("a variable that is read after an assignment waits for it", async () => {
    const count = tf.variable(tf.scalar(1));
    const traced = await trace(
      tf,
      () => {
        count.assign(tf.add(count, 1));
        return tf.neg(count);
      },
      { names: { count } },
    );
    const nodes = nodesOf(traced);
    expect(nodes.find(({ op }) => op === "Assign")?.input).toEqual(["count", "Add"]);
    expect(nodes.find(({ op }) => op === "Neg")?.input).toEqual(["count", "^Assign"]);
  });
});

/** For the kernels on the tape, those that each takes from, as the tape has it: by name of the traced nodes. */
function edgesOf(tape: readonly TapeEntry[], kernels: readonly Node[]): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  const producers = new Map<number, string>();
  let next = 0;
  for (const { kernel, isClone, inputs, outputs } of tape) {
    const sources = inputs.flatMap((id) => producers.get(id) ?? []);
    let name = sources[0];
    if (!isClone) {
      // What has a gradient of its own is on the tape under its operation's name; here it is a kernel, and its reshaping.
      const isFused = kernel === "fusedMatMul__op";
      const op = isFused ? "_FusedMatMul" : kernel;
      while (kernels[next] !== undefined && kernels[next]?.op !== op) next++;
      name = kernels[next++]?.name;
      if (name === undefined) throw new Error(`${kernel} is on the tape, but was not traced`);
      edges.set(name, sources);
      if (isFused && kernels[next]?.op === "Reshape") name = kernels[next++]?.name;
    }
    if (name !== undefined) for (const id of outputs) producers.set(id, name);
  }
  return edges;
}
