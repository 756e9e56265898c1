/** Points, as columns and as rows. */

/** Points that can be looked up by row. Steps are bigints where a double would not be exact. */
export interface PointRows {
  readonly count: number;
  stepAt(row: number): number | bigint;
  /** Seconds since the epoch. */
  wallAt(row: number): number;
  valueAt(row: number): number;
  /** Rows as plain columns, the caller's own. */
  stepColumn(from: number, to: number): Float64Array | BigInt64Array;
  wallColumn(from: number, to: number): Float64Array;
  /** The same of values, which is not the caller's: it may be the store's own memory. */
  valueColumn(from: number, to: number): Float32Array;
}

/** Rows as plain columns of their own. */
export function unpack(rows: PointRows, from = 0, to = rows.count): PointArrays {
  return {
    steps: rows.stepColumn(from, to),
    walls: rows.wallColumn(from, to),
    values: rows.valueColumn(from, to).slice(),
  };
}

/** Some rows of a stretch of points: from `from` on, up to but without `to`. */
export interface RowSlice {
  readonly rows: PointRows;
  readonly from: number;
  readonly to: number;
}

/** Points as plain columns. */
export interface PointArrays {
  readonly steps: Float64Array | BigInt64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
}
