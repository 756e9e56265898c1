/** Which of the values that were kept an answer shows: `downsample.rs` of TensorBoard's data server. */
import { RandomWords } from "./random-words.ts";
import { drawBelow, drawInRange } from "./uniform.ts";

/** The last of the items and a sample of the others, in order: at most `most` of them. */
export function downsample<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  if (most <= 0) return [];
  const places = sampleIndices(items.length - 1, most - 1).sort((a, b) => a - b);
  return [...places.map((place) => items[place]!), items.at(-1)!];
}

/**
 * `amount` different numbers below `length`, as rand 0.7's `seq::index::sample` gives them: its choice among three
 * ways depends on both, with single-precision arithmetic.
 */
function sampleIndices(length: number, amount: number): number[] {
  const words = new RandomWords();
  const large = length >= 500_000;
  const { fround } = Math;
  if (amount < 163) {
    const perAmount = fround(fround(large ? 10 : 1.6) * amount);
    const bound = fround(fround(fround(large ? 70 / 9 : 8 / 45) + perAmount) * amount);
    return amount > 11 && fround(length) < bound
      ? inPlace(words, length, amount)
      : floyd(words, length, amount);
  }
  const bound = fround(fround(large ? 330 / 9 : 270) * fround(amount));
  return fround(length) < bound ? inPlace(words, length, amount) : rejection(words, length, amount);
}

/** The first steps of a Fisher-Yates shuffle. */
function inPlace(words: RandomWords, length: number, amount: number): number[] {
  const indices = Array.from({ length }, (_, i) => i);
  for (let i = 0; i < amount; i++) {
    const j = i + drawInRange(words, length - i);
    [indices[i], indices[j]] = [indices[j]!, indices[i]!];
  }
  return indices.slice(0, amount);
}

/** Floyd's algorithm; which words come next does not depend on the order that rand gives the result. */
function floyd(words: RandomWords, length: number, amount: number): number[] {
  const chosen = new Set<number>();
  for (let j = length - amount; j < length; j++) {
    const t = drawInRange(words, j + 1);
    chosen.add(chosen.has(t) ? j : t);
  }
  return [...chosen];
}

function rejection(words: RandomWords, length: number, amount: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < amount) chosen.add(drawBelow(words, length));
  return [...chosen];
}
