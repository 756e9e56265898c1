/**
 * When memory of a step came and went. A log that has a record of every allocation and when it was freed says so itself.
 * Where it has none, or only of what was freed while its node ran, a tensor is taken to live until the last node that
 * takes it has ended.
 */
import { type SortedEdges, sortEdges } from "../boxes/sorted-edges.ts";
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

export interface LiveLine {
  readonly micros: number[];
  readonly live: number[];
  readonly peak: { readonly micros: number; readonly bytes: number };
}

export class Lifetimes {
  readonly source: "allocations" | "outputs";
  readonly all: readonly Lifetime[];
  /** Numbers of lifetimes by execution. */
  readonly #byExecution: SortedEdges;
  /** Changes in the order of time: twice the number of a lifetime where it comes, and one more where it goes. */
  readonly #changes: readonly number[];
  /** Place of each change among them. */
  readonly #places: Uint32Array;

  constructor(source: Lifetimes["source"], all: readonly Lifetime[], executions: number) {
    this.source = source;
    this.all = all;
    this.#byExecution = sortEdges(
      all.map(({ execution }) => execution),
      executions,
    );
    this.#changes = inTime(all);
    this.#places = new Uint32Array(2 * all.length);
    for (let place = 0; place < this.#changes.length; place++) this.#places[this.#changes[place]!] = place;
  }

  /** Numbers of what these executions allocated. */
  of(executions: ArrayLike<number>): number[] {
    const { start, edges } = this.#byExecution;
    const numbers: number[] = [];
    for (let i = 0; i < executions.length; i++) {
      const execution = executions[i]!;
      for (let k = start[execution]!; k < start[execution + 1]!; k++) numbers.push(edges[k]!);
    }
    return numbers;
  }

  /** Most that was live at once of what these executions allocated; null where nothing is told. */
  peakOf(executions: ArrayLike<number>): number | null {
    if (this.all.length === 0) return null;
    const own = this.of(executions);
    if (own.length === 0) return null;
    if (own.length === 1) return Math.max(0, this.all[own[0]!]!.bytes);
    let live = 0;
    let peak = 0;
    this.#eachChange(own, (_, bytes) => {
      live += bytes;
      if (live > peak) peak = live;
    });
    return peak;
  }

  /** Bytes that are live after each change, of the lifetimes with these numbers. */
  line(numbers: readonly number[]): LiveLine {
    const micros: number[] = [];
    const live: number[] = [];
    let bytes = 0;
    let peak = { micros: numbers.length === 0 ? 0 : Number.NaN, bytes: 0 };
    this.#eachChange(numbers, (time, change) => {
      bytes += change;
      if (micros.at(-1) === time) live[live.length - 1] = bytes;
      else {
        micros.push(time);
        live.push(bytes);
      }
      if (bytes > peak.bytes || Number.isNaN(peak.micros)) peak = { micros: time, bytes: Math.max(0, bytes) };
    });
    return { micros, live, peak };
  }

  /** What came and went, in the order of time. */
  #eachChange(numbers: readonly number[], take: (micros: number, bytes: number) => void): void {
    const places: number[] = [];
    for (const number of numbers) {
      places.push(this.#places[2 * number]!);
      if (Number.isFinite(this.all[number]!.to)) places.push(this.#places[2 * number + 1]!);
    }
    for (const place of Uint32Array.from(places).sort()) {
      const change = this.#changes[place]!;
      const { from, to, bytes } = this.all[change >>> 1]!;
      if ((change & 1) === 0) take(from, bytes);
      else take(to, -bytes);
    }
  }
}

/** At the same moment, what goes makes room for what comes. */
function inTime(all: readonly Lifetime[]): number[] {
  const micros = new Float64Array(2 * all.length);
  const bytes = new Float64Array(2 * all.length);
  const changes: number[] = [];
  for (let number = 0; number < all.length; number++) {
    const one = all[number]!;
    changes.push(2 * number);
    micros[2 * number] = one.from;
    bytes[2 * number] = one.bytes;
    micros[2 * number + 1] = one.to;
    bytes[2 * number + 1] = -one.bytes;
  }
  // All that come, then all that go: each is nearly in order, which makes sorting quick.
  for (let number = 0; number < all.length; number++)
    if (Number.isFinite(all[number]!.to)) changes.push(2 * number + 1);
  return changes.sort((a, b) => micros[a]! - micros[b]! || bytes[a]! - bytes[b]!);
}

export function lifetimesOf(joined: JoinedStep): Lifetimes {
  const { step } = joined;
  const records = recordedLifetimes(step);
  const complete = records.some(({ execution, to }) => Number.isFinite(to) && to > step.end(execution) + 1);
  return complete
    ? new Lifetimes("allocations", records, step.length)
    : new Lifetimes("outputs", [...heldWhileRunning(records), ...outputLifetimes(joined)], step.length);
}

/** What came, with when as many bytes of the same node and allocator went. */
function recordedLifetimes({ records }: StepColumns): Lifetime[] {
  // Without `shift`, which moves all that wait: a node may have allocated very often.
  const open = new Map<string, { readonly lifetimes: Lifetime[]; ended: number }>();
  const closed: Lifetime[] = [];
  for (const { execution, allocator, micros, bytes } of records) {
    const key = `${execution} ${Math.abs(bytes)} ${allocator}`;
    const waiting = open.get(key) ?? { lifetimes: [], ended: 0 };
    open.set(key, waiting);
    const to = Number.POSITIVE_INFINITY;
    if (bytes > 0) waiting.lifetimes.push({ execution, allocator, bytes, from: micros, to });
    else if (bytes < 0) {
      const first = waiting.lifetimes[waiting.ended];
      if (!first) continue;
      waiting.ended++;
      closed.push({ ...first, to: micros });
    }
  }
  return [...closed, ...[...open.values()].flatMap(({ lifetimes, ended }) => lifetimes.slice(ended))];
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
function lastUses(joined: JoinedStep): (execution: number, slot: number) => number {
  const { uses, connections } = joined.model;
  // Of the graph's own nodes, and of those of functions at each of their calls.
  const ends = new Float64Array(joined.model.columns.length);
  const inCalls = new Map<number, number>();
  const endOf = (place: number): number => (place < ends.length ? ends[place]! : (inCalls.get(place) ?? 0));
  for (let execution = 0; execution < joined.step.length; execution++) {
    const end = joined.step.end(execution);
    joined.eachPlace(execution, (place) => {
      if (end <= endOf(place)) return;
      if (place < ends.length) ends[place] = end;
      else inCalls.set(place, end);
    });
  }
  return (execution, slot) => {
    if (!joined.isInGraph(execution)) return 0;
    const row = joined.rowOf[execution]!;
    let last = 0;
    for (let i = uses.start[row]!; i < uses.start[row + 1]!; i++) {
      const input = uses.edges[i]!;
      if (connections.output[input] !== slot) continue;
      last = Math.max(last, endOf(joined.placeBeside(execution, joined.model.rowOfInput(input))));
    }
    return last;
  };
}
