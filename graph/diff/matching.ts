/** Which nodes of two graphs are the same: those of one name, then those of one structure, moved. Rows of both. */
import { groupBy } from "../group-by.ts";
import type { GraphModel } from "../model.ts";
import { structures } from "./structure.ts";

type Pairs = readonly (readonly [row: number, other: number])[];

export interface Matching {
  readonly sameName: Pairs;
  readonly moved: Pairs;
  /** Rows of the first graph only. */
  readonly removed: readonly number[];
  /** Rows of the second graph only. */
  readonly added: readonly number[];
}

export function matchGraphs(before: GraphModel, after: GraphModel): Matching {
  const old = rowsByName(before);
  const now = rowsByName(after);
  const sameName: [number, number][] = [];
  for (const [name, row] of old) {
    const other = now.get(name);
    if (other !== undefined) sameName.push([row, other]);
  }
  const gone = [...old].filter(([name]) => !now.has(name)).map(([, row]) => row);
  const come = [...now].filter(([name]) => !old.has(name)).map(([, row]) => row);
  const moved = matchStructures(before, gone, after, come);
  const movedFrom = new Set(moved.map(([row]) => row));
  const movedTo = new Set(moved.map(([, row]) => row));
  return {
    sameName,
    moved,
    removed: gone.filter((row) => !movedFrom.has(row)),
    added: come.filter((row) => !movedTo.has(row)),
  };
}

/** The name that the box of a row has. */
export const nameOf = ({ tree }: GraphModel, row: number): string => tree.rowNames[row]!;

/** Rows by the names that the boxes have, of several the last. */
function rowsByName({ tree, columns }: GraphModel): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < columns.length; row++) rows.set(tree.rowNames[row]!, row);
  return rows;
}

/** Pairs of the same structure, where both graphs have as many of it: in the order of their names. */
function matchStructures(
  before: GraphModel,
  gone: readonly number[],
  after: GraphModel,
  come: readonly number[],
): [number, number][] {
  if (gone.length === 0 || come.length === 0) return [];
  const old = structures(before);
  const now = structures(after);
  const candidates = groupBy(come, (row) => now[row]!);
  const pairs: [number, number][] = [];
  for (const [hash, rows] of groupBy(gone, (row) => old[row]!)) {
    const others = candidates.get(hash);
    if (others?.length !== rows.length) continue;
    const from = byName(before, rows);
    const to = byName(after, others);
    for (const [i, row] of from.entries()) pairs.push([row, to[i]!]);
  }
  return pairs;
}

function byName(model: GraphModel, rows: readonly number[]): number[] {
  return [...rows].sort((a, b) => (nameOf(model, a) < nameOf(model, b) ? -1 : 1));
}
