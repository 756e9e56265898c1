/** Aggregates by hand: the plainest model of them, and what tests of them share. */
import fc from "fast-check";
import { expect } from "vitest";
import type { AggregateOptions, AggregateRow } from "../../../../server/store/aggregate/index.ts";
import { Arena } from "../../../../server/store/arena.ts";
import { ScalarSeries } from "../../../../server/store/scalar-series.ts";

export interface Point {
  readonly step: number | bigint;
  readonly wall: number;
  readonly value: number;
}

export const point = (step: number | bigint, value: number, wall = 1.7e9 + Number(step)): Point => ({
  step,
  wall,
  value,
});

export function seriesOf(points: readonly Point[]): ScalarSeries {
  const series = new ScalarSeries(new Arena());
  const wide = points.some(({ step }) => typeof step === "bigint");
  series.append(
    {
      steps: wide
        ? BigInt64Array.from(points, (p) => BigInt(p.step))
        : Float64Array.from(points, (p) => Number(p.step)),
      walls: Float64Array.from(points, (p) => p.wall),
      values: Float32Array.from(points, (p) => p.value),
    },
    0,
    points.length,
  );
  return series;
}

export const whole: AggregateOptions = {
  axis: "step",
  match: "steps",
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  pixels: 0,
  scale: "linear",
  quantiles: [],
};

/** By hand, from sorted values. */
export function model(
  x: number | bigint,
  values: readonly number[],
  shares: readonly number[],
): AggregateRow {
  const numbers = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const count = numbers.length;
  const sum = numbers.reduce((a, b) => a + b, 0);
  const mean = count > 0 ? sum / count : Number.NaN;
  const squares = numbers.reduce((total, value) => total + (value - mean) ** 2, 0);
  return {
    x,
    count,
    nans: values.length - count,
    mean,
    std: count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN,
    min: numbers[0] ?? Number.NaN,
    max: numbers.at(-1) ?? Number.NaN,
    quantiles: shares.map((share) => {
      const place = share * (count - 1);
      const [below = Number.NaN, above = Number.NaN] = [
        numbers[Math.floor(place)],
        numbers[Math.ceil(place)],
      ];
      return below + (above - below) * (place - Math.floor(place));
    }),
  };
}

/** Fails where rows are not those expected, but for the last digits of what was added up in another order. */
export function expectRows(rows: readonly AggregateRow[], expected: readonly AggregateRow[]): void {
  expect(rows.map(({ x }) => x)).toEqual(expected.map(({ x }) => x));
  const isClose = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b));
  const different = rows.filter((row, i) => {
    const other = expected[i]!;
    const exact = [row.count === other.count, row.nans === other.nans];
    const ends = [Object.is(row.min, other.min), Object.is(row.max, other.max)];
    const close = [isClose(row.mean, other.mean), isClose(row.std, other.std)];
    const quantiles = row.quantiles.map((quantile, q) => isClose(quantile, other.quantiles[q]!));
    return [...exact, ...ends, ...close, ...quantiles].includes(false);
  });
  const wanted = expected.filter(({ x }) => different.some((row) => row.x === x));
  expect(different).toEqual(wanted);
}

/** Numbers, and now and then NaN. Of zeros only one: which of the two is smaller, nobody need care. */
export const value = fc.oneof(
  { weight: 9, arbitrary: fc.float({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number + 0) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
