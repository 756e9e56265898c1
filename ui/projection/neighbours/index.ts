/** Neighbours of all points: which engine finds them. */
import type { PointSet } from "../point-set.ts";
import type { NeighbourOptions, Neighbours } from "../types.ts";
import type { Work } from "../work.ts";
import { descentNeighbours } from "./descent.ts";
import { exactNeighbours } from "./exact.ts";
import type { NeighbourTable } from "./table.ts";

export const NEIGHBOURS = 15;
/** So many numbers to look at take a few seconds; beyond, an index is faster. */
const MOST_EXACT = 1.2e10;

export function* neighbourTable(
  points: PointSet,
  { k = NEIGHBOURS, engine, seed = 42 }: NeighbourOptions,
): Work<NeighbourTable> {
  if (!(k >= 1)) throw new RangeError(`${k} neighbours are too few: ask for 1 or more`);
  const { count, stride } = points;
  const possible = Math.min(Math.floor(k), count - 1);
  if (possible < 1) return emptyTable(count);
  const looked = (count * (count - 1) * stride) / 2;
  // With so many neighbours asked of so few points, an index would look at all anyway.
  const exact = engine ? engine === "exact" : looked <= MOST_EXACT || count < 20 * possible;
  return yield* exact ? exactNeighbours(points, possible) : descentNeighbours(points, possible, seed);
}

/** As rows, and the asker's own. */
export function neighboursOf(points: PointSet, table: NeighbourTable): Neighbours {
  const { k, exact, recall, recallRows } = table;
  const indices = table.indices.map((point) => (point < 0 ? -1 : points.rowOf(point)));
  return {
    k,
    indices: points.spread(indices, k, -1),
    distances: points.spread(table.distances.slice(), k, Number.NaN),
    exact,
    recall,
    recallRows,
  };
}

function emptyTable(count: number): NeighbourTable {
  const nothing = { indices: new Int32Array(0), distances: new Float32Array(0) };
  return { count, k: 0, ...nothing, exact: true, recall: 1, recallRows: 0 };
}
