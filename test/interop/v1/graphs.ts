/** The graphs of v1_graphs.py, built with `v1`: one function a case, as a reader of the textbook would write it. */
import { v1 } from "../../../summary/index.ts";

function inference(x: v1.Tensor, regularizer: (weights: v1.TensorInput) => v1.Tensor): v1.Tensor {
  const weightVariable = (shape: number[]) => {
    const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
    const weights = v1.getVariable("weights", { shape, initializer });
    v1.addToCollection("losses", regularizer(weights));
    return weights;
  };
  const initializer = v1.constantInitializer(0);
  const layer1 = v1.variableScope("layer1", () => {
    const weights = weightVariable([784, 500]);
    const biases = v1.getVariable("biases", { shape: [500], initializer });
    return v1.nn.relu(v1.add(v1.matMul(x, weights), biases));
  });
  return v1.variableScope("layer2", () => {
    const weights = weightVariable([500, 10]);
    const biases = v1.getVariable("biases", { shape: [10], initializer });
    return v1.add(v1.matMul(layer1, weights), biases);
  });
}

function variableSummaries(variable: v1.Variable, name: string): void {
  v1.nameScope("summaries", () => {
    v1.summary.histogram(name, variable);
    const mean = v1.reduceMean(variable);
    v1.summary.scalar(`mean/${name}`, mean);
    const stddev = v1.sqrt(v1.reduceMean(v1.square(v1.sub(variable, mean))));
    v1.summary.scalar(`stddev/${name}`, stddev);
  });
}

function nnLayer(
  x: v1.Tensor,
  [inputs, outputs]: readonly [number, number],
  layerName: string,
  activation: (x: v1.TensorInput, options: { name: string }) => v1.Tensor = v1.nn.relu,
): v1.Tensor {
  return v1.nameScope(layerName, () => {
    const weights = v1.nameScope("weights", () => {
      const variable = new v1.Variable(v1.truncatedNormal([inputs, outputs], { stddev: 0.1 }));
      variableSummaries(variable, `${layerName}/weights`);
      return variable;
    });
    const biases = v1.nameScope("biases", () => {
      const variable = new v1.Variable(v1.constant(0, { shape: [outputs] }));
      variableSummaries(variable, `${layerName}/biases`);
      return variable;
    });
    const preactivate = v1.nameScope("Wx_plus_b", () => {
      const sum = v1.add(v1.matMul(x, weights), biases);
      v1.summary.histogram(`${layerName}/pre_activations`, sum);
      return sum;
    });
    const activations = activation(preactivate, { name: "activation" });
    v1.summary.histogram(`${layerName}/activations`, activations);
    return activations;
  });
}

function inputs(): { x: v1.Tensor; labels: v1.Tensor } {
  return v1.nameScope("input", () => ({
    x: v1.placeholder("float32", [null, 784], { name: "x-input" }),
    labels: v1.placeholder("float32", [null, 10], { name: "y-input" }),
  }));
}

export const graphs: Readonly<Record<string, () => void>> = {
  "forward propagation"() {
    const x = v1.constant([[0.7, 0.9]]);
    const w1 = new v1.Variable(v1.randomNormal([2, 3], { stddev: 1, seed: 1 }));
    const w2 = new v1.Variable(v1.randomNormal([3, 1], { stddev: 1, seed: 1 }));
    const a = v1.matMul(x, w1);
    v1.matMul(a, w2);
    v1.globalVariablesInitializer();
  },

  "add of two inputs"() {
    const input1 = v1.nameScope("input1", () => v1.constant([1, 2, 3], { name: "input1" }));
    const input2 = v1.nameScope("input2", () => new v1.Variable(v1.randomUniform([3]), { name: "input2" }));
    v1.addN([input1, input2], { name: "add" });
  },

  "mnist with moving averages and a decayed rate"() {
    const { x, labels } = inputs();
    const y = inference(x, v1.l2Regularizer(0.0001));
    const globalStep = new v1.Variable(0, { trainable: false, dtype: "int32" });
    const averagesOp = v1.nameScope("moving_average", () => {
      const averages = new v1.train.ExponentialMovingAverage(0.99, globalStep);
      return averages.apply(v1.trainableVariables());
    });
    const loss = v1.nameScope("loss_function", () => {
      const crossEntropy = v1.nn.sparseSoftmaxCrossEntropyWithLogits({
        labels: v1.argMax(labels, 1),
        logits: y,
      });
      return v1.add(v1.reduceMean(crossEntropy), v1.addN(v1.getCollection("losses")));
    });
    v1.nameScope("train_step", () => {
      const rate = v1.train.exponentialDecay(0.8, globalStep, 550, 0.99, { staircase: true });
      const step = new v1.train.GradientDescentOptimizer(rate).minimize(loss, { globalStep });
      v1.controlDependencies([step, averagesOp], () => v1.noOp({ name: "train" }));
    });
    v1.globalVariablesInitializer();
  },

  "mnist with summaries"() {
    const { x, labels } = inputs();
    v1.nameScope("input_reshape", () =>
      v1.summary.image("input", v1.reshape(x, [-1, 28, 28, 1]), { maxOutputs: 10 }),
    );
    const hidden1 = nnLayer(x, [784, 500], "layer1");
    const y = nnLayer(hidden1, [500, 10], "layer2", v1.identity);
    const crossEntropy = v1.nameScope("cross_entropy", () => {
      const mean = v1.reduceMean(v1.nn.softmaxCrossEntropyWithLogits({ labels, logits: y }));
      v1.summary.scalar("cross_entropy", mean);
      return mean;
    });
    v1.nameScope("train", () => new v1.train.AdamOptimizer(0.001).minimize(crossEntropy));
    v1.nameScope("accuracy", () => {
      const correct = v1.nameScope("correct_prediction", () =>
        v1.equal(v1.argMax(y, 1), v1.argMax(labels, 1)),
      );
      const accuracy = v1.nameScope("accuracy", () => v1.reduceMean(v1.cast(correct, "float32")));
      v1.summary.scalar("accuracy", accuracy);
    });
    v1.summary.mergeAll();
    v1.globalVariablesInitializer();
  },

  "LeNet-5"() {
    const x = v1.placeholder("float32", [100, 28, 28, 1], { name: "x-input" });
    const labels = v1.placeholder("int64", [100], { name: "labels" });
    const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
    const convolution = (name: string, input: v1.Tensor, shape: readonly number[]) =>
      v1.variableScope(name, () => {
        const weights = v1.getVariable("weight", { shape, initializer });
        const biases = v1.getVariable("bias", {
          shape: shape.slice(-1),
          initializer: v1.constantInitializer(0),
        });
        const conv = v1.nn.conv2d(input, weights, { strides: [1, 1, 1, 1], padding: "SAME" });
        return v1.nn.relu(v1.nn.biasAdd(conv, biases));
      });
    const pool = (name: string, input: v1.Tensor) =>
      v1.nameScope(name, () =>
        v1.nn.maxPool(input, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME" }),
      );
    const regularizer = v1.l2Regularizer(0.0001);
    const connected = (name: string, input: v1.Tensor, shape: readonly number[]) =>
      v1.variableScope(name, () => {
        const weights = v1.getVariable("weight", { shape, initializer });
        v1.addToCollection("losses", regularizer(weights));
        const biases = v1.getVariable("bias", {
          shape: shape.slice(-1),
          initializer: v1.constantInitializer(0.1),
        });
        const sum = v1.add(v1.matMul(input, weights), biases);
        return name === "layer5-fc1" ? v1.nn.dropout(v1.nn.relu(sum), { rate: 0.5 }) : sum;
      });

    const relu1 = convolution("layer1-conv1", x, [5, 5, 1, 32]);
    const pool1 = pool("layer2-pool1", relu1);
    const relu2 = convolution("layer3-conv2", pool1, [5, 5, 32, 64]);
    const pool2 = pool("layer4-pool2", relu2);
    const nodes = 7 * 7 * 64;
    const fc1 = connected("layer5-fc1", v1.reshape(pool2, [100, nodes]), [nodes, 512]);
    const logits = connected("layer6-fc2", fc1, [512, 10]);
    const crossEntropy = v1.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits });
    const loss = v1.add(v1.reduceMean(crossEntropy), v1.addN(v1.getCollection("losses")));
    new v1.train.GradientDescentOptimizer(0.01).minimize(loss);
  },

  "own cross entropy, clipped"() {
    const x = v1.placeholder("float32", [null, 2], { name: "x-input" });
    const labels = v1.placeholder("float32", [null, 1], { name: "y-input" });
    const w1 = new v1.Variable(v1.randomNormal([2, 3], { stddev: 1, seed: 1 }));
    const w2 = new v1.Variable(v1.randomNormal([3, 1], { stddev: 1, seed: 1 }));
    const y = v1.nn.sigmoid(v1.matMul(v1.matMul(x, w1), w2));
    const clippedLog = (p: v1.Tensor) => v1.log(v1.clipByValue(p, 1e-10, 1));
    const right = v1.mul(labels, clippedLog(y));
    const wrong = v1.mul(v1.sub(1, labels), clippedLog(v1.sub(1, y)));
    new v1.train.AdamOptimizer(0.001).minimize(v1.neg(v1.reduceMean(v1.add(right, wrong))));
  },

  "every activation"() {
    const x = v1.placeholder("float32", [null, 4], { name: "x" });
    const w = v1.getVariable("w", { shape: [4] });
    const { relu, relu6, elu, softplus, sigmoid, tanh, softmax } = v1.nn;
    let y = v1.mul(x, w);
    for (const activation of [relu, relu6, elu, softplus, sigmoid, tanh, softmax]) y = activation(y);
    v1.gradients([v1.reduceSum(y)], [w]);
  },

  "arithmetic and its gradients"() {
    const x = v1.placeholder("float32", [null, 3], { name: "x" });
    const w = v1.getVariable("w", { shape: [3] });
    const v = v1.getVariable("v", { shape: [], initializer: v1.onesInitializer() });
    const ratio = v1.div(v1.exp(v1.sub(x, w)), v1.add(x, v));
    const sum = v1.add(v1.square(ratio), v1.sqrt(v1.abs(ratio)));
    const y = v1.sub(sum, v1.mul(v1.minimum(ratio, w), v1.maximum(v, 0.5)));
    const perExample = v1.reduceSum(y, { axis: 1 });
    v1.gradients([v1.reduceMean(perExample, { name: "total" }), v1.nn.l2Loss(w)], [w, v, x]);
  },

  "sums of known shapes"() {
    const w = v1.getVariable("w", { shape: [2, 3] });
    const kept = v1.reduceMean(w, { axis: 0, keepDims: true });
    const row = v1.reduceSum(v1.sub(w, kept), { axis: [-1] });
    v1.gradients([v1.reduceSum(row)], [w]);
  },

  "transposed matrices"() {
    const a = v1.getVariable("a", { shape: [2, 3] });
    const b = v1.getVariable("b", { shape: [3, 2] });
    const both = v1.matMul(a, b, { transposeA: true, transposeB: true });
    const first = v1.matMul(a, a, { transposeA: true });
    const second = v1.matMul(v1.add(both, first), a, { transposeB: true });
    v1.gradients([second], [a, b]);
  },

  "average pooling and dropout"() {
    const x = v1.placeholder("float32", [null, 8, 8, 3], { name: "x" });
    const filters = v1.getVariable("filters", { shape: [3, 3, 3, 4] });
    const conv = v1.nn.conv2d(x, filters, { strides: [1, 2, 2, 1], padding: "VALID", name: "conv" });
    const window = { ksize: [1, 2, 2, 1], strides: [1, 1, 1, 1], padding: "VALID" } as const;
    const dropped = v1.nn.dropout(v1.nn.avgPool(conv, window), { rate: 0.25, name: "drop", seed: 3 });
    v1.gradients([dropped], [filters]);
  },

  constants() {
    v1.constant(3.5);
    v1.constant([1, 2], { name: "floats" });
    v1.constant([[1], [1]]);
    v1.constant(7, { dtype: "int32", name: "whole" });
    v1.constant([1, 2, 3], { dtype: "int64" });
    v1.constant(true);
    v1.constant([true, false]);
    v1.constant("text");
    v1.constant(["a", "b"]);
    v1.constant(0.5, { shape: [2, 3] });
    v1.constant([]);
    v1.zeros([2, 3]);
    v1.ones([1000]);
    v1.zeros([3], { dtype: "int32", name: "none" });
    v1.placeholder("string");
    v1.placeholder("float32", [], { name: "number" });
    v1.cast(v1.constant([1]), "int32");
    v1.cast(2, "float64", { name: "cast_number" });
    v1.shape(v1.placeholder("float32", [null, 2]));
    v1.shape(v1.ones([2, 2]));
    v1.zerosLike(v1.ones([2]));
    v1.zerosLike(v1.placeholder("float32", [null]));
  },

  "initializers and regularizers"() {
    const initializer = v1.randomUniformInitializer({ minval: -1, maxval: 1 });
    v1.variableScope("scope", { initializer }, () => {
      v1.getVariable("default", { shape: [2] });
      v1.getVariable("zeros", { shape: [2], initializer: v1.zerosInitializer() });
      v1.getVariable("many_zeros", { shape: [50, 50], initializer: v1.zerosInitializer() });
      v1.getVariable("ones", { shape: [2], initializer: v1.onesInitializer() });
      const normal = v1.randomNormalInitializer({ mean: 1, stddev: 2, seed: 4 });
      v1.getVariable("normal", { shape: [2], initializer: normal });
      v1.getVariable("value", { initializer: v1.constant([1, 2]) });
      v1.getVariable("steps", {
        shape: [],
        dtype: "int64",
        trainable: false,
        initializer: v1.zerosInitializer(),
      });
    });
    v1.getVariable("glorot", { shape: [3, 4] });
    v1.getVariable("filters", { shape: [5, 5, 1, 6] });
    v1.getVariable("count", { shape: [2], dtype: "int32" });
  },

  "variables that begin with others"() {
    const first = new v1.Variable(v1.truncatedNormal([2]), { name: "first" });
    const doubled = new v1.Variable(v1.mul(first.initializedValue(), 2), { name: "doubled" });
    new v1.Variable(v1.add(doubled, first), { name: "sum" });
    const placed = v1.device("/gpu:1", () => new v1.Variable(1, { name: "placed" }));
    const averages = new v1.train.ExponentialMovingAverage(0.5);
    averages.apply([placed, first]);
    v1.assign(first, [1, 2]);
    first.assignAdd([1, 1]);
    v1.assignSub(doubled, first, { name: "less" });
  },

  "devices, control dependencies, groups"() {
    const [a, b, v] = v1.device("/job:worker/task:1", () => {
      const outer = v1.constant(1, { name: "a" });
      return v1.device("/gpu:0", () => {
        const inner = v1.constant(2, { name: "b" });
        const variable = v1.getVariable("v", { shape: [2] });
        v1.device(null, () => v1.constant(3, { name: "c" }));
        v1.colocateWith(outer, () => v1.constant(4, { name: "d" }));
        return [outer, inner, variable] as const;
      });
    });
    const sum = v1.controlDependencies([a, b], () => {
      const total = v1.add(a, 1);
      v1.mul(total, 2, { name: "after" });
      v1.controlDependencies(null, () => v1.constant(5, { name: "free" }));
      v1.controlDependencies([a, v], () => v1.noOp({ name: "inner" }));
      return total;
    });
    v1.group([a, b], { name: "both" });
    v1.tuple([a, sum]);
  },

  "summaries of every kind"() {
    const number = v1.placeholder("float32", [], { name: "number" });
    v1.summary.scalar("loss", number);
    v1.summary.scalar("loss", number, { family: "train" });
    v1.summary.scalar("a tag, with (odd) characters", 1.5);
    v1.summary.histogram("values", v1.constant([1, 2, 3], { dtype: "int32" }));
    v1.summary.image("images", v1.placeholder("uint8", [null, 4, 4, 3]), { maxOutputs: 1 });
    v1.summary.audio("sound", v1.placeholder("float32", [null, 100]), 8000, { maxOutputs: 2 });
    v1.summary.text("note", v1.constant("hi"), { collections: ["notes"] });
    v1.summary.tensorSummary("any", v1.constant([1]), { summaryDescription: "d", displayName: "n" });
    v1.nameScope("scope", () => {
      const one = v1.summary.scalar("one", number, { collections: [] });
      const two = v1.summary.scalar("two", number, { collections: ["mine"] });
      v1.summary.merge([one, two]);
      v1.summary.merge([one], { collections: ["mine"], name: "named" });
    });
    v1.summary.mergeAll();
    v1.summary.mergeAll("mine");
  },
};
