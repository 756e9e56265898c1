/** The difference of two graphs: nodes of the same name are the same, then those of the same structure, moved. */
import type { GraphModel } from "../model.ts";
import type { GraphDiff, GraphDiffEntry } from "../views.ts";
import { matchGraphs, nameOf } from "./matching.ts";
import { changesOf, isSame } from "./node-changes.ts";

/** Entries that are listed; all are counted. */
const MOST_ENTRIES = 10_000;

export function diffGraphs(before: GraphModel, after: GraphModel): GraphDiff {
  const { sameName, moved, removed, added } = matchGraphs(before, after);
  const entries: GraphDiffEntry[] = [];
  let same = 0;
  const renamed = new Map<string, string>();
  for (const [from, to] of moved) renamed.set(nameOf(before, from), nameOf(after, to));

  for (const [row, other] of sameName) {
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
  for (const row of removed) entries.push(entry("removed", before, row, after, null, []));
  for (const row of added) entries.push(entry("added", before, null, after, row, []));
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
