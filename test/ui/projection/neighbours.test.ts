/** Neighbours of all rows and of one, beside what looking at every pair gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric, Vectors } from "../../../ui/projection/types.ts";
import { run } from "../../../ui/projection/work.ts";
import { clusters, sessionOf } from "./points.ts";

function distance({ data, dims }: Vectors, a: number, b: number, metric: Metric): number {
  let [square, product, aa, bb] = [0, 0, 0, 0];
  for (let d = 0; d < dims; d++) {
    const x = data[a * dims + d]!;
    const y = data[b * dims + d]!;
    square += (x - y) ** 2;
    product += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (metric === "euclidean") return Math.sqrt(square);
  return aa > 0 && bb > 0 ? 1 - product / Math.sqrt(aa * bb) : 1;
}

/** Distances of a row from all others, sorted. */
function sortedDistances(vectors: Vectors, row: number, metric: Metric): number[] {
  const others = Array.from({ length: vectors.rows }, (_, i) => i).filter((i) => i !== row);
  return others.map((other) => distance(vectors, row, other, metric)).sort((a, b) => a - b);
}

describe("neighbours", () => {
  it("are those of looking at every pair, by either metric", () => {
    const value = fc.integer({ min: -100, max: 100 }).map((eighths) => eighths / 8);
    const table = fc
      .tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 9 }))
      .chain(([rows, dims]) =>
        fc.array(value, { minLength: rows * dims, maxLength: rows * dims }).map((values) => ({
          rows,
          dims,
          data: Float32Array.from(values),
        })),
      );
    fc.assert(
      fc.property(
        table,
        fc.constantFrom<Metric>("cosine", "euclidean"),
        fc.integer({ min: 1, max: 12 }),
        (vectors, metric, k) => {
          const session = sessionOf(vectors, { normalise: "none", metric });
          const found = run(session.neighbours({ k }));
          expect(found.k).toBe(Math.min(k, vectors.rows - 1));
          expect([found.exact, found.recall]).toEqual([true, 1]);
          for (let row = 0; row < vectors.rows; row++) {
            const near = found.indices.subarray(row * found.k, (row + 1) * found.k);
            expect(new Set([...near, row]).size).toBe(found.k + 1);
            const expected = sortedDistances(vectors, row, metric);
            const one = run(session.nearest({ of: row, k }));
            for (let i = 0; i < found.k; i++) {
              expect(found.distances[row * found.k + i]).toBeCloseTo(expected[i]!, 3);
              expect(distance(vectors, row, near[i]!, metric)).toBeCloseTo(expected[i]!, 3);
              expect(one.distances[i]).toBeCloseTo(expected[i]!, 3);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are found by the index with the recall that it says, at least 0.95", () => {
    const vectors = clusters(3000, 30, 10);
    const session = sessionOf(vectors, { normalise: "none", metric: "euclidean" });
    const exact = run(session.neighbours({ k: 15, engine: "exact" }));
    const found = run(session.neighbours({ k: 15, engine: "approximate", seed: 5 }));
    expect(found.exact).toBe(false);
    expect(found.recallRows).toBe(400);
    let same = 0;
    for (let row = 0; row < vectors.rows; row++) {
      const truth = exact.indices.subarray(row * 15, row * 15 + 15);
      for (const near of found.indices.subarray(row * 15, row * 15 + 15)) if (truth.includes(near)) same++;
    }
    const recall = same / exact.indices.length;
    expect(recall).toBeGreaterThan(0.95);
    expect(Math.abs(recall - found.recall)).toBeLessThan(0.02);
    const again = sessionOf(vectors, { normalise: "none", metric: "euclidean" });
    expect(run(again.neighbours({ k: 15, engine: "approximate", seed: 5 }))).toEqual(found);
  });

  it("of equal rows are each other, and a row with NaN is nobody's", () => {
    const data = Float32Array.of(1, 1, 5, 5, 1, 1, Number.NaN, 1, 5, 6);
    const session = sessionOf({ data, rows: 5, dims: 2 }, { normalise: "none", metric: "euclidean" });
    const found = run(session.neighbours({ k: 2 }));
    expect([...found.indices.subarray(0, 1), ...found.indices.subarray(4, 5)]).toEqual([2, 0]);
    expect([...found.indices.subarray(6, 8)]).toEqual([-1, -1]);
    expect(found.distances[6]).toBeNaN();
    expect(found.indices.includes(3)).toBe(false);
    expect(() => run(session.nearest({ of: 3, k: 1 }))).toThrow("row 3 has a NaN or an infinity");
  });

  it("of any vector come with how many rows lie how far", () => {
    const data = Float32Array.of(0, 1, 2, 3, 10);
    const session = sessionOf({ data, rows: 5, dims: 1 }, { normalise: "none", metric: "euclidean" });
    expect(run(session.nearest({ of: Float32Array.of(2.2), k: 2, bins: 4 }))).toEqual({
      rows: Uint32Array.of(2, 3),
      distances: expect.objectContaining({ length: 2 }),
      histogram: { from: expect.closeTo(0.2), to: expect.closeTo(7.8), counts: Uint32Array.of(3, 1, 0, 1) },
    });
    expect(() => run(session.nearest({ of: Float32Array.of(1, 2), k: 1 }))).toThrow(
      "the vector has 2 dimensions, the rows have 1",
    );
  });
});
