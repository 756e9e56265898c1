/** A traced step: which kernels, which edges, which names; and TensorFlow.js as it was afterwards. */
import * as tf from "@tensorflow/tfjs-core";
import { layers, model as modelOf, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { decodeTensor, pb } from "../../../proto/index.ts";
import { nameScope, TraceError, trace, ValueError } from "../../../summary/index.ts";
import { attributesOf } from "./attributes.ts";
import {
  inputsOf,
  kernelsOf,
  lenet,
  type Node,
  namesOf,
  nodesOf,
  ownProperties,
  ran,
  statsOf,
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

describe("names", () => {
  test("tidy's names, our own and TensorFlow.js's operations of several kernels are scopes, made unique", async () => {
    const x = tf.tensor1d([1, 2]);
    const traced = await trace(tf, () => {
      const block = (input: tf.Tensor) => tf.tidy("block", () => tf.relu(tf.neg(input)));
      const y = block(block(x));
      return nameScope("outer/inner", () => tf.logSumExp(y));
    });
    expect(namesOf(traced).filter((name) => !name.includes("Const"))).toEqual([
      "input",
      "block/Neg",
      "block/Relu",
      "block_1/Neg",
      "block_1/Relu",
      "outer/inner/Max",
      "outer/inner/Sub",
      "outer/inner/Exp",
      "outer/inner/Sum",
      "outer/inner/Log",
      "outer/inner/Reshape",
      "outer/inner/Add",
    ]);
  });

  test("what no node's name may have is replaced", async () => {
    const names = namesOf(await trace(tf, () => tf.tidy("_Höhe (m)", () => tf.neg(tf.neg(1)))));
    expect(names).toEqual(["H_he__m_/Const", "H_he__m_/Neg", "H_he__m_/Neg_1"]);
  });

  test("variables without names are in the scope that uses them first", async () => {
    const weights = tf.variable(tf.ones([2, 2]));
    const biases = tf.variable(tf.ones([2]));
    const named = tf.variable(tf.ones([2]), true, "scale/gamma");
    const step = () =>
      tf.tidy("layer1", () => tf.mul(tf.add(tf.matMul(tf.ones([1, 2]), weights), biases), named));
    expect(namesOf(await trace(tf, step))).toEqual(
      expect.arrayContaining(["layer1/Variable", "layer1/Variable_1", "scale/gamma"]),
    );
    expect(namesOf(await trace(tf, step, { names: { "layer1/weights": weights } }))).toContain(
      "layer1/weights",
    );
    named.dispose();
  });

  test("a layer that is called twice is two scopes with one set of weights; a model in a model is a scope", async () => {
    const inner = sequential({
      name: "encoder",
      layers: [layers.dense({ name: "code", units: 2, inputShape: [3] })],
    });
    const [a, b] = [layers.input({ name: "a", shape: [3] }).shape && modelInput("a"), modelInput("b")];
    const sum = layers.add({ name: "sum" }).apply([inner.apply(a), inner.apply(b)] as never) as never;
    const model = modelOf({ inputs: [a, b] as never, outputs: sum });
    const batch = tf.ones([1, 3]);
    const names = namesOf(await trace(tf, () => model.predict([batch, batch]), { model }));
    expect(names).toEqual(
      expect.arrayContaining([
        "encoder/code/kernel",
        "encoder/code/FusedMatMul",
        "encoder_1/code/FusedMatMul",
        "sum/Add",
      ]),
    );
    expect(names.filter((name) => name.endsWith("kernel"))).toHaveLength(1);
  });

  test("cells of recurrent layers and what wrappers wrap are scopes", async () => {
    const model = sequential({
      layers: [
        layers.bidirectional({
          name: "both",
          layer: layers.lstm({ name: "lstm", units: 2, recurrentInitializer: "ones" }) as never,
          mergeMode: "concat",
          inputShape: [2, 3],
        }),
        layers.dense({ name: "last", units: 1 }),
      ],
    });
    const names = namesOf(await trace(tf, () => model.predict(tf.ones([1, 2, 3])), { model }));
    for (const way of ["forward", "backward"])
      expect(names).toEqual(
        expect.arrayContaining([
          `both/${way}_lstm/kernel`,
          `both/${way}_lstm/lstm/SplitV`,
          // The cell's second step.
          `both/${way}_lstm/lstm_1/SplitV`,
        ]),
      );
  });

  test("TensorFlow.js that has layers tells of them without a model", async () => {
    const whole = { ...tf, layers: { ...layers } };
    const dense = layers.dense({ name: "alone", units: 2, inputShape: [3] });
    const names = namesOf(await trace(whole, () => dense.apply(tf.ones([1, 3]))));
    expect(names).toEqual(expect.arrayContaining(["alone/kernel", "alone/FusedMatMul"]));
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

describe("afterwards", () => {
  test("TensorFlow.js is as it was, and so is a model", async () => {
    const { model, step } = lenet(1);
    const parts = [
      tf.engine(),
      tf.SGDOptimizer.prototype,
      tf.AdamOptimizer.prototype,
      model,
      ...model.layers,
    ];
    const before = parts.map(ownProperties);
    const inside: unknown[] = [];
    await trace(tf, () => inside.push(ownProperties(tf.engine())), { model });
    expect(inside).not.toEqual([before[0]]);
    await trace(tf, step, { model });
    expect(parts.map(ownProperties)).toEqual(before);
  });

  test("also where the function throws, at once or later, or a kernel does", async () => {
    const before = ownProperties(tf.engine());
    const wrong = () => tf.tidy("scope", () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3])));
    await expect(trace(tf, wrong)).rejects.toThrow("inner shapes");
    const later = async () => {
      await Promise.resolve();
      throw new Error("later");
    };
    await expect(trace(tf, later)).rejects.toThrow("later");
    tf.registerKernel({
      kernelName: "Broken",
      backendName: tf.getBackend(),
      kernelFunc: () => {
        throw new Error("no such thing");
      },
    });
    const survives = () => {
      try {
        tf.engine().runKernel("Broken", { x: tf.ones([1]) });
      } catch {
        return tf.neg(tf.ones([1]));
      }
    };
    expect(kernelsOf(await trace(tf, survives)).map(({ op }) => op)).toEqual(["Neg"]);
    tf.unregisterKernel("Broken", tf.getBackend());
    expect(ownProperties(tf.engine())).toEqual(before);
    expect(kernelsOf(await trace(tf, () => tf.neg(1)))).toHaveLength(1);
  });

  test("a trace in a trace is refused, and one beside another; the first goes on", async () => {
    const outer = trace(tf, async () => {
      const inner = await trace(tf, () => tf.neg(1)).catch((error: unknown) => error);
      tf.square(2);
      return inner;
    });
    await expect(trace(tf, () => tf.neg(1))).rejects.toThrow(TraceError);
    const { result, ...traced } = await outer;
    expect(result).toBeInstanceOf(TraceError);
    expect(String(result)).toContain("a step is traced already");
    expect(kernelsOf(traced).map(({ op }) => op)).toEqual(["Square"]);
  });

  test("an asynchronous function is traced to its end, with its name scopes", async () => {
    const traced = await trace(tf, async () => {
      const loss = await nameScope("first", async () => {
        const value = tf.square(2);
        await value.data();
        return tf.neg(value);
      });
      return tf.relu(loss);
    });
    expect(namesOf(traced).filter((name) => !name.includes("Const"))).toEqual([
      "first/Square",
      "first/Neg",
      "Relu",
    ]);
  });

  test("what is none is refused in words", async () => {
    await expect(trace({} as never, () => 0)).rejects.toThrow("tracing takes TensorFlow.js itself");
    await expect(trace({ engine: () => ({}) }, () => 0)).rejects.toThrow("cannot be traced");
    await expect(trace(tf, 5 as never)).rejects.toThrow(ValueError);
    await expect(trace(tf, () => 0, { model: {} as never })).rejects.toThrow(
      "model of TensorFlow.js's layers",
    );
    await expect(trace(tf, () => 0, { names: { x: {} } })).rejects.toThrow("names.x is a tensor");
    expect(() => nameScope("", () => 0)).toThrow("a name scope has a name");
    expect(nameScope("untraced", () => 5)).toBe(5);
  });
});

describe("statistics", () => {
  test("every node but assignments has them, one a kernel, with its outputs", async () => {
    const { model, step } = lenet(2);
    const traced = await trace(tf, step, { model });
    const devices = traced.metadata.stepStats?.devStats ?? [];
    expect(devices.map(({ device }) => device)).toEqual(["/job:wasm/replica:0/task:0/device:CPU:0"]);
    const all = devices[0]?.nodeStats ?? [];
    const expected = nodesOf(traced).filter(({ op }) => op !== "Assign");
    expect(all.map(({ nodeName }) => nodeName)).toEqual(expected.map(({ name }) => name));
    const stats = statsOf(traced);
    const conv = stats.get("c1/Conv2D");
    expect(conv?.output?.[0]?.tensorDescription).toMatchObject({ dtype: pb.DataType.DT_FLOAT });
    expect(conv?.timelineLabel).toBe("c1/Conv2D = Conv2D(pad/PadV2, c1/kernel)");
    for (const { name } of kernelsOf(traced)) {
      const { opStartRelNanos, opEndRelNanos, allEndRelNanos } = stats.get(name) ?? {};
      expect(Number(opEndRelNanos)).toBeGreaterThan(Number(opStartRelNanos));
      expect(Number(allEndRelNanos)).toBeGreaterThanOrEqual(Number(opEndRelNanos));
    }
    expect(Number(stats.get("c1/kernel")?.allEndRelMicros)).toBe(0);
  });

  test("one after the other: starts are in order, and times add up to no more than the step", async () => {
    const { model, step } = lenet(2);
    let wall = 0;
    const traced = await trace(
      tf,
      async () => {
        const start = performance.now();
        await step();
        wall = performance.now() - start;
      },
      { model },
    );
    const stats = statsOf(traced);
    const times = kernelsOf(traced).map(({ name }) => stats.get(name));
    const starts = times.map((one) => Number(one?.allStartMicros));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    const sum = times.reduce((total, one) => total + Number(one?.allEndRelNanos) / 1e6, 0);
    expect(sum).toBeLessThanOrEqual(wall);
    expect(Math.abs(starts[0]! / 1000 - Date.now())).toBeLessThan(60_000);
  });

  test("a kernel that runs others has what it took itself, and theirs are in its scope", async () => {
    tf.registerKernel({
      kernelName: "Both",
      backendName: tf.getBackend(),
      kernelFunc: ({ inputs }) => {
        const relu = tf.relu(inputs.x as tf.Tensor);
        return tf.neg(relu);
      },
    });
    const x = tf.ones([2]);
    const traced = await trace(tf, () => tf.square(tf.engine().runKernel("Both", { x }) as tf.Tensor), {
      names: { x },
    });
    tf.unregisterKernel("Both", tf.getBackend());
    expect(nodesOf(traced).map(({ name, input }) => [name, ...input])).toEqual([
      ["x"],
      ["Both", "x", "^Both/Neg"],
      ["Both/Relu", "x"],
      ["Both/Neg", "Both/Relu"],
      ["Square", "Both"],
    ]);
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

function modelInput(name: string): tf.Tensor {
  return layers.input({ name, shape: [3] }) as unknown as tf.Tensor;
}
