/**
 * How the integers of a partition cut one record's items into rows: for every kind, where each row ends. What TensorFlow
 * only checks with `validate=True` is always checked here.
 */
import type { Partition } from "./specs.ts";

/** Kinds of partitions that a feature's integers describe. */
export type KeyedPartition = Extract<Partition, { readonly key: string }>;

/** More rows than this in one record are taken for damage. */
const MAX_ROWS = 1 << 24;

/**
 * Ends of the rows of `count` items, counted from the first item.
 *
 * @throws RangeError in words when the integers do not cut exactly these items
 */
export function rowEnds({ by }: KeyedPartition, integers: readonly number[], count: number): number[] {
  const ends = READERS[by](integers, count);
  for (let row = 0; row < ends.length; row++)
    if (!((ends[row - 1] ?? 0) <= ends[row]!))
      throw new RangeError(`row ${row} ends at ${ends[row]}, before it starts`);
  const last = ends.at(-1) ?? 0;
  if (last !== count) throw new RangeError(`it makes rows of ${last} values, but there are ${count}`);
  return ends;
}

type Reader = (integers: readonly number[], count: number) => number[];

const READERS: { readonly [By in KeyedPartition["by"]]: Reader } = {
  rowSplits(splits) {
    if ((splits[0] ?? 0) !== 0) throw new RangeError(`row splits start with 0, not ${splits[0]}`);
    return splits.slice(1);
  },
  rowLimits: (limits) => [...limits],
  rowLengths(lengths) {
    let end = 0;
    return lengths.map((length) => (end += length));
  },
  rowStarts(starts, count) {
    if ((starts[0] ?? 0) !== 0) throw new RangeError(`row starts start with 0, not ${starts[0]}`);
    return starts.length === 0 ? [] : [...starts.slice(1), count];
  },
  valueRowIds(ids, count) {
    if (ids.length !== count) throw new RangeError(`${ids.length} value row ids for ${count} values`);
    const rows = (ids.at(-1) ?? -1) + 1;
    if (rows > MAX_ROWS)
      throw new RangeError(`a value row id is ${rows - 1}, beyond the ${MAX_ROWS} rows that are read`);
    const ends = Array.from({ length: Math.max(0, rows) }, () => 0);
    for (const [place, id] of ids.entries()) {
      if (id < 0 || id < (ids[place - 1] ?? 0))
        throw new RangeError(`value row ids do not grow from 0: ${id} at ${place}`);
      ends[id] = place + 1;
    }
    // A row without values ends where the one before does.
    for (let row = 1; row < ends.length; row++) ends[row] = Math.max(ends[row]!, ends[row - 1]!);
    return ends;
  },
};
