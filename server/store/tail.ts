/** The growing end of a series: points as plain columns until there are enough to seal into a block. */
import { Block, type PointArrays, type PointRows } from "./block.ts";

/** Points of a full tail, and so of a block. */
export const BLOCK_POINTS = 512;
const FIRST_CAPACITY = 8;

export class Tail implements PointRows {
  count = 0;
  #steps: Float64Array | BigInt64Array = new Float64Array(0);
  #walls = new Float64Array(0);
  #values = new Float32Array(0);

  get isFull(): boolean {
    return this.count === BLOCK_POINTS;
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

  /** Appends a point; the tail must not be full. */
  push(step: number | bigint, wall: number, value: number): void {
    if (this.count === this.#walls.length) this.#grow(this.count + 1);
    const row = this.count++;
    if (typeof step === "bigint" || this.#steps instanceof BigInt64Array) this.#widen()[row] = BigInt(step);
    else this.#steps[row] = step;
    this.#walls[row] = wall;
    this.#values[row] = value;
  }

  /** Appends rows `from` to `to`, which must fit; steps are doubles. */
  pushAll(points: PointArrays & { readonly steps: Float64Array }, from: number, to: number): void {
    const end = this.count + to - from;
    if (end > this.#walls.length) this.#grow(end);
    if (this.#steps instanceof BigInt64Array)
      for (let i = from; i < to; i++) this.#steps[this.count + i - from] = BigInt(points.steps[i]!);
    else this.#steps.set(points.steps.subarray(from, to), this.count);
    this.#walls.set(points.walls.subarray(from, to), this.count);
    this.#values.set(points.values.subarray(from, to), this.count);
    this.count = end;
  }

  truncate(count: number): void {
    this.count = count;
  }

  /** All points as a block; the tail is empty after. */
  seal(): Block {
    const block = new Block({ steps: this.#steps, walls: this.#walls, values: this.#values }, this.count);
    this.count = 0;
    // The next block may take long to fill, or never come.
    this.#steps = new Float64Array(0);
    this.#walls = new Float64Array(0);
    this.#values = new Float32Array(0);
    return block;
  }

  #widen(): BigInt64Array {
    if (this.#steps instanceof BigInt64Array) return this.#steps;
    const wide = new BigInt64Array(this.#steps.length);
    for (let i = 0; i < this.count - 1; i++) wide[i] = BigInt(this.#steps[i]!);
    this.#steps = wide;
    return wide;
  }

  #grow(needed: number): void {
    const doubled = Math.max(FIRST_CAPACITY, this.#walls.length * 2);
    const capacity = Math.min(BLOCK_POINTS, Math.max(doubled, Math.ceil(needed / 8) * 8));
    const buffer = new ArrayBuffer(capacity * 20);
    const steps =
      this.#steps instanceof BigInt64Array
        ? new BigInt64Array(buffer, 0, capacity)
        : new Float64Array(buffer, 0, capacity);
    const walls = new Float64Array(buffer, capacity * 8, capacity);
    const values = new Float32Array(buffer, capacity * 16, capacity);
    if (steps instanceof BigInt64Array) steps.set(this.#steps as BigInt64Array);
    else steps.set(this.#steps as Float64Array);
    walls.set(this.#walls);
    values.set(this.#values);
    this.#steps = steps;
    this.#walls = walls;
    this.#values = values;
  }
}
