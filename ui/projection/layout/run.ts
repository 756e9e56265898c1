/** The iterations of a layout, whichever it is: shown while they run, shaken and stopped from outside. */
import type { LayoutControl } from "../layout-control.ts";
import type { NeighbourTable } from "../neighbours/table.ts";
import type { PointSet } from "../point-set.ts";
import type { Layout, LayoutFrame } from "../types.ts";
import type { Work } from "../work.ts";

export interface Iterations {
  /** How many were made before; default none. */
  readonly done?: number;
  /** Infinity where they go on until they are stopped. */
  readonly of: number;
  /** One iteration, with breaks. */
  step(): Generator<void, void, void>;
  /** A copy of the points' places. */
  positions(): Float32Array<ArrayBuffer>;
  perturb(): void;
}

export interface Origin {
  readonly engine: Layout["engine"];
  readonly table: NeighbourTable;
  readonly notes: readonly string[];
}

export function* runLayout(
  points: PointSet,
  dims: 2 | 3,
  iterations: Iterations,
  { engine, table, notes }: Origin,
  control: LayoutControl,
): Work<Layout> {
  const { of } = iterations;
  const frame = (iteration: number): LayoutFrame => ({
    data: points.spread(iterations.positions(), dims, Number.NaN),
    dims,
    iteration,
    of,
  });
  let iteration = iterations.done ?? 0;
  for (; iteration < of && !control.stopped; iteration++) {
    if (control.takePerturb()) iterations.perturb();
    for (const _break of iterations.step()) yield { stage: "layout", done: iteration, of: finite(of) };
    control.offer(() => frame(iteration + 1));
    yield { stage: "layout", done: iteration + 1, of: finite(of) };
  }
  const { k, exact, recall, recallRows } = table;
  return {
    ...frame(iteration),
    engine,
    neighbours: { k, exact, recall, recallRows },
    finished: iteration >= of,
    notes,
  };
}

const finite = (of: number): number => (Number.isFinite(of) ? of : 0);
