/** The largest and the smallest of more numbers than a call takes as arguments. */
import { expect, test } from "vitest";
import { largest, smallest } from "../../values/extremes.ts";

test("of very many numbers, of none, and of what is no number", () => {
  const many = Float64Array.from({ length: 1_000_000 }, (_, i) => i - 10);
  expect([smallest(many), largest(many)]).toEqual([-10, 999_989]);
  expect([smallest([]), largest([]), largest([], 0), largest([-5], 0)]).toEqual([Infinity, -Infinity, 0, 0]);
  expect([smallest([1, Number.NaN]), largest([Number.NaN, 1])]).toEqual([Number.NaN, Number.NaN]);
});
