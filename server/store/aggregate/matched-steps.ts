/**
 * Points of several runs, grouped by their steps: window after window of steps, so that little is in memory at a time
 * however long the runs are.
 */
import type { PointReader, StepPoints } from "./point-reader.ts";
import { unionOf } from "./union.ts";

/** Doubles are exact as integers up to here. */
const EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** @param readers one a run */
export function* matchSteps(readers: readonly PointReader[]): Generator<StepWindow> {
  let active = readers.filter((reader) => reader.fill());
  while (active.length > 0) {
    const { base, until } = nextWindow(active);
    yield new StepWindow(
      base,
      active.map((reader) => countedFrom(base, reader.take(until))),
    );
    active = active.filter((reader) => reader.fill());
  }
}

/** A window ends where the first of the pieces at hand does, so that every run's points in it are at hand. */
function nextWindow(active: readonly PointReader[]): { base: bigint; until: number | bigint } {
  let [first, until] = active[0]!.ends;
  let wide = false;
  for (const { ends } of active) {
    if (ends[0] < first) first = ends[0];
    if (ends[1] < until) until = ends[1];
    wide ||= typeof ends[0] === "bigint";
  }
  if (!wide) return { base: 0n, until };
  // Beyond 2^53, steps are counted from the window's first on: as differences, doubles are exact again.
  const base = BigInt(first);
  return { base, until: until > base + EXACT ? base + EXACT : until };
}

/** Points whose steps are counted from some step on. */
interface CountedPoints {
  readonly steps: Float64Array;
  readonly values: Float32Array;
}

function countedFrom(base: bigint, { steps, values }: StepPoints): CountedPoints {
  if (steps instanceof Float64Array && base === 0n) return { steps, values };
  const counted = Float64Array.from({ length: steps.length }, (_, i) => Number(BigInt(steps[i]!) - base));
  return { steps: counted, values };
}

/** What the runs have at the steps of a window, in order. */
export class StepWindow {
  readonly #base: bigint;
  readonly #steps: Float64Array;
  /** Where each step's values start in `#values`; where the last one's end is after them. */
  readonly #starts: Int32Array;
  readonly #values: Float64Array;
  readonly #nans: Int32Array;

  constructor(base: bigint, parts: readonly CountedPoints[]) {
    this.#base = base;
    this.#steps = unionOf(parts.map(({ steps }) => steps));
    const count = this.#steps.length;
    this.#nans = new Int32Array(count);
    this.#starts = new Int32Array(count + 1);
    const points = parts.reduce((sum, { values }) => sum + values.length, 0);
    this.#values = new Float64Array(points);
    // Mostly every run has every step, and there is no NaN.
    if (points === parts.length * count && this.#placeAll(parts)) return;
    for (const part of parts) this.#count(part);
    for (let i = 0; i < count; i++) this.#starts[i + 1]! += this.#starts[i]!;
    const next = this.#starts.slice();
    for (const part of parts) this.#place(part, next);
  }

  /** Places the values of runs that all have every step; false when one of them is NaN. */
  #placeAll(parts: readonly CountedPoints[]): boolean {
    const placed = this.#values;
    const runs = parts.length;
    for (const [run, { values }] of parts.entries())
      for (let i = 0, at = run; i < values.length; i++, at += runs) {
        const value = values[i]!;
        if (Number.isNaN(value)) return false;
        placed[at] = value;
      }
    for (let i = 0; i < this.#starts.length; i++) this.#starts[i] = i * runs;
    return true;
  }

  #count({ steps, values }: CountedPoints): void {
    const all = this.#steps;
    for (let i = 0, at = 0; i < steps.length; i++, at++) {
      while (all[at]! < steps[i]!) at++;
      if (Number.isNaN(values[i])) this.#nans[at]!++;
      else this.#starts[at + 1]!++;
    }
  }

  /** @param next where each step's next value goes */
  #place({ steps, values }: CountedPoints, next: Int32Array): void {
    const all = this.#steps;
    const placed = this.#values;
    for (let i = 0, at = 0; i < steps.length; i++, at++) {
      while (all[at]! < steps[i]!) at++;
      const value = values[i]!;
      if (!Number.isNaN(value)) placed[next[at]!++] = value;
    }
  }

  /** Number of steps. */
  get length(): number {
    return this.#steps.length;
  }

  /** Exactly; a bigint where a double would not be. */
  stepAt(row: number): number | bigint {
    const offset = this.#steps[row]!;
    if (this.#base === 0n) return offset;
    const step = this.#base + BigInt(offset);
    const narrow = Number(step);
    return Number.isSafeInteger(narrow) ? narrow : step;
  }

  /** The runs' values at a step, without NaN. */
  valuesAt(row: number): Float64Array {
    return this.#values.subarray(this.#starts[row], this.#starts[row + 1]);
  }

  /** How many of the runs have NaN at a step. */
  nansAt(row: number): number {
    return this.#nans[row]!;
  }
}
