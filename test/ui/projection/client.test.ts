/** The page's side of the projection worker and the host behind it, on one thread. */
import { describe, expect, it } from "vitest";
import { ProjectionClient } from "../../../ui/workers/projection-client.ts";
import { hostProjection } from "../../../ui/workers/projection-host.ts";

/** As a worker would be: what is moved is gone here. */
function connect(): ProjectionClient {
  const host = hostProjection(
    (message, transfer) => client.hear(structuredClone(message, { transfer })),
    (turn) => setImmediate(turn),
  );
  const client = new ProjectionClient(
    (message, transfer) => host(structuredClone(message, { transfer })),
    () => {},
  );
  return client;
}

/** Points along a line in three dimensions, a little off it. */
function line(rows: number) {
  const data = new Float32Array(rows * 3);
  for (let i = 0; i < rows; i++) data.set([i, 2 * i + Math.sin(i), 5], i * 3);
  return { data, rows, dims: 3 };
}

describe("projection client", () => {
  it("moves the vectors to the worker and asks about them", async () => {
    const client = connect();
    const vectors = line(100);
    vectors.data[3 * 7] = Number.NaN;
    vectors.data.copyWithin(3 * 9, 3 * 8, 3 * 9);
    const loaded = await client.load(vectors);
    expect(vectors.data.length).toBe(0);
    expect(loaded).toEqual({
      rows: 100,
      dims: 3,
      normalise: "none",
      metric: "cosine",
      leftOut: Uint32Array.of(7),
      used: 99,
      duplicates: 1,
      constantDims: 1,
    });
    const pca = await client.pca();
    expect(pca.exact).toBe(true);
    expect(pca.scores.map((column) => column.length)).toEqual([100, 100, 100]);
    expect(pca.scores[0]![7]).toBeNaN();
    expect(pca.variances[0]! / pca.totalVariance).toBeGreaterThan(0.99);
    expect(await client.component(0)).toEqual(pca.scores[0]);
    expect(await client.vector(1)).toEqual(Float32Array.of(1, 2 + Math.sin(1), 5));
    expect(await client.vector(7)).toBeNull();
  });

  it("goes to the sphere and back, and says what is wrong in words", async () => {
    const client = connect();
    await expect(client.pca()).rejects.toThrow("no vectors are loaded");
    await client.load(line(10), { normalise: "sphere" });
    const there = await client.vector(3);
    expect(there![0]).toBeCloseTo(3, 5);
    expect((await client.prepare({ normalise: "none", metric: "euclidean" })).metric).toBe("euclidean");
    expect((await client.vector(3))![1]).toBeCloseTo(6 + Math.sin(3), 5);
    await expect(client.vector(10)).rejects.toThrow("there is no row 10: there are 10");
    await expect(client.component(3)).rejects.toThrow("there is no component 3: there are 3");
  });

  it("is cancelled by a signal, and goes on with the next question", async () => {
    const client = connect();
    await client.load(line(20_000));
    const abort = new AbortController();
    const asked = client.pca({}, { signal: abort.signal });
    abort.abort(new Error("changed my mind"));
    await expect(asked).rejects.toThrow("changed my mind");
    expect((await client.pca({ components: 1 })).scores).toHaveLength(1);
  });
});
