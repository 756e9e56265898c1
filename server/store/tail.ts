/** The growing end of a series: points as plain lists, until there are enough to seal into a block. */
import type { PointArrays, PointRows } from "./points.ts";

/** Points of a full tail. */
export const TAIL_POINTS = 512;

export class Tail implements PointRows {
  readonly #steps: (number | bigint)[] = [];
  readonly #walls: number[] = [];
  readonly #values: number[] = [];

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

  /** Its points as plain columns. */
  unpack(): PointArrays {
    const wide = this.#steps.some((step) => typeof step === "bigint");
    return {
      steps: wide ? BigInt64Array.from(this.#steps, BigInt) : Float64Array.from(this.#steps, Number),
      walls: Float64Array.from(this.#walls),
      values: Float32Array.from(this.#values),
    };
  }
}
