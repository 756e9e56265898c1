/** Reduction to a pixel budget: what must stay, stays. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "../../../server/store/arena.ts";
import { type ReduceOptions, reduceSeries } from "../../../server/store/reduce.ts";
import { ScalarSeries } from "../../../server/store/scalar-series.ts";
import { smoothAt } from "../../../server/store/smooth.ts";

function seriesOf(values: readonly number[], stepOf = (i: number) => i): ScalarSeries {
  const series = new ScalarSeries(new Arena());
  series.append(
    {
      steps: Float64Array.from(values, (_, i) => stepOf(i)),
      walls: Float64Array.from(values, (_, i) => 1.7e9 + i * 2),
      values: Float32Array.from(values),
    },
    0,
    values.length,
  );
  return series;
}

const whole: ReduceOptions = {
  axis: "step",
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  pixels: 100,
  scale: "linear",
};

describe("reduceSeries", () => {
  test("a spike never vanishes, and the ends stay", () => {
    const values = fc.array(fc.float({ noNaN: true }), { minLength: 300, maxLength: 4000, size: "max" });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 120 }), (numbers, pixels) => {
        const series = seriesOf(numbers);
        const { rows, inRange } = reduceSeries(series, { ...whole, pixels });
        const kept = rows.map((row) => Math.fround(numbers[row]!));
        const all = numbers.map(Math.fround);
        expect(Math.min(...kept)).toBe(Math.min(...all));
        expect(Math.max(...kept)).toBe(Math.max(...all));
        expect(rows[0]).toBe(0);
        expect(rows.at(-1)).toBe(numbers.length - 1);
        expect(rows).toEqual([...rows].sort((a, b) => a - b));
        expect(inRange).toBe(numbers.length);
        expect(rows.length).toBeLessThanOrEqual(Math.max(2 * pixels, 3 * (pixels + 1) + 2));
      }),
      { numRuns: 40 },
    );
  });

  test("gives every point where the budget holds them", () => {
    expect(reduceSeries(seriesOf([3, 1, 2]), whole).rows).toEqual([0, 1, 2]);
    expect(reduceSeries(seriesOf(Array(5000).fill(0)), { ...whole, pixels: 0 }).rows).toHaveLength(5000);
  });

  test("keeps a NaN of each bucket, so that gaps show", () => {
    const values = Array.from({ length: 2000 }, (_, i) => (i === 777 ? Number.NaN : 1));
    expect(reduceSeries(seriesOf(values), { ...whole, pixels: 10 }).rows).toContain(777);
  });

  test("a range takes one point more on either side", () => {
    const series = seriesOf(Array(1000).fill(0), (i) => i * 10);
    const { rows, inRange } = reduceSeries(series, { ...whole, from: 95, to: 130 });
    expect(rows.map((row) => row * 10)).toEqual([90, 100, 110, 120, 130, 140]);
    expect(inRange).toBe(4);
  });

  test("ranges on the time axes", () => {
    const series = seriesOf(Array(1000).fill(0));
    const wall = { ...whole, axis: "wall_time", from: 1.7e9 + 100, to: 1.7e9 + 104 } as const;
    const relative = { ...whole, axis: "relative", from: 100, to: 104 } as const;
    expect(reduceSeries(series, wall).rows).toEqual([49, 50, 51, 52, 53]);
    expect(reduceSeries(series, relative).rows).toEqual([49, 50, 51, 52, 53]);
  });

  test("a log axis gives the early steps their share", () => {
    const series = seriesOf(Array.from({ length: 100_000 }, (_, i) => Math.sin(i)));
    const early = (scale: "linear" | "log") =>
      reduceSeries(series, { ...whole, scale }).rows.filter((row) => row < 1000).length;
    expect(early("log")).toBeGreaterThan(10 * early("linear"));
  });

  test("an empty range gives at most the points around it", () => {
    const series = seriesOf([1, 2, 3], (i) => i * 100);
    expect(reduceSeries(series, { ...whole, from: 110, to: 120 })).toEqual({ rows: [1, 2], inRange: 0 });
  });
});

function smooth(series: ScalarSeries, weight: number): number[] {
  return [
    ...smoothAt(
      series,
      Array.from({ length: series.length }, (_, row) => row),
      weight,
    ),
  ];
}

describe("smooth", () => {
  test("is TensorBoard's debiased average", () => {
    // By hand: 0.5 · (1 − 0.5) / (1 − 0.5), then (0.5·0.5·1 + 0.5·3) / (1 − 0.25), …
    const smoothed = smooth(seriesOf([1, 3, 5]), 0.5);
    expect(smoothed[0]).toBeCloseTo(1, 6);
    expect(smoothed[1]).toBeCloseTo((0.25 * 1 + 0.5 * 3) / 0.75, 6);
    expect(smoothed[2]).toBeCloseTo((0.125 * 1 + 0.25 * 3 + 0.5 * 5) / 0.875, 6);
  });

  test("leaves constants exact and passes over what is not finite", () => {
    expect(smooth(seriesOf([0.1, 0.1, 0.1]), 0.9)).toEqual(Array(3).fill(Math.fround(0.1)));
    const smoothed = smooth(seriesOf([1, Number.NaN, 3]), 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo((0.25 * 1 + 0.5 * 3) / 0.75, 6);
  });
});
