/** UMAP's optimiser on typed arrays, in a memory of its own that goes with it. */
import { Kernels } from "../kernels/index.ts";
import { curveFor } from "./curve.ts";
import type { Graph } from "./graph.ts";
import { placesOf, shaken } from "./start.ts";

/** Pushes for each pull. */
const NEGATIVES = 5;
/** Tables of forces, as umap.ts of the kernels reads them: by the upper bits of a 32-bit number. */
const FIRST_EXPONENT = -40;
const LAST_EXPONENT = 24;
const STEPS = 128;
/** Edges between two breaks: some milliseconds. */
const PIECE = 1 << 17;

export class UmapOptimiser {
  readonly epochs: number;
  epoch = 0;
  private readonly kernels = new Kernels();
  private readonly count: number;
  private readonly dims: 2 | 3;
  private readonly placesAt: number;
  private readonly edges: number;

  /** @param start count × dims */
  constructor(graph: Graph, dims: 2 | 3, minDist: number, epochs: number, start: Float32Array, seed: number) {
    const { kernels } = this;
    this.count = graph.count;
    this.dims = dims;
    this.epochs = epochs;
    const edges = dueEdges(graph, epochs);
    this.edges = edges.heads.length;
    this.placesAt = kernels.reserve(this.count * 16);
    const rooms = Array.from({ length: 5 }, () => kernels.reserve(this.edges * 4));
    const [heads, tails, periods, nextPull, nextPush] = rooms as [number, number, number, number, number];
    const tables = forceTables(minDist);
    const pulls = kernels.reserve(tables.pulls.byteLength);
    const pushes = kernels.reserve(tables.pushes.byteLength);
    kernels.integers(heads, this.edges).set(edges.heads);
    kernels.integers(tails, this.edges).set(edges.tails);
    for (const at of [periods, nextPull]) kernels.floats(at, this.edges).set(edges.periods);
    kernels.floats(nextPush, this.edges).set(edges.periods.map((period) => period / NEGATIVES));
    kernels.floats(pulls, tables.pulls.length).set(tables.pulls);
    kernels.floats(pushes, tables.pushes.length).set(tables.pushes);
    const places = kernels.floats(this.placesAt, this.count * 4);
    places.fill(0);
    for (let point = 0; point < this.count; point++)
      for (let d = 0; d < dims; d++) places[point * 4 + d] = start[point * dims + d]!;
    kernels.run.setUmap(
      this.placesAt,
      this.count,
      dims,
      heads,
      tails,
      periods,
      nextPull,
      nextPush,
      pulls,
      pushes,
      seed,
    );
  }

  /** One pass, with breaks. */
  *step(): Generator<void, void, void> {
    const alpha = 1 - this.epoch / this.epochs;
    for (let from = 0; from < this.edges; from += PIECE) {
      this.kernels.run.umapEpoch(from, Math.min(this.edges, from + PIECE), this.epoch, alpha, NEGATIVES);
      yield;
    }
    this.epoch++;
  }

  perturb(random: () => number): void {
    shaken(this.kernels.floats(this.placesAt, this.count * 4), random);
  }

  /** A copy: count × dims. */
  positions(): Float32Array<ArrayBuffer> {
    return placesOf(this.kernels.floats(this.placesAt, this.count * 4), this.count, this.dims);
  }
}

/** Edges that are due at all, and how many passes lie between two times: the strongest is due in each. */
function dueEdges({ count, offsets, columns, values }: Graph, epochs: number) {
  const strongest = values.reduce((most, value) => Math.max(most, value), 0);
  const least = strongest / epochs;
  const due = values.reduce((sum, value) => sum + (value >= least && value > 0 ? 1 : 0), 0);
  const heads = new Int32Array(due);
  const tails = new Int32Array(due);
  const periods = new Float32Array(due);
  let at = 0;
  for (let point = 0; point < count; point++)
    for (let edge = offsets[point]!; edge < offsets[point + 1]!; edge++) {
      const value = values[edge]!;
      if (!(value >= least && value > 0)) continue;
      heads[at] = point;
      tails[at] = columns[edge]!;
      periods[at++] = strongest / value;
    }
  return { heads, tails, periods };
}

/** What a difference is multiplied with, by its squared length: UMAP's gradients, with its curve for `minDist`. */
function forceTables(minDist: number): { readonly pulls: Float32Array; readonly pushes: Float32Array } {
  const { a, b } = curveFor(minDist);
  const length = (LAST_EXPONENT - FIRST_EXPONENT) * STEPS;
  const pulls = new Float32Array(length);
  const pushes = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const distance = 2 ** (FIRST_EXPONENT + Math.floor(i / STEPS)) * (1 + (i % STEPS) / STEPS);
    const power = distance ** b;
    pulls[i] = (-2 * a * b * distance ** (b - 1)) / (a * power + 1);
    pushes[i] = (2 * b) / ((0.001 + distance) * (a * power + 1));
  }
  return { pulls, pushes };
}
