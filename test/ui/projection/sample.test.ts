/** A sample of the rows: the others have no place, and all keep their numbers. */
import { describe, expect, it } from "vitest";
import { ProjectionSession } from "../../../ui/projection/session.ts";
import { run } from "../../../ui/projection/work.ts";
import { clusters } from "./points.ts";

function sampled(rows: number, seed = 1) {
  const session = new ProjectionSession();
  const vectors = clusters(300, 6, 3);
  vectors.data[5 * 6] = Number.NaN;
  const data = vectors.data.slice();
  const loaded = run(session.load({ vectors, options: { normalise: "none", sample: { rows, seed } } }));
  const [first] = run(session.pca({})).scores;
  const placed = Array.from(first!.keys()).filter((row) => !Number.isNaN(first![row]!));
  return { session, loaded, placed, data };
}

describe("a sample", () => {
  it("has as many rows as were asked for, the same for the same seed", () => {
    const { loaded, placed } = sampled(100);
    expect(loaded.rows).toBe(300);
    expect(loaded.used + loaded.leftOut.length).toBe(100);
    expect(placed).toHaveLength(loaded.used);
    expect(placed.at(-1)).toBeGreaterThan(200);
    expect(sampled(100).placed).toEqual(placed);
    expect(sampled(100, 2).placed).not.toEqual(placed);
  });

  it("keeps the rows' numbers: vectors, neighbours and what is left out", () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { session, loaded, placed, data } = sampled(150, seed);
      expect([...loaded.leftOut].every((row) => row === 5)).toBe(true);
      const row = placed[20]!;
      expect(run(session.vector(row))).toEqual(data.slice(row * 6, (row + 1) * 6));
      const { rows } = run(session.nearest({ of: row, k: 10 }));
      expect([...rows].every((other) => placed.includes(other))).toBe(true);
      const outside = Array.from({ length: 300 }, (_, i) => i).find((i) => i !== 5 && !placed.includes(i))!;
      expect(run(session.vector(outside))).toBeNull();
      expect(() => run(session.nearest({ of: outside, k: 3 }))).toThrow("is not in the sample");
    }
  });

  it("of more rows than there are is all of them", () => {
    expect(sampled(1000).loaded.used).toBe(299);
  });
});
