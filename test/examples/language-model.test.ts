/** The language model: batches go on where they ended, it beats the words' frequencies, and logs what it learns. */
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { batches, type Corpus, loadCorpus, unigramPerplexity } from "../../examples/language-model/corpus.ts";
import { LanguageModel } from "../../examples/language-model/model.ts";
import { sample } from "../../examples/language-model/sample.ts";
import { train } from "../../examples/language-model/train.ts";
import { evaluate, Training } from "../../examples/language-model/training.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";

let corpus: Corpus;

beforeAll(async () => {
  await pickBackend("wasm");
  corpus = await loadCorpus("carroll-alice");
});

describe("the text", () => {
  test("is cut into rows that go on from batch to batch, each word followed by its target", () => {
    const text = Int32Array.from({ length: 14 }, (_, i) => i);
    expect(Array.from(batches(text, 2, 3), ({ inputs, targets }) => [[...inputs], [...targets]])).toEqual([
      [
        [0, 1, 2, 6, 7, 8],
        [1, 2, 3, 7, 8, 9],
      ],
      [
        [3, 4, 5, 9, 10, 11],
        [4, 5, 6, 10, 11, 12],
      ],
    ]);
  });

  test("has words that are known and a word for all others", () => {
    const share = corpus.validation.filter((word) => word === 0).length / corpus.validation.length;
    expect(corpus.words.slice(0, 4)).toEqual(["<unk>", ",", "the", "."]);
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.2);
  });

  test("by its words' frequencies: a text of two words that are as frequent has a perplexity of 2", () => {
    const even = Int32Array.of(0, 1, 0, 1);
    expect(unigramPerplexity({ words: ["a", "b"], train: even, validation: even })).toBeCloseTo(2, 12);
  });
});

describe("the model", () => {
  test("knows nothing at first: each word is as likely, and the perplexity is their number", () => {
    const model = new LanguageModel(50, 8, 1);
    const text = Int32Array.from({ length: 200 }, (_, i) => i % 50);
    expect(Math.exp(evaluate(model, text, 4, 5))).toBeCloseTo(50, 0);
    model.dispose();
  });

  test("learns a text by heart that repeats itself, and leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    const model = new LanguageModel(6, 16, 1);
    const training = new Training(model, 4);
    const text = Int32Array.from({ length: 161 }, (_, i) => [0, 1, 2, 0, 3, 4, 0, 5][i % 8]!);
    const losses: number[] = [];
    for (let pass = 0; pass < 40; pass++) {
      for (const batch of batches(text, 4, 8)) losses.push(training.step(batch, 0.03).loss);
      training.restart();
    }
    expect(losses[0]).toBeCloseTo(Math.log(6), 1);
    // What follows a 0 only the state can tell.
    expect(evaluate(model, text, 1, 8)).toBeLessThan(0.2);
    training.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("makes up a text of the length asked for, the same with the same seed", () => {
    const model = new LanguageModel(corpus.words.length, 4, 1);
    const texts = [1, 1, 2].map((seed) => sample(model, corpus.words, 12, seed));
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
    expect(texts[0]).not.toContain("<unk>");
    expect(texts[0]?.match(/[a-z]+(?:'[a-z]+)*|--|[.,;:!?]/g)).toHaveLength(12);
    model.dispose();
  });
});

test("a short run beats the words' frequencies, and its files say how", { timeout: 60_000 }, async () => {
  const logdir = temporaryDirectory();
  const text = corpus.train.subarray(0, 16_001);
  const short = { ...corpus, train: text, validation: corpus.validation.subarray(0, 1000) };
  const tensors = tf.memory().numTensors;
  const { lstm, unigram } = await train(short, {
    ...{ logdir, passes: 1, rows: 10, length: 8, units: 48, seed: 1 },
    signal: new AbortController().signal,
  });
  expect(unigram).toBe(unigramPerplexity(short));
  expect(lstm).toBeLessThan(unigram * 0.85);
  expect(tf.memory().numTensors).toBe(tensors);

  const events = readEvents(path.join(logdir, "lstm")).slice(1);
  const scalars = scalarsOf(events);
  const points = (tag: string) => scalars.filter((scalar) => scalar.tag === tag);
  const steps = 200;
  for (const tag of ["loss/train", "perplexity/train", "gradients/norm", "schedule/learning_rate"])
    expect(points(tag).map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, step) => step));
  for (const [i, { value }] of points("perplexity/train").entries())
    expect(value / Math.exp(points("loss/train")[i]!.value)).toBeCloseTo(1, 5);
  expect(points("perplexity/validation").map(({ step }) => step)).toEqual([
    0,
    25,
    50,
    75,
    100,
    125,
    150,
    175,
    steps,
  ]);
  expect(points("perplexity/validation").at(-1)?.value).toBeCloseTo(lstm, 3);
  const tags = new Set(events.map((event) => event.summary?.value?.[0]?.tag));
  for (const tag of ["sample", "embedding", "lstm/kernel", "softmax/weights"]) expect(tags).toContain(tag);

  const baseline = scalarsOf(readEvents(path.join(logdir, "unigram")));
  expect(baseline.map(({ step }) => step)).toEqual([0, steps]);
  for (const { value } of baseline) expect(value).toBeCloseTo(unigram, 3);
});
