/** Points, as columns and as rows. */

/** Points that can be looked up by row. Steps are bigints where a double would not be exact. */
export interface PointRows {
  readonly count: number;
  stepAt(row: number): number | bigint;
  /** Seconds since the epoch. */
  wallAt(row: number): number;
  valueAt(row: number): number;
}

/** Points as plain columns. */
export interface PointArrays {
  readonly steps: Float64Array | BigInt64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
}
