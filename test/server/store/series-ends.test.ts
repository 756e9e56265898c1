/** Newest and best points of a series, and what restarts overtook of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "../../../server/store/arena.ts";
import { branchesOf } from "../../../server/store/branches.ts";
import { ScalarSeries } from "../../../server/store/scalar-series.ts";
import { endsOf, pointAt } from "../../../server/store/series-ends.ts";

type Pair = readonly [step: number, value: number];

function seriesOf(points: readonly Pair[]): ScalarSeries {
  const series = new ScalarSeries(new Arena());
  const steps = Float64Array.from(points, ([step]) => step);
  const walls = Float64Array.from(points, (_, i) => 1.7e9 + i);
  series.append({ steps, walls, values: Float32Array.from(points, ([, value]) => value) }, 0, points.length);
  return series;
}

function contents(series: ScalarSeries): Pair[] {
  return Array.from({ length: series.length }, (_, row) => {
    const { step, value } = pointAt(series, row);
    return [Number(step), value];
  });
}

describe("endsOf", () => {
  test("gives the first and last point, and the first of smallest and of largest value", () => {
    const ends = endsOf(seriesOf([3, 1, 9, 1, 9, 5].map((value, step) => [step, value])));
    expect(ends).toEqual({
      points: 6,
      first: { step: 0, wall: 1.7e9, value: 3 },
      last: { step: 5, wall: 1.7e9 + 5, value: 5 },
      min: { step: 1, wall: 1.7e9 + 1, value: 1 },
      max: { step: 2, wall: 1.7e9 + 2, value: 9 },
    });
  });

  test("passes over NaN, but not over infinities", () => {
    const [nan, high, low] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(endsOf(seriesOf([[0, nan]]))).toMatchObject({ last: { value: nan }, min: null, max: null });
    const ends = endsOf(seriesOf([nan, high, 2, low, nan].map((value, step) => [step, value])));
    expect(ends).toMatchObject({ min: { step: 3, value: low }, max: { step: 1, value: high } });
    expect(endsOf(seriesOf([[0, high]]))).toMatchObject({ min: { value: high }, max: { value: high } });
  });

  test("is undefined of a series without points", () => {
    expect(endsOf(new ScalarSeries(new Arena()))).toBeUndefined();
  });

  test("is the same however many blocks there are", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), {
      minLength: 1,
      maxLength: 3000,
      size: "max",
    });
    fc.assert(
      fc.property(values, (numbers) => {
        const ends = endsOf(seriesOf(numbers.map((value, step) => [step, value])));
        expect(ends?.min?.step).toBe(numbers.indexOf(Math.min(...numbers)));
        expect(ends?.max?.step).toBe(numbers.indexOf(Math.max(...numbers)));
        expect(ends?.last.step).toBe(numbers.length - 1);
      }),
    );
    fc.assert(
      fc.property(values, fc.nat(3000), fc.nat(3000), (numbers, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const inside = numbers.slice(from, to + 1);
        const series = seriesOf(numbers.map((value, step) => [step, value]));
        const ends = endsOf(series, { axis: "step", from, to });
        if (inside.length === 0) {
          expect(ends).toBeUndefined();
          return;
        }
        expect(ends).toMatchObject({
          points: inside.length,
          first: { step: from, value: inside[0]! },
          last: { step: from + inside.length - 1, value: inside.at(-1)! },
          min: { step: from + inside.indexOf(Math.min(...inside)) },
          max: { step: from + inside.indexOf(Math.max(...inside)) },
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe("branchesOf", () => {
  test("are what was given up, restart by restart", () => {
    const run = (from: number, to: number, value: number): Pair[] =>
      Array.from({ length: to - from }, (_, i) => [from + i, value]);
    const series = seriesOf([
      ...run(0, 1500, 1),
      ...run(700, 2000, 2),
      ...run(1800, 1900, 3),
      ...run(1899, 1901, 4),
    ]);
    expect(branchesOf(series).map(contents)).toEqual([
      run(700, 1500, 1),
      // Later in the run than what was overtaken before, and yet a branch of its own.
      run(1800, 2000, 2),
      run(1899, 1900, 3),
    ]);
    expect(branchesOf(seriesOf(run(0, 10, 1)))).toEqual([]);
  });

  test("with the series, they are every point that was written", () => {
    const burst = fc
      .record({ from: fc.nat(900), length: fc.integer({ min: 1, max: 700 }) })
      .map(({ from, length }) => Array.from({ length }, (_, i) => from + i));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(burst, fc.array(fc.nat(40), { maxLength: 5 })), { maxLength: 7 }),
        (bursts) => {
          const points = bursts.flat().map((step, i): Pair => [step, i]);
          const left: Pair[] = [];
          const branches: Pair[][] = [];
          for (const point of points) {
            const keep = left.findIndex(([step]) => step >= point[0]);
            if (keep >= 0) branches.push(left.splice(keep));
            left.push(point);
          }
          const series = seriesOf(points);
          expect(branchesOf(series).map(contents)).toEqual(branches);
          expect(contents(series)).toEqual(left);
        },
      ),
      { numRuns: 60 },
    );
  });
});
