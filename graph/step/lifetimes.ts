/**
 * When memory of a step came and went. A log that has a record of every allocation and when it was freed says so itself.
 * Where it has none, or only of what was freed while its node ran, a tensor is taken to live until the last node that
 * takes it has ended.
 */
import type { JoinedStep } from "./joined-step.ts";
import { bytesOfOutput, type StepColumns } from "./step-columns.ts";

export interface Lifetime {
  readonly execution: number;
  readonly allocator: string;
  readonly bytes: number;
  readonly from: number;
  /** Infinite: not freed in the step. */
  readonly to: number;
}

export interface Lifetimes {
  readonly source: "allocations" | "outputs";
  readonly all: readonly Lifetime[];
  readonly byExecution: ReadonlyMap<number, readonly Lifetime[]>;
}

export function lifetimesOf(joined: JoinedStep): Lifetimes {
  const { step } = joined;
  const records = recordedLifetimes(step);
  const complete = records.some(({ execution, to }) => Number.isFinite(to) && to > step.end(execution) + 1);
  const all = complete ? records : [...heldWhileRunning(records), ...outputLifetimes(joined)];
  const byExecution = new Map<number, Lifetime[]>();
  for (const one of all) {
    const known = byExecution.get(one.execution);
    if (known) known.push(one);
    else byExecution.set(one.execution, [one]);
  }
  return { source: complete ? "allocations" : "outputs", all, byExecution };
}

/** What came, with when as many bytes of the same node and allocator went. */
function recordedLifetimes({ records }: StepColumns): Lifetime[] {
  const open = new Map<string, Lifetime[]>();
  const closed: Lifetime[] = [];
  for (const { execution, allocator, micros, bytes } of records) {
    const key = `${execution} ${Math.abs(bytes)} ${allocator}`;
    const waiting = open.get(key) ?? [];
    open.set(key, waiting);
    const to = Number.POSITIVE_INFINITY;
    if (bytes > 0) waiting.push({ execution, allocator, bytes, from: micros, to });
    else if (bytes < 0) {
      const first = waiting.shift();
      if (first) closed.push({ ...first, to: micros });
    }
  }
  return [...closed, ...[...open.values()].flat()];
}

function heldWhileRunning(records: readonly Lifetime[]): Lifetime[] {
  return records.filter(({ to }) => Number.isFinite(to));
}

/** Outputs from when their node began until the last that takes them ended; those that share memory once. */
function outputLifetimes(joined: JoinedStep): Lifetime[] {
  const { step } = joined;
  const lastUse = lastUses(joined);
  const byPointer = new Map<string, { from: number; to: number; at: number }>();
  const lifetimes: Lifetime[] = [];
  const inOrder = [...step.outputs].sort((a, b) => step.start[a.execution]! - step.start[b.execution]!);
  for (const output of inOrder) {
    const { execution, slot, allocator, pointer } = output;
    const bytes = bytesOfOutput(output);
    if (bytes === 0) continue;
    const from = step.start[execution]!;
    const to = Math.max(step.end(execution), lastUse(execution, slot));
    const shared = pointer === "" || pointer === "0" ? undefined : byPointer.get(pointer);
    if (shared && shared.to >= from) {
      // The same memory goes on: a reshaped tensor, or one that was changed in place.
      if (to > shared.to) lifetimes[shared.at] = { ...lifetimes[shared.at]!, to };
      shared.to = Math.max(shared.to, to);
      continue;
    }
    const at = lifetimes.push({ execution, allocator, bytes, from, to }) - 1;
    if (pointer !== "" && pointer !== "0") byPointer.set(pointer, { from, to, at });
  }
  return lifetimes;
}

/** When the last node that takes an output has ended. */
function lastUses({ model, step, rowOf }: JoinedStep): (execution: number, slot: number) => number {
  const { uses, connections } = model;
  const ends = new Map<number, number>();
  for (const [execution, row] of rowOf.entries())
    if (row !== -1) ends.set(row, Math.max(ends.get(row) ?? 0, step.end(execution)));
  return (execution, slot) => {
    const row = rowOf[execution]!;
    if (row === -1) return 0;
    let last = 0;
    for (let i = uses.start[row]!; i < uses.start[row + 1]!; i++) {
      const input = uses.edges[i]!;
      if (connections.output[input] !== slot) continue;
      last = Math.max(last, ends.get(model.rowOfInput(input)) ?? 0);
    }
    return last;
  };
}

/** Most that was live at once of what these executions allocated; null where nothing is told. */
export function peakOf({ byExecution }: Lifetimes, executions: readonly number[]): number | null {
  const own = executions.flatMap((execution) => byExecution.get(execution) ?? []);
  return own.length === 0 ? null : liveLine(own).peak.bytes;
}

export interface LiveLine {
  readonly micros: number[];
  readonly live: number[];
  readonly peak: { readonly micros: number; readonly bytes: number };
}

/** Bytes that are live after each change. */
export function liveLine(lifetimes: readonly Lifetime[]): LiveLine {
  const changes: { readonly micros: number; readonly bytes: number }[] = [];
  for (const { from, to, bytes } of lifetimes) {
    changes.push({ micros: from, bytes });
    if (Number.isFinite(to)) changes.push({ micros: to, bytes: -bytes });
  }
  // At the same moment, what goes makes room for what comes.
  changes.sort((a, b) => a.micros - b.micros || a.bytes - b.bytes);
  const micros: number[] = [];
  const live: number[] = [];
  let bytes = 0;
  let peak = { micros: changes[0]?.micros ?? 0, bytes: 0 };
  for (const change of changes) {
    bytes += change.bytes;
    if (micros.at(-1) === change.micros) live[live.length - 1] = bytes;
    else {
      micros.push(change.micros);
      live.push(bytes);
    }
    if (bytes > peak.bytes) peak = { micros: change.micros, bytes };
  }
  return { micros, live, peak };
}
