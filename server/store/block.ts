/**
 * A sealed run of points, packed: steps as a stride where they are even, wall times as 32-bit differences, values
 * as float32. Nothing is rounded: every number comes back as it was read.
 */

/** Points that can be looked up by row. Steps are bigints where a double would not be exact. */
export interface PointRows {
  readonly count: number;
  stepAt(row: number): number | bigint;
  /** Seconds since the epoch. */
  wallAt(row: number): number;
  valueAt(row: number): number;
}

/** Points to seal. `steps` ascend strictly. */
export interface PointArrays {
  readonly steps: Float64Array | BigInt64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
}

/**
 * Doubles from 2^30 to 2^31 are whole multiples of 2^-22: in that unit, wall times from 2004 to 2038 are integers,
 * and so are their differences.
 */
const WALL_UNIT = 2 ** -22;
const WALL_MIN = 2 ** 30;
const WALL_MAX = 2 ** 31;
const UINT32_MAX = 2 ** 32 - 1;

export class Block implements PointRows {
  readonly count: number;
  /** Rows of the smallest and the largest value, and of the first NaN; -1 where there is none. */
  readonly lowest: number;
  readonly highest: number;
  readonly nan: number;
  readonly values: Float32Array;
  readonly #firstStep: number;
  /** Difference of neighbouring steps, where it is the same for all. */
  readonly #stride: number;
  /** Differences to the first step, or the steps themselves; null when the stride says all. */
  readonly #steps: Uint32Array | Float64Array | BigInt64Array | null;
  readonly #firstWall: number;
  readonly #walls: Uint32Array | Float64Array;

  constructor(points: PointArrays, count: number) {
    const steps = points.steps.subarray(0, count);
    const walls = points.walls.subarray(0, count);
    this.count = count;
    this.#firstStep = Number(steps[0]);
    this.#stride = steps instanceof Float64Array ? strideOf(steps) : 0;
    this.#firstWall = walls[0]!;
    const stepBytes = this.#stride > 0 ? 0 : stepWidth(steps);
    const wallBytes = wallWidth(walls);
    // One buffer a block: views are cheap, allocations are not. Wider elements first, so that all are aligned.
    const buffer = new ArrayBuffer(count * (stepBytes + wallBytes + 4));
    const parts = [
      { bytes: stepBytes, at: 0 },
      { bytes: wallBytes, at: 0 },
      { bytes: 4, at: 0 },
    ];
    let at = 0;
    for (const part of [...parts].sort((a, b) => b.bytes - a.bytes)) {
      part.at = at;
      at += part.bytes * count;
    }
    this.#steps = this.#stride > 0 ? null : packSteps(steps, stepBytes, buffer, parts[0]!.at);
    this.#walls = packWalls(walls, wallBytes, buffer, parts[1]!.at);
    this.values = new Float32Array(buffer, parts[2]!.at, count);
    this.values.set(points.values.subarray(0, count));
    ({ lowest: this.lowest, highest: this.highest, nan: this.nan } = extremes(this.values));
  }

  /** Bytes of the packed columns. */
  get bytes(): number {
    return this.values.buffer.byteLength;
  }

  stepAt(row: number): number | bigint {
    const steps = this.#steps;
    if (steps === null) return this.#firstStep + row * this.#stride;
    const step = steps[row]!;
    return steps instanceof Uint32Array ? this.#firstStep + Number(step) : step;
  }

  wallAt(row: number): number {
    const wall = this.#walls[row]!;
    return this.#walls instanceof Uint32Array ? this.#firstWall + wall * WALL_UNIT : wall;
  }

  valueAt(row: number): number {
    return this.values[row]!;
  }
}

/** Rows of the smallest and largest number and of the first NaN; -1 where there is none. */
export function extremes(values: Float32Array): { lowest: number; highest: number; nan: number } {
  let lowest = -1;
  let highest = -1;
  let nan = -1;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      if (nan < 0) nan = i;
      continue;
    }
    if (value < min || lowest < 0) {
      min = value;
      lowest = i;
    }
    if (value > max || highest < 0) {
      max = value;
      highest = i;
    }
  }
  return { lowest, highest, nan };
}

function strideOf(steps: Float64Array): number {
  const first = steps[0]!;
  const stride = steps.length > 1 ? steps[1]! - first : 1;
  for (let i = 2; i < steps.length; i++) if (steps[i] !== first + i * stride) return 0;
  return stride;
}

function stepWidth(steps: Float64Array | BigInt64Array): 4 | 8 {
  return steps instanceof Float64Array && steps.at(-1)! - steps[0]! <= UINT32_MAX ? 4 : 8;
}

function packSteps(
  steps: Float64Array | BigInt64Array,
  width: number,
  buffer: ArrayBuffer,
  at: number,
): Uint32Array | Float64Array | BigInt64Array {
  const count = steps.length;
  if (steps instanceof BigInt64Array) {
    const packed = new BigInt64Array(buffer, at, count);
    packed.set(steps);
    return packed;
  }
  const packed = width === 4 ? new Uint32Array(buffer, at, count) : new Float64Array(buffer, at, count);
  const base = width === 4 ? steps[0]! : 0;
  for (let i = 0; i < count; i++) packed[i] = steps[i]! - base;
  return packed;
}

function wallWidth(walls: Float64Array): 4 | 8 {
  const first = walls[0]!;
  for (const wall of walls) {
    if (!(wall >= first && wall >= WALL_MIN && wall < WALL_MAX)) return 8;
    if ((wall - first) / WALL_UNIT > UINT32_MAX) return 8;
  }
  return 4;
}

function packWalls(
  walls: Float64Array,
  width: number,
  buffer: ArrayBuffer,
  at: number,
): Uint32Array | Float64Array {
  if (width === 8) {
    const packed = new Float64Array(buffer, at, walls.length);
    packed.set(walls);
    return packed;
  }
  const packed = new Uint32Array(buffer, at, walls.length);
  const first = walls[0]!;
  for (let i = 0; i < walls.length; i++) packed[i] = (walls[i]! - first) / WALL_UNIT;
  return packed;
}
