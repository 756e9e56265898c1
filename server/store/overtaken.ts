/** Points that restarts have overtaken: no longer of the series, but not lost. In the order in which that happened. */
import type { PointRows, RowSlice } from "./points.ts";
import { Tail } from "./tail.ts";

/** Single points gather in lists of this length. */
const GATHERED = 4096;

export class Overtaken {
  readonly #stretches: RowSlice[] = [];
  /** Takes single points, when it is the last of the stretches. */
  #gathering: Tail | null = null;

  /** Number of points. */
  get length(): number {
    return this.stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  get stretches(): readonly RowSlice[] {
    const gathering = this.#gathering;
    return gathering
      ? [...this.#stretches, { rows: gathering, from: 0, to: gathering.count }]
      : this.#stretches;
  }

  /** Keeps rows of points that do not change any more. */
  add(rows: PointRows, from: number, to: number): void {
    this.#endGathering();
    this.#stretches.push({ rows, from, to });
  }

  /** Copies rows of points that may change. */
  copy(rows: PointRows, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      this.#gathering ??= new Tail();
      this.#gathering.push(rows.stepAt(row), rows.wallAt(row), rows.valueAt(row));
      if (this.#gathering.count >= GATHERED) this.#endGathering();
    }
  }

  #endGathering(): void {
    const gathered = this.#gathering;
    if (gathered) this.#stretches.push({ rows: gathered, from: 0, to: gathered.count });
    this.#gathering = null;
  }
}
