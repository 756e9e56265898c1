/** What a random forest says of columns, where it is known what made the numbers. */
import { expect, test } from "vitest";
import { type Feature, type ForestOptions, forestImportance, type Importance } from "../../values/forest.ts";
import { generator } from "../tools/random.ts";

function importance(features: readonly Feature[], target: Float64Array, options?: ForestOptions): Importance {
  const work = forestImportance(features, target, options);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
const ROWS = 300;
const draw = generator(5);
const uniform = (): Float64Array => Float64Array.from({ length: ROWS }, () => draw(1e6) / 1e6);
const numbers = (values: Float64Array): Feature => ({ values, categories: 0 });
const [a, b, noise] = [uniform(), uniform(), uniform()];

test("columns count as they made the target, whichever their units", () => {
  const target = a.map((value, i) => 3 * value + b[i]!);
  const { shares, explained } = importance(
    [numbers(noise), numbers(b), numbers(a.map((value) => 1e-6 * value))],
    target,
  );
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  expect(shares[2]).toBeGreaterThan(0.7);
  expect(shares[1]).toBeGreaterThan(0.05);
  expect(shares[0]).toBeLessThan(0.02);
  expect(explained).toBeGreaterThan(0.9);
});

test("a best value in the middle counts, which no correlation shows", () => {
  const target = a.map((value) => -Math.abs(value - 0.5));
  expect(importance([numbers(a), numbers(noise)], target).shares[0]).toBeGreaterThan(0.9);
});

test("columns that matter only together count both", () => {
  const target = a.map((value, i) => (value > 0.5 === b[i]! > 0.5 ? 1 : 0));
  const { shares } = importance([numbers(a), numbers(b), numbers(noise)], target);
  expect(Math.min(shares[0]!, shares[1]!)).toBeGreaterThan(0.25);
  expect(shares[2]).toBeLessThan(0.05);
});

test("categories count, in whatever order they are numbered, and what is missing is one more", () => {
  const kinds = Float64Array.from({ length: ROWS }, (_, i) => (i % 11 === 0 ? Number.NaN : i % 5));
  const target = kinds.map(
    (kind, i) => (kind === 1 || kind === 4 ? 1 : Number.isNaN(kind) ? -2 : 0) + 0.1 * a[i]!,
  );
  const { shares, explained } = importance([{ values: kinds, categories: 5 }, numbers(noise)], target);
  expect(shares[0]).toBeGreaterThan(0.95);
  expect(explained).toBeGreaterThan(0.95);
});

test("where nothing predicts anything, nothing counts", () => {
  const { shares, explained } = importance([numbers(a), numbers(b)], uniform());
  expect(explained).toBeLessThanOrEqual(0.1);
  if (explained <= 0) expect(shares).toEqual([0, 0]);
  expect(importance([numbers(a)], new Float64Array(ROWS).fill(2)).shares).toEqual([0]);
  expect(importance([numbers(a.slice(0, 1))], Float64Array.of(1))).toEqual({ shares: [0], explained: 0 });
});

test("the same seed gives the same shares", () => {
  const target = a.map((value, i) => value * b[i]!);
  const once = importance([numbers(a), numbers(b)], target, { seed: 7 });
  expect(importance([numbers(a), numbers(b)], target, { seed: 7 })).toEqual(once);
  expect(importance([numbers(a), numbers(b)], target, { seed: 8 })).not.toEqual(once);
});
