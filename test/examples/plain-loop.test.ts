/** The example without TensorFlow.js: its gradient is right, it learns, and what it logs is what happened. */
import { expect, test } from "vitest";
import { loadDataset, take } from "../../examples/mnist/data.ts";
import { SoftmaxRegression } from "../../examples/plain-loop/softmax-regression.ts";
import { train } from "../../examples/plain-loop/train.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";

const digits = take((await loadDataset(1)).train, [0, 1, 2, 3]);

/** The loss where it is, without a step. */
function lossOf(model: SoftmaxRegression): number {
  return model.step(digits, 0);
}

test("a step goes down the slope that is measured", () => {
  const model = new SoftmaxRegression();
  model.step(digits, 0.5);
  const before = lossOf(model);
  // The pixels with most ink have the largest slopes.
  const inked = digits.images.subarray(0, 784).indexOf(1);
  const stepped = new SoftmaxRegression();
  stepped.weights.set(model.weights);
  stepped.biases.set(model.biases);
  stepped.step(digits, 1);
  for (const digit of [0, 3, digits.labels[0]!]) {
    const at = digit * 784 + inked;
    const nudged = new SoftmaxRegression();
    nudged.weights.set(model.weights);
    nudged.biases.set(model.biases);
    nudged.weights[at]! += 0.01;
    const slope = (lossOf(nudged) - before) / 0.01;
    expect(model.weights[at]! - stepped.weights[at]!).toBeCloseTo(slope, 2);
  }
});

test("before it has learned anything, all ten digits are as likely", () => {
  expect(lossOf(new SoftmaxRegression())).toBeCloseTo(Math.log(10), 5);
});

test("a short run reads most digits, and its event file holds every step", async () => {
  const logdir = temporaryDirectory();
  const accuracy = await train({ logdir, steps: 51, seed: 1, signal: new AbortController().signal });
  expect(accuracy).toBeGreaterThan(0.75);

  const scalars = scalarsOf(readEvents(logdir));
  const losses = scalars.filter(({ tag }) => tag === "loss");
  expect(losses.map(({ step }) => step)).toEqual(Array.from({ length: 51 }, (_, step) => step));
  expect(losses[0]!.value).toBeCloseTo(Math.log(10), 5);
  expect(losses.at(-1)!.value).toBeLessThan(1.2);
  const accuracies = scalars.filter(({ tag }) => tag === "accuracy/validation");
  expect(accuracies.map(({ step }) => step)).toEqual([0, 25, 50]);
  expect(accuracies.at(-1)!.value).toBeGreaterThan(0.75);
});
