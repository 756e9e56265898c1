/** What differences mean, of two steps: slower, faster, new, gone; of each node, and of each scope by its sum. */
import type { GraphDiff, GraphStepDiff } from "../../../../graph/views.ts";

export interface StepDiffRow {
  readonly name: string;
  readonly op: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly what: "slower" | "faster" | "new" | "gone" | "same";
  /** Microseconds more than before. */
  readonly change: number;
  readonly bytesChange: number;
}

/** Times that differ by less than this share are the same: clocks are not that exact. */
const NOISE = 0.02;

export function stepDiffRows({ rows }: GraphStepDiff): StepDiffRow[] {
  return rows.map(({ name, op, before_micros, after_micros, before_bytes, after_bytes }) => ({
    name,
    op,
    before: before_micros,
    after: after_micros,
    what: whatOf(before_micros, after_micros),
    change: (after_micros ?? 0) - (before_micros ?? 0),
    bytesChange: (after_bytes ?? 0) - (before_bytes ?? 0),
  }));
}

function whatOf(before: number | null, after: number | null): StepDiffRow["what"] {
  if (before === null) return after === null ? "same" : "new";
  if (after === null) return "gone";
  if (Math.abs(after - before) <= NOISE * before) return "same";
  return after > before ? "slower" : "faster";
}

/** From -1 (half the time or less, or gone) to 1 (twice or more, or new), for nodes and the scopes around them. */
export function compareStates({ rows }: GraphStepDiff): Map<string, number> {
  const sums = new Map<string, { before: number; after: number }>();
  const add = (name: string, before: number, after: number): void => {
    const known = sums.get(name);
    if (known) {
      known.before += before;
      known.after += after;
    } else sums.set(name, { before, after });
  };
  for (const { name, before_micros, after_micros } of rows) {
    const [before, after] = [before_micros ?? 0, after_micros ?? 0];
    add(name, before, after);
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1))
      add(name.slice(0, end), before, after);
  }
  return new Map([...sums].map(([name, { before, after }]) => [name, stateOf(before, after)]));
}

function stateOf(before: number, after: number): number {
  if (before === after) return 0;
  if (before === 0) return 1;
  if (after === 0) return -1;
  return Math.max(-1, Math.min(1, Math.log2(after / before)));
}

/**
 * What a difference of graphs says of a name as a number: new in the graph -1 and gone 1, the ends of a step's scale; what
 * is neither stands beyond the scale, and has colours of its own.
 */
export const DIFF_MARKS = { added: -1, removed: 1, changed: 2, moved: 3 } as const;
/** Of a scope that has such names in it. */
export const DIFF_INSIDE = 4;

/** Of a difference of graphs, for the names of one of them, or of both as one. */
export function diffStates({ entries }: GraphDiff, side: "before" | "after" | "both"): Map<string, number> {
  const states = new Map<string, number>();
  for (const entry of entries) {
    const name = side === "both" ? (entry.after ?? entry.before) : entry[side];
    if (name !== null) states.set(name, DIFF_MARKS[entry.kind]);
  }
  // A scope shows that something in it differs.
  for (const name of [...states.keys()])
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1))
      if (!states.has(name.slice(0, end))) states.set(name.slice(0, end), DIFF_INSIDE);
  return states;
}
