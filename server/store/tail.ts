/** The growing end of a series: points as plain lists, until there are enough to seal into a block. */
import type { PointRows } from "./points.ts";

/** Points of a full tail. */
export const TAIL_POINTS = 512;

export class Tail implements PointRows {
  #steps: (number | bigint)[] = [];
  #walls: number[] = [];
  #values: number[] = [];

  get count(): number {
    return this.#walls.length;
  }

  stepAt(row: number): number | bigint {
    return this.#steps[row]!;
  }

  wallAt(row: number): number {
    return this.#walls[row]!;
  }

  valueAt(row: number): number {
    return this.#values[row]!;
  }

  push(step: number | bigint, wall: number, value: number): void {
    this.#steps.push(step);
    this.#walls.push(wall);
    this.#values.push(value);
  }

  /** Forgets the rows from `count` on. */
  truncate(count: number): void {
    this.#steps.length = count;
    this.#walls.length = count;
    this.#values.length = count;
  }

  stepColumn(from: number, to: number): Float64Array | BigInt64Array {
    const steps = this.#steps.slice(from, to);
    if (steps.some((step) => typeof step === "bigint")) return BigInt64Array.from(steps, BigInt);
    const column = new Float64Array(steps.length);
    for (let i = 0; i < column.length; i++) column[i] = Number(steps[i]);
    return column;
  }

  wallColumn(from: number, to: number): Float64Array {
    return new Float64Array(this.#walls.slice(from, to));
  }

  valueColumn(from: number, to: number): Float32Array {
    return new Float32Array(this.#values.slice(from, to));
  }

  /** The same points, to which no more is added. */
  copy(): Tail {
    const copy = new Tail();
    copy.#steps = this.#steps.slice();
    copy.#walls = this.#walls.slice();
    copy.#values = this.#values.slice();
    return copy;
  }
}
