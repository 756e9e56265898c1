/**
 * The textbook's MNIST network as a TensorFlow 1 graph: two layers in variable scopes, a loss with L2
 * regularisation, a learning rate that decays, moving averages of the variables, and summaries of it all.
 */

import { v1 } from "tsboard";
import { baseLearningRate, decayRate, decaySteps } from "../mnist/learning-rate.ts";
import { hiddenNodes, inputNodes, outputNodes, regularisationRate } from "../mnist/model.ts";
import { movingAverageDecay } from "../mnist/moving-averages.ts";

/** What the training feeds, loads and runs. */
export interface MnistGraph {
  readonly graph: v1.Graph;
  /** Images, [count, 784]. */
  readonly x: v1.Tensor;
  /** The mean cross entropy of a batch. */
  readonly crossEntropy: v1.Tensor;
  /** Weights and biases of the layers, from the input to the output. */
  readonly variables: readonly v1.Variable[];
  /** Steps taken. */
  readonly globalStep: v1.Variable;
  /** Updates the moving averages. */
  readonly averagesOp: v1.Operation;
  readonly learningRate: v1.ScalarTensor;
  /** All summaries. */
  readonly merged: v1.summary.SummaryTensor;
}

export function buildGraph(): MnistGraph {
  const graph = new v1.Graph();
  return graph.asDefault(() => {
    const { x, labels } = v1.nameScope("input", () => ({
      x: v1.placeholder("float32", [null, inputNodes], { name: "x-input" }),
      labels: v1.placeholder("float32", [null, outputNodes], { name: "y-input" }),
    }));
    v1.nameScope("input_reshape", () =>
      v1.summary.image("input", v1.reshape(x, [-1, 28, 28, 1]), { maxOutputs: 3 }),
    );
    const logits = inference(x);

    const globalStep = new v1.Variable(0, { name: "global_step", dtype: "int32", trainable: false });
    const averages = new v1.train.ExponentialMovingAverage(movingAverageDecay, globalStep);
    const averagesOp = v1.nameScope("moving_average", () => averages.apply());

    const { crossEntropy, loss } = v1.nameScope("loss_function", () => {
      const mean = v1.reduceMean(
        v1.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: v1.argMax(labels, 1), logits }),
      );
      const total = v1.add(mean, v1.addN(v1.getCollection("losses")));
      v1.summary.scalar("cross_entropy", mean);
      v1.summary.scalar("loss", total);
      return { crossEntropy: mean, loss: total };
    });

    const learningRate = v1.nameScope("train_step", () => {
      const rate = v1.train.exponentialDecay(baseLearningRate, globalStep, decaySteps, decayRate, {
        staircase: true,
      });
      v1.summary.scalar("learning_rate", rate);
      const step = new v1.train.GradientDescentOptimizer(rate).minimize(loss, { globalStep });
      v1.group([step, averagesOp], { name: "train" });
      return rate;
    });

    const variables = v1.trainableVariables();
    v1.nameScope("summaries", () => {
      for (const variable of variables) {
        v1.summary.histogram(variable.op.name, variable);
        v1.summary.histogram(averages.averageName(variable), averages.average(variable) ?? variable);
      }
    });
    const merged = v1.summary.mergeAll();
    v1.globalVariablesInitializer().run();
    return { graph, x, crossEntropy, variables, globalStep, averagesOp, learningRate, merged };
  });
}

/** Images [count, 784] to logits [count, 10]. */
function inference(x: v1.Tensor): v1.Tensor {
  const layer1 = layer("layer1", x, inputNodes, hiddenNodes, v1.nn.relu);
  return layer("layer2", layer1, hiddenNodes, outputNodes, (sum) => sum);
}

function layer(
  name: string,
  input: v1.Tensor,
  inputs: number,
  outputs: number,
  activation: (sum: v1.Tensor) => v1.Tensor,
): v1.Tensor {
  const regularizer = v1.l2Regularizer(regularisationRate);
  return v1.variableScope(name, () => {
    const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
    const weights = v1.getVariable("weights", { shape: [inputs, outputs], initializer });
    v1.addToCollection("losses", regularizer(weights));
    const biases = v1.getVariable("biases", {
      shape: [outputs],
      initializer: v1.constantInitializer(0.1),
    });
    return activation(v1.add(v1.matMul(input, weights), biases));
  });
}
