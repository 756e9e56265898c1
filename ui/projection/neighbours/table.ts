/** The neighbours of all points, as engines pass them on: points, not rows, and nobody's copy. */

export interface NeighbourTable {
  readonly count: number;
  readonly k: number;
  /** count × k points, nearest first. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** count × k distances in the metric. */
  readonly distances: Float32Array<ArrayBuffer>;
  readonly exact: boolean;
  readonly recall: number;
  readonly recallRows: number;
}

/** The first k of each; the table itself where it has no more. */
export function nearestOf(table: NeighbourTable, k: number): NeighbourTable {
  if (k >= table.k) return table;
  const indices = new Int32Array(table.count * k);
  const distances = new Float32Array(table.count * k);
  for (let point = 0; point < table.count; point++) {
    const from = point * table.k;
    indices.set(table.indices.subarray(from, from + k), point * k);
    distances.set(table.distances.subarray(from, from + k), point * k);
  }
  return { ...table, k, indices, distances };
}
