/** UMAP and t-SNE: every row gets a place, the same seed the same one, and neighbours stay neighbours. */
import { describe, expect, it } from "vitest";
import { bothWays, graphOf } from "../../../ui/projection/layout/graph.ts";
import { LayoutControl } from "../../../ui/projection/layout-control.ts";
import type { Layout, Positions } from "../../../ui/projection/types.ts";
import { run, type Work } from "../../../ui/projection/work.ts";
import { clusters, digits, sessionOf } from "./points.ts";

const plain = { normalise: "none", metric: "euclidean" } as const;

/** Share of rows whose nearest place is that of a row with the same label. */
function sharedLabels({ data, dims }: Positions, labels: (row: number) => number): number {
  const rows = data.length / dims;
  let shared = 0;
  for (let row = 0; row < rows; row++) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < rows; other++) {
      let square = 0;
      for (let d = 0; d < dims; d++) square += (data[row * dims + d]! - data[other * dims + d]!) ** 2;
      if (other !== row && square < least) [nearest, least] = [other, square];
    }
    if (labels(nearest) === labels(row)) shared++;
  }
  return shared / rows;
}

const isPlaced = ({ data }: Layout): boolean => data.every((value) => Number.isFinite(value));

describe.each(["umap-js", "typed-arrays"] as const)("UMAP by %s", (engine) => {
  it("keeps clusters apart, in two and three dimensions, the same for the same seed", () => {
    const session = sessionOf(clusters(200, 12, 5), plain);
    for (const dims of [2, 3] as const) {
      const layout = run(session.umap({ dims, engine, epochs: 60, seed: 9 }));
      expect(layout).toMatchObject({ dims, engine, finished: true, iteration: 60, of: 60 });
      expect(isPlaced(layout)).toBe(true);
      expect(sharedLabels(layout, (row) => row % 5)).toBeGreaterThan(0.97);
      expect(run(session.umap({ dims, engine, epochs: 60, seed: 9 })).data).toEqual(layout.data);
      expect(run(session.umap({ dims, engine, epochs: 60, seed: 10 })).data).not.toEqual(layout.data);
    }
  });

  it("says so where there are fewer points than neighbours asked, and where there are too few", () => {
    const { notes, neighbours } = run(sessionOf(clusters(6, 4, 2), plain).umap({ engine, epochs: 20 }));
    expect(neighbours).toEqual({ k: 5, exact: true, recall: 1, recallRows: 0 });
    expect(notes).toEqual(["There are only 6 points: 6 neighbours were used rather than 15."]);
    expect(() => run(sessionOf(clusters(2, 4, 2), plain).umap({ engine }))).toThrow(
      "UMAP needs three points or more; there are 2",
    );
  });

  it("pulls rows of a class together where it is supervised", () => {
    // Labels that have nothing to do with where the points are.
    const labels = Int32Array.from({ length: 150 }, (_, row) => Math.floor(row / 75));
    const session = sessionOf(clusters(150, 8, 1), plain);
    const shared = (strength: number): number =>
      sharedLabels(
        run(session.umap({ dims: 2, engine, epochs: 150, supervision: { labels, strength } })),
        (row) => labels[row]!,
      );
    expect(shared(0)).toBeLessThan(0.75);
    expect(shared(90)).toBeGreaterThan(0.9);
  });
});

describe("t-SNE", () => {
  it("keeps clusters apart, in two and three dimensions, the same for the same seed", () => {
    const session = sessionOf(clusters(200, 12, 5), plain);
    for (const dims of [2, 3] as const) {
      const options = { dims, iterations: 300, perplexity: 10, seed: 9 };
      const layout = run(session.tsne(options));
      expect(layout).toMatchObject({ dims, engine: "barnes-hut", finished: true, notes: [] });
      expect(isPlaced(layout)).toBe(true);
      expect(sharedLabels(layout, (row) => row % 5)).toBeGreaterThan(0.97);
      expect(run(session.tsne(options)).data).toEqual(layout.data);
    }
  });

  it("lowers a perplexity that is too large, and says so", () => {
    const { notes, neighbours } = run(sessionOf(clusters(10, 4, 2), plain).tsne({ iterations: 50 }));
    expect(neighbours.k).toBe(9);
    expect(notes).toEqual(["Perplexity 30 is too large for 10 points: 3 was used."]);
  });

  it("pulls rows of a class together where it is supervised, as stock does", () => {
    const labels = Int32Array.from({ length: 150 }, (_, row) => (row < 5 ? -1 : row % 2));
    const session = sessionOf(clusters(150, 8, 1), plain);
    const shared = (strength: number): number =>
      sharedLabels(
        run(session.tsne({ dims: 2, iterations: 400, perplexity: 20, supervision: { labels, strength } })),
        (row) => labels[row]!,
      );
    expect(shared(0)).toBeLessThan(0.75);
    expect(shared(100)).toBeGreaterThan(0.9);
  });

  it("runs on until it is stopped, and is shaken and steered meanwhile", () => {
    const control = new LayoutControl((frame) => frames.push(frame.iteration));
    const frames: number[] = [];
    const session = sessionOf(clusters(60, 5, 3), plain);
    const work = session.tsne({ iterations: Number.POSITIVE_INFINITY, dims: 2 }, control);
    let steps = 0;
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) {
        expect(step.value).toMatchObject({ finished: false, of: Number.POSITIVE_INFINITY });
        expect(isPlaced(step.value)).toBe(true);
        break;
      }
      if (steps++ === 100) control.perturb();
      if (steps === 150) control.change({ learningRate: 1 });
      if (steps % 10 === 0) control.seen();
      if (steps === 300) control.stop();
    }
    expect(frames.length).toBeGreaterThan(3);
    expect(frames).toEqual([...frames].sort((a, b) => a - b));
  });
});

describe("layouts", () => {
  it("give rows that are equal a place each, and rows with NaN none", () => {
    const data = new Float32Array(40 * 3).map((_, i) => Math.floor(i / 3) % 4);
    data[7 * 3] = Number.POSITIVE_INFINITY;
    const session = sessionOf({ data, rows: 40, dims: 3 }, plain);
    for (const work of [session.umap({ epochs: 30 }), session.tsne({ iterations: 60 })]) {
      const layout = run(work);
      for (let row = 0; row < 40; row++) expect(Number.isFinite(layout.data[row * 3]!)).toBe(row !== 7);
    }
  });

  it("start where they are told to", () => {
    const session = sessionOf(clusters(50, 5, 2), plain);
    const start = {
      data: Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 0 : Math.floor(i / 2))),
      dims: 2 as const,
    };
    const { data } = run(session.umap({ dims: 2, epochs: 1, engine: "typed-arrays", start }));
    expect(data[98]! - data[0]!).toBeGreaterThan(5);
    expect(() => run(session.umap({ dims: 3, start }))).toThrow(
      "the start needs 3 numbers for each of 50 rows",
    );
  });

  it("of digits keep neighbours as the original papers' programs do", () => {
    const session = sessionOf(digits(40), plain);
    const trust = (layout: Layout): number =>
      run(session.trust({ positions: layout, k: 15 })).trustworthiness;
    expect(trust(run(session.umap({ dims: 2, engine: "typed-arrays" })))).toBeGreaterThan(0.9);
    expect(trust(run(session.tsne({ dims: 2 })))).toBeGreaterThan(0.91);
  });
});

describe("what was stopped", () => {
  it("goes on where it was: t-SNE of 300 and 100 more iterations is t-SNE of 400 that lost its speed", () => {
    const session = sessionOf(clusters(120, 8, 4), plain);
    const first = run(session.tsne({ dims: 2, iterations: 300, perplexity: 10 }));
    const more = run(
      session.tsne({ dims: 2, iterations: 301, perplexity: 10, start: first, done: first.iteration }),
    );
    expect(more).toMatchObject({ iteration: 301, of: 301, finished: true });
    const width = first.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const moved = more.data.reduce((most, value, i) => Math.max(most, Math.abs(value - first.data[i]!)), 0);
    // Nothing is pulled together anew.
    expect(moved / width).toBeLessThan(0.2);
  });

  it("runs until it is stopped", () => {
    const session = sessionOf(clusters(60, 8, 4), plain);
    const control = new LayoutControl();
    const work = session.tsne({ dims: 2, iterations: Number.POSITIVE_INFINITY, perplexity: 10 }, control);
    for (let turn = 0; turn < 1500; turn++) work.next();
    control.stop();
    const layout = run(work);
    expect(layout.finished).toBe(false);
    expect(layout.iteration).toBeGreaterThan(100);
  });
});

describe("the graph of neighbours", () => {
  it("is made in short turns, whatever the number of points", () => {
    const [count, k] = [60_000, 30];
    const indices = Int32Array.from({ length: count * k }, (_, i) => (i * 7919) % count);
    const table = {
      count,
      k,
      indices,
      distances: new Float32Array(count * k).fill(1),
      exact: true,
      recall: 1,
      recallRows: 0,
    };
    const values = Float32Array.from(indices, (column) => column / count);
    let turns = 0;
    const counted = <T>(work: Work<T>): T =>
      run(work, () => {
        turns++;
      });
    const graph = counted(graphOf(table, values));
    expect(turns).toBeGreaterThanOrEqual(count / 4096);
    for (const point of [0, 1, count - 1]) {
      const row = [...graph.columns.subarray(point * k, (point + 1) * k)];
      expect(row).toEqual([...indices.subarray(point * k, (point + 1) * k)].sort((a, b) => a - b));
      expect([...graph.values.subarray(point * k, (point + 1) * k)]).toEqual(
        row.map((column) => Math.fround(column / count)),
      );
    }
    turns = 0;
    counted(bothWays(graph, (there, back) => there + back));
    expect(turns).toBeGreaterThanOrEqual((3 * count) / 4096);
  });
});
