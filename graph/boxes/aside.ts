/**
 * What is put beside the main graph of a scope, so that the rest can be read: sinks, boxes that nearly all others are
 * joined to, and what is left alone by that. Rules, their order and thresholds: `extractHighDegrees` in
 * tf_graph_common/render.ts.
 */

/** Fewer boxes than this stay together, however many edges one has. */
const FEWEST_BOXES = 15;
/** An edge count up to this is never many. */
const FEW_EDGES = 4;
/** Edges of control only that a box may have before they are drawn as small references. */
const MOST_CONTROL = 4;

/** A scope's boxes, numbered from 0, and the edges between them. */
export interface AsideScope {
  readonly boxes: readonly AsideBox[];
  readonly edges: readonly AsideEdge[];
}

export interface AsideBox {
  /** An operation that does nothing but wait for others, or the scope that it names. */
  readonly isSink: boolean;
  /** Whether constants, or summaries, are attached to it. */
  readonly hasConstants: boolean;
  readonly hasSummaries: boolean;
}

export interface AsideEdge {
  readonly from: number;
  readonly to: number;
  /** Whether it carries tensors, and not control only. */
  readonly regular: boolean;
}

export interface Aside {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** @param specified boxes that are to be put aside whatever they are */
export function putAside({ boxes, edges }: AsideScope, specified: ReadonlySet<number> = new Set()): Aside {
  const core = new Core(boxes, edges);
  for (const box of boxes.keys())
    if (specified.has(box)) core.extract(box, core.edgesOut(box) > core.edgesIn(box) ? "outputs" : "inputs");
  for (const box of core.boxes()) if (boxes[box]!.isSink) core.extract(box, "outputs");
  extractHighDegrees(core);
  removeControlEdges(core);
  for (const box of core.boxes()) {
    if (core.degree(box) > 0) continue;
    const before = core.hasReferencesIn(box);
    const after = core.hasReferencesOut(box);
    if (after && !before) core.extract(box, "inputs");
    else if (before && !after) core.extract(box, "outputs");
  }
  return core.aside;
}

/** The boxes and edges that are still in the main graph. */
class Core {
  readonly aside: Record<keyof Aside, number[]> = { inputs: [], outputs: [] };
  readonly #edges: readonly AsideEdge[];
  /** Edges of each box. */
  readonly #in: Set<number>[];
  readonly #out: Set<number>[];
  readonly #gone: boolean[];
  /** Whether something is drawn before a box, or after it, that stands for a node elsewhere. */
  readonly #before: boolean[];
  readonly #after: boolean[];

  constructor(boxes: readonly AsideBox[], edges: readonly AsideEdge[]) {
    this.#edges = edges;
    this.#in = boxes.map(() => new Set());
    this.#out = boxes.map(() => new Set());
    this.#gone = boxes.map(() => false);
    this.#before = boxes.map(({ hasConstants }) => hasConstants);
    this.#after = boxes.map(({ hasSummaries }) => hasSummaries);
    for (const [edge, { from, to }] of edges.entries()) {
      this.#out[from]!.add(edge);
      this.#in[to]!.add(edge);
    }
  }

  boxes(): number[] {
    return this.#gone.flatMap((gone, box) => (gone ? [] : [box]));
  }

  isGone(box: number): boolean {
    return this.#gone[box]!;
  }

  degree(box: number): number {
    return this.edgesIn(box) + this.edgesOut(box);
  }

  edgesIn(box: number): number {
    return this.#in[box]!.size;
  }

  edgesOut(box: number): number {
    return this.#out[box]!.size;
  }

  hasReferencesIn(box: number): boolean {
    return this.#before[box]!;
  }

  hasReferencesOut(box: number): boolean {
    return this.#after[box]!;
  }

  /** Edges into a box: those that carry tensors; where none does, those of control. */
  degreeIn(box: number): number {
    return this.#count(this.#in[box]!);
  }

  degreeOut(box: number): number {
    return this.#count(this.#out[box]!);
  }

  #count(edges: ReadonlySet<number>): number {
    let regular = 0;
    for (const edge of edges) if (this.#edges[edge]!.regular) regular++;
    return regular === 0 ? edges.size : regular;
  }

  /** Edges that only order, of each box that has any. */
  controlEdges(): Map<number, number[]> {
    const edges = new Map<number, number[]>();
    const add = (box: number, edge: number) => edges.set(box, [...(edges.get(box) ?? []), edge]);
    for (const [box, out] of this.#out.entries())
      for (const edge of out) {
        if (this.#edges[edge]!.regular) continue;
        add(box, edge);
        add(this.#edges[edge]!.to, edge);
      }
    return edges;
  }

  /** In place of an edge, both ends show a small reference to the other. */
  shorten(edge: number): void {
    const { from, to } = this.#edges[edge]!;
    this.#after[from] = true;
    this.#before[to] = true;
    this.#out[from]!.delete(edge);
    this.#in[to]!.delete(edge);
  }

  extract(box: number, side: keyof Aside): void {
    for (const edge of [...this.#in[box]!, ...this.#out[box]!]) this.shorten(edge);
    this.#gone[box] = true;
    this.aside[side].push(box);
  }
}

function extractHighDegrees(core: Core): void {
  const boxes = core.boxes();
  if (boxes.length < FEWEST_BOXES) return;
  const degreesIn = boxes.map((box) => core.degreeIn(box));
  const degreesOut = boxes.map((box) => core.degreeOut(box));
  for (const i of above(degreesIn, 1)) core.extract(boxes[i]!, "inputs");
  for (const i of above(degreesOut, 4)) if (!core.isGone(boxes[i]!)) core.extract(boxes[i]!, "outputs");
}

/** Those whose degree is above the third quartile by more than so many times the distance between the quartiles. */
function above(degrees: readonly number[], times: number): number[] {
  const sorted = [...degrees].sort((a, b) => a - b);
  const third = sorted[Math.round(sorted.length * 0.75)]!;
  const first = sorted[Math.round(sorted.length * 0.25)]!;
  const bound = Math.max(third + (third - first) * times, FEW_EDGES);
  return degrees.flatMap((degree, i) => (degree > bound ? [i] : []));
}

function removeControlEdges(core: Core): void {
  for (const edges of core.controlEdges().values())
    if (edges.length > MOST_CONTROL) for (const edge of edges) core.shorten(edge);
}
