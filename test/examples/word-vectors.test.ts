/** The word vectors: words that stand near the same words come near each other, and are written for the projector. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { vocabularyOf } from "../../examples/common/book.ts";
import { random } from "../../examples/common/random.ts";
import { type Corpus, loadCorpus, surroundings } from "../../examples/word-vectors/corpus.ts";
import { nearest, normalised } from "../../examples/word-vectors/neighbours.ts";
import { SkipGram } from "../../examples/word-vectors/skip-gram.ts";
import { train } from "../../examples/word-vectors/train.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";

/** A made-up text of two kinds of sentences: a to e stand with each other, and so do v to z. */
function twoGroups(): Corpus {
  const draw = random(1);
  const sentence = (letters: string) =>
    Array.from({ length: 12 }, () => letters[Math.floor(draw() * letters.length)]!);
  const words = Array.from({ length: 2000 }, (_, i) => sentence(i % 2 === 0 ? "abcde" : "vwxyz")).flat();
  const vocabulary = vocabularyOf(words, 1);
  return { ...vocabulary, text: Int32Array.from(words, (word) => vocabulary.ids.get(word)!) };
}

test("a pass visits words in random order, with their neighbours, as often as asked of frequent words", () => {
  const corpus = twoGroups();
  const visited = [...surroundings(corpus, random(1))];
  expect(visited.length / corpus.text.length).toBeCloseTo(Math.sqrt(1e-4 / 0.1), 1);
  for (const { neighbours } of visited) expect(neighbours.length).toBeLessThanOrEqual(10);
  expect(visited[0]?.progress).toBe(0);
  expect(visited.at(-1)?.progress).toBeCloseTo(1, 2);
});

test("neighbours end up near each other", () => {
  const corpus = twoGroups();
  const draw = random(2);
  const model = new SkipGram(corpus.counts, 8, draw);
  const { text } = corpus;
  const losses: number[] = [];
  for (let i = 0; i + 1 < text.length; i++) losses.push(model.learn(text[i]!, text[i + 1]!, 0.05));
  const unit = normalised(model.vectors, 8);
  for (const [group, letters] of [
    ["a", "abcde"],
    ["z", "vwxyz"],
  ] as const) {
    const near = nearest(unit, 8, corpus.ids.get(group)!, 4).map((id) => corpus.words[id]);
    expect([...near, group].sort()).toEqual([...letters]);
  }
  const mean = (part: number[]) => part.reduce((a, b) => a + b, 0) / part.length;
  // One neighbour and at most five others, each as likely as not.
  expect(mean(losses.slice(0, 50))).toBeGreaterThan(4.5 * Math.log(2));
  expect(mean(losses.slice(-1000))).toBeLessThan(mean(losses.slice(0, 50)) * 0.9);
});

test("nearest is by angle, not by length", () => {
  const vectors = Float32Array.of(1, 0, 9, 1, 0, 1, -1, 0);
  expect(nearest(normalised(vectors, 2), 2, 0, 3)).toEqual([1, 2, 3]);
});

/** The files of an embedding: vectors as the projector's own numbers, or as text where it would mistake those. */
function embeddingIn(folder: string): { words: string[]; counts: number[]; vectors: Float32Array } {
  const [header, ...rows] = readFileSync(path.join(folder, "metadata.tsv"), "utf8").trimEnd().split("\n");
  expect(header).toBe("word\tcount");
  const cells = rows.map((row) => row.split("\t"));
  const binary = path.join(folder, "tensors.bytes");
  const vectors = existsSync(binary)
    ? new Float32Array(new Uint8Array(readFileSync(binary)).buffer)
    : Float32Array.from(readFileSync(path.join(folder, "tensors.tsv"), "utf8").trim().split(/\s+/), Number);
  return { words: cells.map(([word]) => word!), counts: cells.map(([, count]) => Number(count)), vectors };
}

test("a short run on a book writes vectors and words for the projector, losses and neighbours", async () => {
  const logdir = temporaryDirectory();
  const corpus = await loadCorpus("bible-kjv", 200);
  const short: Corpus = { ...corpus, text: corpus.text.subarray(0, 200_000) };
  const dimensions = 16;
  const neighbours = await train(short, {
    ...{ logdir, passes: 2, dimensions, seed: 1 },
    signal: new AbortController().signal,
  });
  expect(neighbours.map(([word]) => word)).toContain("king");

  for (const step of ["00001", "00002"]) {
    const { words, counts, vectors } = embeddingIn(path.join(logdir, "projector", "words", step));
    expect(words).toEqual(corpus.words);
    expect(counts).toEqual(corpus.counts);
    expect(vectors).toHaveLength(corpus.words.length * dimensions);
    const near = nearest(normalised(vectors, dimensions), dimensions, corpus.ids.get("king")!, 5);
    const written = near.map((id) => words[id]).join(", ");
    const same = neighbours.find(([word]) => word === "king")?.[1] === written;
    expect(same, `step ${step}`).toBe(step === "00002");
  }

  const events = readEvents(logdir).slice(1);
  const losses = scalarsOf(events).filter(({ tag }) => tag === "loss");
  expect(losses.at(-1)!.value).toBeLessThan(losses[0]!.value);
  const tags = new Set(events.map((event) => event.summary?.value?.[0]?.tag));
  expect(tags).toEqual(new Set(["loss", "schedule/learning_rate", "neighbours", "vectors"]));
});
