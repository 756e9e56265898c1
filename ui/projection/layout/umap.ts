/** UMAP of all points: graph, engine, and its passes one by one. */
import type { LayoutControl } from "../layout-control.ts";
import type { NeighbourTable } from "../neighbours/table.ts";
import type { PointSet } from "../point-set.ts";
import { randomNumbers } from "../random.ts";
import type { Layout, UmapOptions } from "../types.ts";
import type { Work } from "../work.ts";
import { fuzzyGraph } from "./fuzzy.ts";
import { runLayout } from "./run.ts";
import { scaledTo } from "./start.ts";
import { UmapLibrary } from "./umap-library.ts";
import { UmapOptimiser } from "./umap-optimiser.ts";

export const UMAP_NEIGHBOURS = 15;
/**
 * So many points TensorBoard's page lays out with umap-js. Of 10,000 umap-js takes three times as long as the optimiser on
 * typed arrays, and nothing else is answered while it prepares.
 */
const MOST_FOR_LIBRARY = 5000;
/** Where the start's farthest point lies, as umap-learn has it. */
const EXTENT = 10;

/** Of points with neighbours; as many as umap-js and umap-learn make. */
export function umapEpochs(count: number): number {
  if (count <= 2500) return 500;
  if (count <= 5000) return 400;
  return count <= 7500 ? 300 : 200;
}

/** @param start of points, which is changed */
export function* umapLayout(
  points: PointSet,
  table: NeighbourTable,
  start: Float32Array<ArrayBuffer>,
  options: UmapOptions,
  control: LayoutControl,
  notes: readonly string[],
): Work<Layout> {
  const { dims = 3, minDist = 0.1, seed = 42, epochs = umapEpochs(points.count) } = options;
  const supervision = options.supervision && {
    ...options.supervision,
    labels: points.gather(options.supervision.labels, 1),
  };
  const random = randomNumbers(seed);
  scaledTo(start, EXTENT, random);
  const engine = options.engine ?? (points.count <= MOST_FOR_LIBRARY ? "umap-js" : "typed-arrays");
  const optimiser =
    engine === "umap-js"
      ? new UmapLibrary(table, start, { dims, minDist, epochs, seed, supervision })
      : new UmapOptimiser(yield* fuzzyGraph(table, supervision), dims, minDist, epochs, start, seed);
  const iterations = {
    of: optimiser.epochs,
    step: () => optimiser.step(),
    positions: () => optimiser.positions(),
    perturb: () => optimiser.perturb(random),
  };
  return yield* runLayout(points, dims, iterations, { engine, table, notes }, control);
}
