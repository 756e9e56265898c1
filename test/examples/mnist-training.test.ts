import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { type Configuration, configure } from "../../examples/mnist/configuration.ts";
import { batches, type Dataset, loadDataset, take } from "../../examples/mnist/data.ts";
import { decayedLearningRate } from "../../examples/mnist/learning-rate.ts";
import { createLayers, inference, type Layer, l2Loss, variablesOf } from "../../examples/mnist/model.ts";
import { averageDecay, MovingAverages } from "../../examples/mnist/moving-averages.ts";
import { type StepFigures, Training } from "../../examples/mnist/training.ts";

let dataset: Dataset;

beforeAll(async () => {
  await pickBackend("wasm");
  dataset = await loadDataset(1);
});

describe("the digits", () => {
  test("are split, balanced, and all different", () => {
    expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([8000, 1000, 1000]);
    for (const { labels } of [dataset.validation, dataset.test]) {
      for (let digit = 0; digit < 10; digit++) {
        expect(labels.filter((label) => label === digit)).toHaveLength(100);
      }
    }
    const images = [dataset.train, dataset.validation, dataset.test].flatMap(({ images, count }) =>
      Array.from({ length: count }, (_, i) => images.subarray(i * 784, (i + 1) * 784).join()),
    );
    expect(new Set(images).size).toBe(10_000);
  });

  test("have ink from 0 to 1", () => {
    const { images } = dataset.train;
    expect(images.reduce((a, b) => Math.min(a, b), 0)).toBe(0);
    expect(images.reduce((a, b) => Math.max(a, b), 0)).toBe(1);
  });

  test("come in batches that a seed repeats, each digit once a pass", () => {
    const few = take(dataset.train, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const labels = (seed: number): number[][] => {
      const batch = batches(few, 4, seed);
      return [0, 1, 2].map(() => [...batch.next().value.labels]);
    };
    expect(labels(1)).toEqual(labels(1));
    expect(labels(1)).not.toEqual(labels(2));
    const [pass] = [batches(few, 10, 3).next().value];
    expect([...pass.labels].sort()).toEqual([...few.labels].sort());
    expect(() => batches(few, 11, 1).next()).toThrow("a batch of 11 cannot be taken from 10 digits");
  });
});

test("the learning rate goes down in stairs of 100 steps", () => {
  expect(decayedLearningRate(0)).toBe(0.1);
  expect(decayedLearningRate(99)).toBe(0.1);
  expect(decayedLearningRate(100)).toBeCloseTo(0.096, 12);
  expect(decayedLearningRate(250)).toBeCloseTo(0.09216, 12);
  expect(decayedLearningRate(1000)).toBeCloseTo(0.0664832636, 9);
});

describe("moving averages", () => {
  test("follow fast at first, then with 0.99", () => {
    expect(averageDecay(0)).toBeCloseTo(0.1, 12);
    expect(averageDecay(1)).toBeCloseTo(2 / 11, 12);
    expect(averageDecay(890)).toBeCloseTo(0.99, 12);
    expect(averageDecay(5000)).toBe(0.99);
  });

  test("of a variable that jumps from 0 to 5 to 10, by hand", () => {
    const layer: Layer = { weights: tf.variable(tf.zeros([1, 1])), biases: tf.variable(tf.zeros([1])) };
    const averages = new MovingAverages([layer]);
    const average = (): number => averages.layers[0]!.biases.dataSync()[0]!;
    expect(average()).toBe(0);
    tf.tidy(() => layer.biases.assign(tf.tensor1d([5])));
    averages.update(1); // decay 2/11: 0 · 2/11 + 5 · 9/11
    expect(average()).toBeCloseTo(45 / 11, 5);
    tf.tidy(() => layer.biases.assign(tf.tensor1d([10])));
    averages.update(10_000); // decay 0.99
    expect(average()).toBeCloseTo((45 / 11) * 0.99 + 10 * 0.01, 5);
    averages.dispose();
    tf.dispose(variablesOf([layer]));
  });
});

test("L2 is rate · Σ w² / 2 over the weights, not the biases", () => {
  const layer: Layer = {
    weights: tf.variable(tf.tensor2d([[3, 4]])),
    biases: tf.variable(tf.tensor1d([100, 100])),
  };
  expect(tf.tidy(() => l2Loss([layer, layer], 0.1).dataSync()[0])).toBeCloseTo(0.1 * 25, 6);
  tf.dispose(variablesOf([layer]));
});

/** Trains for some steps and hands over what came of it. */
function trainFor<T>(
  steps: number,
  changes: Partial<Configuration>,
  look: (training: Training, figures: StepFigures[]) => T,
): T {
  const allFive = configure(() => true);
  const training = new Training({ ...allFive, ...changes }, 1);
  const batch = batches(dataset.train, 100, 1);
  const figures = Array.from({ length: steps }, () => training.train(batch.next().value));
  const result = look(training, figures);
  training.dispose();
  return result;
}

describe("training", () => {
  test("30 steps halve the loss and read most digits", () => {
    trainFor(30, {}, (training, figures) => {
      expect(figures[29]!.loss).toBeLessThan(figures[0]!.loss / 2);
      expect(training.evaluate(dataset.validation)).toBeGreaterThan(0.6);
    });
  });

  test("leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    trainFor(2, {}, (training) => {
      const running = tf.memory().numTensors;
      const batch = batches(dataset.train, 100, 2).next().value;
      training.train(batch, ([layer1]) => expect(layer1?.weights.shape).toEqual([784, 500]));
      training.evaluate(dataset.test);
      expect(tf.memory().numTensors).toBe(running);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("repeats itself with the same seed", () => {
    const losses = (): number[] => trainFor(3, {}, (_, figures) => figures.map(({ loss }) => loss));
    expect(losses()).toEqual(losses());
  });
});

describe("each optimisation changes what it should", () => {
  test("relu: without it the network is linear", () => {
    const bend = (relu: boolean): number =>
      tf.tidy(() => {
        const layers = createLayers(true, 1);
        const at = (ink: number): tf.Tensor => inference(tf.fill([1, 784], ink), layers, relu);
        // A linear function's value halfway is the mean of its values at both ends.
        const halfway = tf.div(tf.add(at(0), at(1)), 2);
        const result = tf.max(tf.abs(tf.sub(halfway, at(0.5)))).dataSync()[0]!;
        tf.dispose(variablesOf(layers));
        return result;
      });
    expect(bend(false)).toBeLessThan(1e-4);
    expect(bend(true)).toBeGreaterThan(0.1);
  });

  test("hidden layer: without it the pixels go straight to the outputs", () => {
    const shapes = (hiddenLayer: boolean): number[][] =>
      trainFor(0, { hiddenLayer }, ({ layers }) => variablesOf(layers).map(({ shape }) => shape));
    expect(shapes(true)).toEqual([[784, 500], [500], [500, 10], [10]]);
    expect(shapes(false)).toEqual([[784, 10], [10]]);
  });

  test("decay: without it the learning rate stays", () => {
    const last = (decay: boolean): number | undefined =>
      trainFor(101, { decay, hiddenLayer: false }, (_, figures) => figures.at(-1)?.learningRate);
    expect(last(true)).toBeCloseTo(0.096, 12);
    expect(last(false)).toBe(0.1);
  });

  test("l2: its share of the loss is there, and pulls the weights in", () => {
    const run = (l2: boolean): { figures: StepFigures; norm: number } =>
      trainFor(5, { l2 }, ({ layers }, figures) => ({
        figures: figures[4]!,
        norm: tf.tidy(() => l2Loss(layers, 1).dataSync()[0]!),
      }));
    const on = run(true);
    const off = run(false);
    expect(on.figures.loss).toBeCloseTo(on.figures.crossEntropy + on.figures.l2!, 5);
    expect(off.figures).not.toHaveProperty("l2");
    expect(off.figures.loss).toBe(off.figures.crossEntropy);
    expect(on.norm).toBeLessThan(off.norm);
  });

  test("moving averages: they change what is measured, not what is learned", () => {
    const run = (movingAverages: boolean): { accuracy: number; loss: number } =>
      trainFor(20, { movingAverages }, (training, figures) => ({
        accuracy: training.evaluate(dataset.validation),
        loss: figures.at(-1)!.loss,
      }));
    const on = run(true);
    const off = run(false);
    expect(on.loss).toBe(off.loss);
    expect(on.accuracy).not.toBe(off.accuracy);
  });
});
