/** Clusters and their names. */
import { describe, expect, it } from "vitest";
import { clusterNames } from "../../../ui/projection/clusters/names.ts";
import { run } from "../../../ui/projection/work.ts";
import { clusters, sessionOf } from "./points.ts";

const plain = { normalise: "none", metric: "euclidean" } as const;

describe("clusters", () => {
  it("are found in the vectors and in a picture, with noise in none", () => {
    const rows = 240;
    const vectors = clusters(rows, 2, 3, 20);
    // Two rows far from all others.
    vectors.data.set([500, 500], 0);
    vectors.data.set([-500, 400], 2);
    const session = sessionOf(vectors, plain);
    for (const of of ["vectors", { dims: 2, data: vectors.data }] as const) {
      const found = run(session.clusters({ of, minSize: 15 }));
      expect(found.sizes).toHaveLength(3);
      expect(found.labels.slice(0, 2)).toEqual(Int32Array.of(-1, -1));
      expect(found.sizes.every((size, i) => size > 70 && size <= (found.sizes[i - 1] ?? size))).toBe(true);
      for (const [label, row] of found.medoids.entries()) expect(found.labels[row]).toBe(label);
      // Rows that came in turn are in one cluster each.
      for (let row = 2; row < rows - 3; row++)
        if (found.labels[row]! >= 0 && found.labels[row + 3]! >= 0)
          expect(found.labels[row]).toBe(found.labels[row + 3]);
      expect(found.strengths.every((strength) => strength >= 0 && strength <= 1)).toBe(true);
    }
  });

  it("of few rows are none, and equal rows are one", () => {
    const few = sessionOf({ data: Float32Array.of(1, 2, 3, 4), rows: 2, dims: 2 }, plain);
    expect(run(few.clusters({ of: "vectors" })).sizes).toEqual([]);
    const data = Float32Array.from({ length: 60 }, (_, i) => (i < 30 ? 1 : 9));
    const equal = run(sessionOf({ data, rows: 60, dims: 1 }, plain).clusters({ of: "vectors", minSize: 5 }));
    expect(equal.sizes).toEqual([30, 30]);
  });
});

describe("names of clusters", () => {
  const labels = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, -1);

  it("say what is common inside and rare outside", () => {
    const kind = {
      name: "kind",
      values: ["cat", "dog", "owl"],
      codes: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 1, -1),
    };
    const names = run(clusterNames({ labels, columns: [kind] }));
    expect(names[0]).toEqual({
      name: "cat",
      traits: [{ column: "kind", value: "cat", inside: 0.75, outside: 0 }],
    });
    expect(names[1]!.name).toBe("dog");
  });

  it("say which numbers are high or low, and else who is in the middle", () => {
    const loss = { name: "loss", numbers: Float32Array.of(1, 9, 5, 5, 9, 8, 9, 5, 5, Number.NaN) };
    const word = {
      name: "word",
      values: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
      codes: Int32Array.from({ length: 10 }, (_, row) => row),
    };
    const names = run(
      clusterNames({ labels, columns: [loss, word], medoids: { rows: [2, 5, 8], column: "word" } }),
    );
    expect(names.map(({ name }) => name)).toEqual(["around c", "loss high", "around i"]);
    expect(names[1]!.traits[0]).toMatchObject({ column: "loss", mean: expect.closeTo(26 / 3) });
    expect(run(clusterNames({ labels, columns: [] })).map(({ name }) => name)).toEqual([
      "cluster 1",
      "cluster 2",
      "cluster 3",
    ]);
  });
});
