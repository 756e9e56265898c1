/** Principal components: each engine against the others and against what components are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../../ui/projection/work.ts";
import { digits, ellipsoid, sessionOf } from "./points.ts";

const options = { normalise: "none" } as const;
const correlation = (a: Float32Array, b: Float32Array): number => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
};

describe("principal components", () => {
  it("have no mean, the variance that is said, and nothing in common with each other", () => {
    const { scores, variances, totalVariance, exact } = run(sessionOf(ellipsoid(500, 20), options).pca({}));
    expect(exact).toBe(true);
    expect(scores).toHaveLength(10);
    expect(variances).toHaveLength(20);
    expect(variances.reduce((sum, value) => sum + value)).toBeCloseTo(totalVariance, 6);
    for (const [i, column] of scores.entries()) {
      expect(column.reduce((sum, value) => sum + value) / 500).toBeCloseTo(0, 4);
      expect(column.reduce((sum, value) => sum + value ** 2, 0) / 499).toBeCloseTo(variances[i]!, 3);
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(column, scores[j]!))).toBeLessThan(1e-3);
    }
  });

  it("are the same from pairs of points where dimensions are more than points", () => {
    const wide = ellipsoid(40, 120);
    const few = run(sessionOf(wide, options).pca({ components: 5 }));
    expect(few.variances).toHaveLength(40);
    // With each point ten times there are more points than dimensions need.
    const data = new Float32Array(wide.data.length * 20);
    for (let i = 0; i < 20; i++) data.set(wide.data, i * wide.data.length);
    const many = run(sessionOf({ data, rows: 800, dims: 120 }, options).pca({ components: 5 }));
    for (let c = 0; c < 5; c++)
      expect(Math.abs(correlation(few.scores[c]!, many.scores[c]!.slice(0, 40)))).toBeGreaterThan(0.9999);
  });

  it("are found by the randomised engine as well, which says so", () => {
    const session = sessionOf(digits(12), options);
    const exact = run(session.pca({ engine: "exact", components: 8 }));
    const randomised = run(session.pca({ engine: "randomised", components: 8, seed: 3 }));
    expect([exact.exact, randomised.exact]).toEqual([true, false]);
    expect(randomised.variances).toHaveLength(8);
    expect(randomised.totalVariance / exact.totalVariance).toBeCloseTo(1, 4);
    for (let c = 0; c < 5; c++) {
      expect(randomised.variances[c]! / exact.variances[c]!).toBeCloseTo(1, 3);
      expect(Math.abs(correlation(randomised.scores[c]!, exact.scores[c]!))).toBeGreaterThan(0.999);
    }
    expect(run(session.pca({ engine: "randomised", components: 8, seed: 3 }))).toEqual(randomised);
    expect(() => run(session.component(9))).toThrow("there is no component 9: known are 8");
  });

  it("come for any size, with rows left out in their places", () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    const table = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }))
      .chain(([rows, dims]) =>
        fc.tuple(
          fc.constant({ rows, dims }),
          fc.array(fc.oneof({ weight: 40, arbitrary: value }, fc.constant(Number.NaN)), {
            minLength: rows * dims,
            maxLength: rows * dims,
          }),
        ),
      );
    fc.assert(
      fc.property(table, fc.constantFrom("none", "sphere"), ([size, values], normalise) => {
        const session = sessionOf({ ...size, data: Float32Array.from(values) }, { normalise });
        const { leftOut } = run(session.prepare({ normalise }));
        const { scores, variances } = run(session.pca({}));
        expect(variances.every((variance) => variance >= 0)).toBe(true);
        for (const column of scores) {
          expect(column).toHaveLength(size.rows);
          for (const [row, score] of column.entries())
            expect(Number.isFinite(score)).toBe(!leftOut.includes(row));
        }
      }),
      { numRuns: 60 },
    );
  });
});
