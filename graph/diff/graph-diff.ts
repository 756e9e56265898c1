/** The difference of two graphs: nodes of the same name are the same, then those of the same structure, moved. */
import { groupBy } from "../group-by.ts";
import type { GraphModel } from "../model.ts";
import type { GraphDiff, GraphDiffEntry } from "../views.ts";
import { changesOf, isSame } from "./node-changes.ts";
import { structures } from "./structure.ts";

/** Entries that are listed; all are counted. */
const MOST_ENTRIES = 10_000;

export function diffGraphs(before: GraphModel, after: GraphModel): GraphDiff {
  const old = rowsByName(before);
  const now = rowsByName(after);
  const entries: GraphDiffEntry[] = [];
  let same = 0;
  const pairs: [number, number][] = [];
  for (const [name, row] of old) {
    const other = now.get(name);
    if (other !== undefined) pairs.push([row, other]);
  }
  const renamed = new Map<string, string>();
  const gone = [...old].filter(([name]) => !now.has(name)).map(([, row]) => row);
  const come = [...now].filter(([name]) => !old.has(name)).map(([, row]) => row);
  const moved = matchStructures(before, gone, after, come);
  for (const [from, to] of moved) renamed.set(nameOf(before, from), nameOf(after, to));

  for (const [row, other] of pairs) {
    const changes = isSame(before, row, after, other) ? [] : changesOf(before, row, after, other, renamed);
    if (changes.length === 0) same++;
    else entries.push(entry("changed", before, row, after, other, changes));
  }
  for (const [row, other] of moved)
    entries.push(
      entry("moved", before, row, after, other, [
        `name: ${nameOf(before, row)} -> ${nameOf(after, other)}`,
        ...changesOf(before, row, after, other, renamed),
      ]),
    );
  const movedFrom = new Set(moved.map(([row]) => row));
  const movedTo = new Set(moved.map(([, row]) => row));
  for (const row of gone)
    if (!movedFrom.has(row)) entries.push(entry("removed", before, row, after, null, []));
  for (const row of come) if (!movedTo.has(row)) entries.push(entry("added", before, null, after, row, []));
  const count = (...kinds: readonly GraphDiffEntry["kind"][]) =>
    entries.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    added: count("added"),
    removed: count("removed"),
    changed: count("changed", "moved"),
    same,
    entries: entries.slice(0, MOST_ENTRIES),
    left_out: Math.max(0, entries.length - MOST_ENTRIES),
  };
}

/** Rows by the names that the boxes have, of several the last. */
function rowsByName({ tree, columns }: GraphModel): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < columns.length; row++) rows.set(tree.rowNames[row]!, row);
  return rows;
}

const nameOf = ({ tree }: GraphModel, row: number): string => tree.rowNames[row]!;

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

function entry(
  kind: GraphDiffEntry["kind"],
  before: GraphModel,
  row: number | null,
  after: GraphModel,
  other: number | null,
  changes: readonly string[],
): GraphDiffEntry {
  const op = other !== null ? after.columns.opOf(other) : row !== null ? before.columns.opOf(row) : null;
  return {
    kind,
    before: row === null ? null : nameOf(before, row),
    after: other === null ? null : nameOf(after, other),
    op,
    changes,
  };
}
