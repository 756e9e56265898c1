/** Trustworthiness, continuity and overlap, beside their definitions. */
import { describe, expect, it } from "vitest";
import { procrustes } from "../../../ui/projection/procrustes.ts";
import type { Positions } from "../../../ui/projection/types.ts";
import { run } from "../../../ui/projection/work.ts";
import { clusters, sessionOf } from "./points.ts";

const plain = { normalise: "none", metric: "euclidean" } as const;

/** Rank of each row by distance from one: the nearest is 1, itself 0. */
function ranks(data: Float32Array, dims: number, row: number): number[] {
  const distances = Array.from({ length: data.length / dims }, (_, other) => {
    let square = 0;
    for (let d = 0; d < dims; d++) square += (data[row * dims + d]! - data[other * dims + d]!) ** 2;
    return other === row ? -1 : square;
  });
  const rank = new Array<number>(distances.length);
  const order = distances.map((_, i) => i).sort((a, b) => distances[a]! - distances[b]!);
  for (const [i, other] of order.entries()) rank[other] = i;
  return rank;
}

function byDefinition(
  here: Float32Array,
  dims: number,
  there: Float32Array,
  width: number,
  k: number,
): number {
  const rows = here.length / dims;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const rankHere = ranks(here, dims, row);
    for (const [other, rank] of ranks(there, width, row).entries())
      if (rank > 0 && rank <= k) sum += Math.max(0, rankHere[other]! - k);
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * sum;
}

describe("trust", () => {
  const vectors = clusters(120, 6, 4);
  const session = sessionOf(vectors, plain);
  const positions: Positions = {
    dims: 2,
    data: Float32Array.from({ length: 240 }, (_, i) => vectors.data[Math.floor(i / 2) * 6 + (i % 2)]!),
  };

  it("is what the definitions say, as a whole and in the mean of the rows", () => {
    const found = run(session.trust({ positions, k: 7 }));
    expect(found.trustworthiness).toBeCloseTo(byDefinition(vectors.data, 6, positions.data, 2, 7), 9);
    expect(found.continuity).toBeCloseTo(byDefinition(positions.data, 2, vectors.data, 6, 7), 9);
    expect([found.sampledRows, found.exactPerRow]).toEqual([120, true]);
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value) / 120;
    expect(mean(found.trustworthinessOf)).toBeCloseTo(found.trustworthiness, 5);
    expect(mean(found.continuityOf)).toBeCloseTo(found.continuity, 5);
  });

  it("of a faithful picture is 1, and needs four points", () => {
    const flat = clusters(50, 2, 2);
    const faithful = sessionOf(flat, plain);
    const found = run(faithful.trust({ positions: { dims: 2, data: flat.data } }));
    expect([found.trustworthiness, found.continuity]).toEqual([1, 1]);
    const few = sessionOf({ data: Float32Array.of(1, 2, 3), rows: 3, dims: 1 }, plain);
    expect(() => run(few.trust({ positions: { dims: 2, data: new Float32Array(6) } }))).toThrow(
      "four points or more have ranks to compare; there are 3",
    );
  });
});

describe("overlap", () => {
  it("is whole with oneself, and a share with others", () => {
    const one = sessionOf(clusters(60, 5, 3), plain);
    const own = run(one.neighbours({ k: 5 }));
    expect(run(one.overlap({ k: 5, indices: own.indices, width: 5 })).mean).toBe(1);
    const other = run(sessionOf(clusters(60, 4, 2), plain).neighbours({ k: 8 }));
    const { mean, shares } = run(one.overlap({ k: 5, indices: other.indices, width: 8 }));
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(0.6);
    expect(shares).toHaveLength(60);
  });
});

describe("procrustes", () => {
  it("undoes a turn, a mirror and a move, and a scale where it is asked to", () => {
    const to: Positions = { dims: 3, data: clusters(40, 3, 2).data };
    const data = Float32Array.from(to.data, (_, i) => {
      const at = i - (i % 3);
      const [x, y, z] = to.data.subarray(at, at + 3) as unknown as [number, number, number];
      return 2 * [-y + 3, x - 1, -z + 9][i % 3]!;
    });
    const back = procrustes({ dims: 3, data }, to, { scale: true });
    for (const [i, value] of back.data.entries()) expect(value).toBeCloseTo(to.data[i]!, 3);
    const kept = procrustes({ dims: 3, data }, to);
    expect(Math.hypot(...kept.data.subarray(0, 3).map((v, d) => v - kept.data[3 + d]!))).toBeCloseTo(
      2 * Math.hypot(...to.data.subarray(0, 3).map((v, d) => v - to.data[3 + d]!)),
      3,
    );
  });

  it("keeps rows without a place where they are, and gives them no say", () => {
    const to: Positions = { dims: 2, data: Float32Array.of(0, 0, 1, 0, 0, 1, 5, 5) };
    const from: Positions = { dims: 2, data: Float32Array.of(2, 2, 2, 3, 1, 2, Number.NaN, 0) };
    const { data } = procrustes(from, to);
    expect([...data.subarray(0, 6)].map((value) => Math.abs(Math.round(value * 1e4) / 1e4))).toEqual([
      0, 0, 1, 0, 0, 1,
    ]);
    expect(data[6]).toBeNaN();
  });
});
