/** Reads the points of a series in order of step, as they were when it was made, a piece at a time. */
import type { RowSlice } from "../points.ts";
import { search } from "../search.ts";

/** Points in order of step. Steps are bigints where a double would not be exact. */
export interface StepPoints {
  readonly steps: Float64Array | BigInt64Array;
  readonly values: Float32Array;
}

const NONE: StepPoints = { steps: new Float64Array(0), values: new Float32Array(0) };

export class PointReader {
  readonly #slices: readonly RowSlice[];
  readonly #pieceRows: number;
  #slice = 0;
  /** Rows of the slice that were read. */
  #read = 0;
  #piece = NONE;
  /** Points of the piece that were taken. */
  #taken = 0;

  /** @param pieceRows most points to hold at a time */
  constructor(slices: readonly RowSlice[], pieceRows: number) {
    this.#slices = slices;
    this.#pieceRows = pieceRows;
  }

  /** Reads the next piece where the last is used up; false when there is none. */
  fill(): boolean {
    if (this.#taken < this.#piece.values.length) return true;
    const slice = this.#slices[this.#slice];
    if (!slice) return false;
    const from = slice.from + this.#read;
    const to = Math.min(slice.to, from + this.#pieceRows);
    this.#piece = { steps: slice.rows.stepColumn(from, to), values: slice.rows.valueColumn(from, to) };
    this.#taken = 0;
    this.#read += to - from;
    if (to === slice.to) {
      this.#slice++;
      this.#read = 0;
    }
    return true;
  }

  /** The first step of the piece that was not taken, and the last one. */
  get ends(): readonly [number | bigint, number | bigint] {
    const { steps } = this.#piece;
    return [steps[this.#taken]!, steps[steps.length - 1]!];
  }

  /** Takes the piece's points up to a step, that one included. */
  take(until: number | bigint): StepPoints {
    const { steps, values } = this.#piece;
    const from = this.#taken;
    const to = this.ends[1] <= until ? steps.length : search(steps.length, (i) => steps[i]! > until, from);
    this.#taken = to;
    return { steps: steps.subarray(from, to), values: values.subarray(from, to) };
  }
}
