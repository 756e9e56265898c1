/** t-SNE's optimiser by Barnes and Hut, in a memory of its own that goes with it. */
import { Kernels } from "../kernels/index.ts";
import type { Graph } from "./graph.ts";
import { placesOf, shaken } from "./start.ts";

/** At first all neighbours pull so much more, so that clusters find each other (as scikit-learn has it). */
const EXAGGERATION = 12;
const EXAGGERATED_ITERATIONS = 250;
/** How wide a cell may look to count as one point: less is more exact. scikit-learn has 0.5, as we up to 10,000 points. */
const EXACT_ANGLE = 0.5;
const FAST_ANGLE = 0.8;
const MOST_EXACT = 10_000;
/** Points whose forces are found between two breaks: some milliseconds. */
const PIECE = 1024;

export class BarnesHut {
  iteration = 0;
  rate: number;
  private readonly kernels = new Kernels();
  private readonly count: number;
  private readonly dims: 2 | 3;
  private readonly placesAt: number;
  private readonly valuesAt: number;
  private readonly edges: number;
  private readonly speedsAt: number;
  private readonly gainsAt: number;
  private tree: readonly number[] = [];

  /** @param start count × dims */
  constructor(graph: Graph, dims: 2 | 3, rate: number, start: Float32Array) {
    const { kernels } = this;
    const { count, offsets, columns, values } = graph;
    this.count = count;
    this.dims = dims;
    this.rate = rate;
    this.edges = columns.length;
    this.placesAt = kernels.reserve(count * 16);
    this.valuesAt = kernels.reserve(this.edges * 4);
    this.speedsAt = kernels.reserve(count * 16);
    this.gainsAt = kernels.reserve(count * 16);
    const offsetsAt = kernels.reserve(offsets.byteLength);
    const columnsAt = kernels.reserve(columns.byteLength);
    const order = kernels.reserve(count * 4);
    const pull = kernels.reserve(count * 16);
    const push = kernels.reserve(count * 16);
    kernels.integers(offsetsAt, count + 1).set(offsets);
    kernels.integers(columnsAt, this.edges).set(columns);
    this.setAffinities(values);
    kernels.integers(order, count).set(Int32Array.from({ length: count }, (_, point) => point));
    this.rest();
    const places = kernels.floats(this.placesAt, count * 4);
    places.fill(0);
    for (let point = 0; point < count; point++)
      for (let d = 0; d < dims; d++) places[point * 4 + d] = start[point * dims + d]!;
    this.makeRoom(2 * count + 16);
    const { speedsAt, gainsAt } = this;
    kernels.run.setTsne(
      this.placesAt,
      count,
      dims,
      offsetsAt,
      columnsAt,
      this.valuesAt,
      order,
      pull,
      push,
      speedsAt,
      gainsAt,
    );
  }

  /** Other probabilities for the same edges. */
  setAffinities(values: Float32Array): void {
    this.kernels.floats(this.valuesAt, this.edges).set(values);
  }

  /** One iteration, with breaks. */
  *step(): Generator<void, void, void> {
    const { run } = this.kernels;
    for (let nodes = run.makeTree(); nodes > this.tree[3]!; nodes = run.makeTree())
      this.makeRoom(2 * this.tree[3]!);
    const angle = this.count <= MOST_EXACT ? EXACT_ANGLE : FAST_ANGLE;
    let total = 0;
    for (let from = 0; from < this.count; from += PIECE) {
      total += run.tsneForces(from, Math.min(this.count, from + PIECE), angle * angle);
      yield;
    }
    const early = this.iteration < EXAGGERATED_ITERATIONS;
    const pushBy = total > 0 ? 4 / total : 0;
    run.tsneMove(4 * (early ? EXAGGERATION : 1), pushBy, this.rate, early ? 0.5 : 0.8);
    this.iteration++;
    // What had gathered speed while all pulled harder would fly apart.
    if (this.iteration === EXAGGERATED_ITERATIONS) this.rest();
  }

  perturb(random: () => number): void {
    shaken(this.kernels.floats(this.placesAt, this.count * 4), random);
  }

  /** A copy: count × dims. */
  positions(): Float32Array<ArrayBuffer> {
    return placesOf(this.kernels.floats(this.placesAt, this.count * 4), this.count, this.dims);
  }

  private rest(): void {
    this.kernels.floats(this.speedsAt, this.count * 4).fill(0);
    this.kernels.floats(this.gainsAt, this.count * 4).fill(1);
  }

  private makeRoom(nodes: number): void {
    const { kernels } = this;
    for (const at of this.tree.slice(0, 3)) kernels.free(at);
    const centres = kernels.reserve(nodes * 16);
    const widths = kernels.reserve(nodes * 4);
    const skips = kernels.reserve(nodes * 4);
    this.tree = [centres, widths, skips, nodes];
    kernels.run.setTree(centres, widths, skips, nodes);
  }
}
