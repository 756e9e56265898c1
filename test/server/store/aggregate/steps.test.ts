/** Aggregates at matched steps: over the runs that have a step, as they are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AggregateRow, aggregate } from "../../../../server/store/aggregate/index.ts";
import { expectRows, model, type Point, point, seriesOf, value, whole } from "./model.ts";

/** Runs whose steps are nearly the same, or have nothing in common, and some of which restart. */
const run = fc
  .record({
    first: fc.integer({ min: -5, max: 20 }),
    gaps: fc.oneof(
      fc.constant([1]),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
    ),
    values: fc.array(value, { maxLength: 1200, size: "max" }),
    restart: fc.option(fc.integer({ min: 1, max: 60 })),
  })
  .map(({ first, gaps, values, restart }) => {
    let step = first;
    return values.map((v, i) => {
      if (i > 0) step += gaps[i % gaps.length]!;
      if (restart !== null && i === 100) step -= restart;
      return point(step, v);
    });
  });

/** What is left of points after restarts: as the series has it. */
function kept(points: readonly Point[]): Point[] {
  const left: Point[] = [];
  for (const one of points) {
    while (left.length > 0 && left.at(-1)!.step >= one.step) left.pop();
    left.push(one);
  }
  return left;
}

describe("at matched steps", () => {
  test("every row is what the runs have at that step", async () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 14 }), shares, async (runs, quantiles) => {
        const byStep = new Map<number, number[]>();
        for (const points of runs)
          for (const one of kept(points)) {
            const values = byStep.get(Number(one.step)) ?? [];
            byStep.set(Number(one.step), [...values, Math.fround(one.value)]);
          }
        const expected = [...byStep]
          .sort(([a], [b]) => a - b)
          .map(([x, values]) => model(x, values, quantiles));
        const { rows, total } = await aggregate(runs.map(seriesOf), { ...whole, quantiles });
        expectRows(rows, expected);
        expect(total).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  test("steps beyond 2^53 are told apart", async () => {
    const base = 2n ** 53n;
    const runs = [
      seriesOf([point(0, 1), point(base, 2), point(base + 1n, 3)]),
      seriesOf([point(base + 1n, 5), point(base + 2n, 7), point(2n ** 62n, 8)]),
      seriesOf([point(0, 3), point(5, 4)]),
    ];
    const { rows } = await aggregate(runs, whole);
    expect(rows.map(({ x, count, mean }) => [x, count, mean])).toEqual([
      [0, 2, 2],
      [5, 1, 4],
      [base, 1, 2],
      [base + 1n, 2, 4],
      [base + 2n, 1, 7],
      [2n ** 62n, 1, 8],
    ]);
  });

  test("a range is inclusive, and no row comes from beyond it", async () => {
    const runs = [
      seriesOf([1, 2, 3, 4, 5].map((s) => point(s, s))),
      seriesOf([2, 4, 6].map((s) => point(s, -s))),
    ];
    const { rows } = await aggregate(runs, { ...whole, from: 2, to: 4 });
    expect(rows.map(({ x, count, min, max }) => [x, count, min, max])).toEqual([
      [2, 2, -2, 2],
      [3, 1, 3, 3],
      [4, 2, -4, 4],
    ]);
  });

  test("NaN counts on its own, infinities count", async () => {
    const runs = [Number.NaN, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY].map((v) =>
      seriesOf([point(0, v), point(1, Number.NaN)]),
    );
    const { rows } = await aggregate(runs, { ...whole, quantiles: [0, 0.5, 1] });
    expect(rows).toMatchObject([
      {
        count: 3,
        nans: 1,
        mean: Number.NaN,
        min: Number.NEGATIVE_INFINITY,
        max: Number.POSITIVE_INFINITY,
        quantiles: [Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY],
      },
      {
        count: 0,
        nans: 4,
        mean: Number.NaN,
        std: Number.NaN,
        quantiles: [Number.NaN, Number.NaN, Number.NaN],
      },
    ]);
  });

  test("one run has no deviation, two have the sample's", async () => {
    const one = seriesOf([point(0, 1), point(1, 1)]);
    const { rows } = await aggregate([one, seriesOf([point(1, 3)])], whole);
    expect(rows.map(({ std }) => std)).toEqual([Number.NaN, Math.SQRT2]);
  });

  test("within a budget, the extremes and the ends stay, and rows are as they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 60 }),
        async (runs, pixels) => {
          const series = runs.map(seriesOf);
          const { rows: all } = await aggregate(series, { ...whole, quantiles: [0.25] });
          const { rows, total } = await aggregate(series, { ...whole, quantiles: [0.25], pixels });
          expect(total).toBe(all.length);
          if (all.length <= 2 * pixels) {
            expect(rows).toEqual(all);
            return;
          }
          expect(rows.length).toBeLessThanOrEqual(Math.max(2 * pixels, 5 * (pixels + 1) + 2));
          const byStep = new Map(all.map((row) => [row.x, row]));
          for (const row of rows) expect(row).toEqual(byStep.get(row.x));
          expect(rows.map(({ x }) => x)).toEqual(
            [...new Set(rows.map(({ x }) => Number(x)))].sort((a, b) => a - b),
          );
          expect([rows[0], rows.at(-1)]).toEqual([all[0], all.at(-1)]);
          const least = (of: (row: AggregateRow) => number, some: readonly AggregateRow[]) =>
            Math.min(...some.map(of).filter((one) => !Number.isNaN(one)));
          for (const of of [
            (r: AggregateRow) => r.min,
            (r: AggregateRow) => -r.max,
            (r: AggregateRow) => r.mean,
          ])
            expect(least(of, rows)).toBe(least(of, all));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("is of the points that were there at the call", async () => {
    const runs = Array.from({ length: 40 }, () =>
      seriesOf(Array.from({ length: 6000 }, (_, i) => point(i, Math.sin(i)))),
    );
    const asked = aggregate(runs, { ...whole, quantiles: [0.5] });
    for (const series of runs)
      series.append(
        { steps: Float64Array.of(10), walls: Float64Array.of(0), values: Float32Array.of(7) },
        0,
        1,
      );
    const { rows } = await asked;
    expect(rows).toHaveLength(6000);
    expect(rows.every(({ count }) => count === 40)).toBe(true);
  });
});
