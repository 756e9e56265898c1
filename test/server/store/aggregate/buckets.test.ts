/** Aggregates in buckets of an axis: means of points, and lines where a run leaps over a bucket. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AggregateRow, aggregate } from "../../../../server/store/aggregate/index.ts";
import { expectRows, model, type Point, point, seriesOf, value, whole } from "./model.ts";

describe("in buckets", () => {
  const buckets = { ...whole, match: "buckets", axis: "relative", pixels: 4 } as const;
  const at = (...points: readonly (readonly [wall: number, value: number])[]) =>
    seriesOf(points.map(([wall, v], i) => point(i, v, wall)));

  test("a run counts with the mean of its points, extremes are those of points", async () => {
    const runs = [
      at([100, 1], [100.5, 3], [104, 5], [107, 7], [108, 9]),
      at([500, 10], [502, 20], [504, 30], [506, 40], [507, 60]),
    ];
    const { rows, total } = await aggregate(runs, { ...buckets, quantiles: [0.5] });
    // Buckets of two seconds from 0 to 8 after each run's first point.
    expect(rows).toMatchObject([
      { x: 1, count: 2, mean: 6, min: 1, max: 10, quantiles: [6] },
      // The first run has nothing from 2 to 4: its line from 3 at 0.5 s to 5 at 4 s passes 3 s.
      { x: 3, count: 2, min: 3 + (2 * 2.5) / 3.5, max: 20 },
      { x: 5, count: 2, mean: 17.5, min: 5, max: 30 },
      { x: 7, count: 2, mean: 29, min: 7, max: 60 },
    ]);
    expect(total).toBe(4);
  });

  test("a run says nothing before its first and after its last point", async () => {
    const runs = [at([0, 1], [8, 1]), at([3, 5], [4.5, 5])];
    const { rows } = await aggregate(runs, { ...buckets, axis: "wall_time" });
    expect(rows.map(({ count }) => count)).toEqual([1, 2, 2, 1]);
  });

  test("NaN alone in a bucket is told, and is no line's end", async () => {
    const runs = [at([0, 1], [1, Number.NaN], [3, Number.NaN], [7, 2], [8, Number.NaN])];
    const { rows } = await aggregate(runs, { ...buckets, axis: "wall_time" });
    expect(rows.map(({ x, count, nans, mean }) => [x, count, nans, mean])).toEqual([
      [1, 1, 0, 1],
      [3, 0, 1, Number.NaN],
      [7, 1, 0, 2],
    ]);
  });

  test("on a log axis, buckets are even in the logarithm, from the first positive place on", async () => {
    const runs = [seriesOf([0, 1, 10, 100, 1000, 10_000].map((s) => point(s, s)))];
    const { rows } = await aggregate(runs, { ...buckets, axis: "step", scale: "log" });
    expect(rows.map(({ x }) => Math.log10(Number(x)))).toEqual(
      [0.5, 1.5, 2.5, 3.5].map((v) => expect.closeTo(v)),
    );
    expect(rows.map(({ min, max }) => [min, max])).toEqual([
      [1, 1],
      [10, 10],
      [100, 100],
      [1000, 10_000],
    ]);
  });

  test("is the same as a plain model, whatever the clocks did", async () => {
    const wall = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
      // So near to each other that no bucket has a width.
      { weight: 1, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, 2e-323) },
    );
    const clock = fc.array(fc.record({ wall, value }), { minLength: 1, maxLength: 300, size: "max" });
    const range = fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 50, max: 100 })));
    await fc.assert(
      fc.asyncProperty(
        fc.array(clock, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        range,
        fc.integer({ min: 1, max: 30 }),
        async (clocks, sorted, asked, pixels) => {
          const runs = clocks.map((points) => {
            const walls = points.map(({ wall }) => wall);
            if (sorted) walls.sort((a, b) => a - b);
            return points.map(({ value: v }, i) => point(i, Math.fround(v), walls[i]!));
          });
          const [from, to] = asked ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
          const { rows } = await aggregate(runs.map(seriesOf), {
            ...buckets,
            axis: "wall_time",
            pixels,
            from,
            to,
          });
          expectRows(rows, bucketModel(runs, from, to, pixels));
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Bucket by bucket and run by run. */
function bucketModel(
  runs: readonly (readonly Point[])[],
  from: number,
  to: number,
  pixels: number,
): AggregateRow[] {
  const isInside = ({ wall }: Point) => wall >= from && wall <= to;
  const inside = runs.flat().filter(isInside);
  if (inside.length === 0) return [];
  const low = Math.min(...inside.map(({ wall }) => wall));
  const high = Math.max(...inside.map(({ wall }) => wall));
  const buckets = low === high ? 1 : pixels;
  const perUnit = buckets / (high - low);
  const bucketOf = (wall: number) => (Number.isFinite(perUnit) ? Math.floor((wall - low) * perUnit) : 0);
  return Array.from({ length: buckets }, (_, bucket) => {
    const x = low + (high - low) * ((bucket + 0.5) / buckets);
    const points: number[] = [];
    const values = runs.flatMap((run) => {
      const own = run.filter((one) => isInside(one) && Math.min(buckets - 1, bucketOf(one.wall)) === bucket);
      const numbers = own.map(({ value: v }) => v).filter((v) => !Number.isNaN(v));
      if (own.length > 0) {
        points.push(...numbers);
        return [numbers.reduce((a, b) => a + b, 0) / numbers.length];
      }
      const line = passing(run, from, to, bucket, (wall) => (wall > high ? buckets : bucketOf(wall)), x);
      if (line !== undefined) points.push(line);
      return line === undefined ? [] : [line];
    });
    const row = model(x, values, []);
    return row.count === 0 ? row : { ...row, min: Math.min(...points), max: Math.max(...points) };
  }).filter(({ count, nans }) => count + nans > 0);
}

/** Where the last line between two points that leaps over the bucket passes its middle. */
function passing(
  run: readonly Point[],
  from: number,
  to: number,
  bucket: number,
  bucketOf: (wall: number) => number,
  x: number,
): number | undefined {
  const first = run.findIndex(({ wall }) => wall >= from && wall <= to);
  const last = run.findLastIndex(({ wall }) => wall >= from && wall <= to);
  const near = first < 0 ? [] : run.slice(Math.max(0, first - 1), last + 2);
  let found: number | undefined;
  for (const [i, after] of near.entries()) {
    const before = near[i - 1];
    if (!before || bucketOf(before.wall) >= bucket || bucketOf(after.wall) <= bucket) continue;
    const slope = (after.value - before.value) / (after.wall - before.wall);
    if (Number.isFinite(slope)) found = before.value + slope * (x - before.wall);
  }
  return found;
}
