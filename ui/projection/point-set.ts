/**
 * The points that everything is computed from: the rows without those left out, normalised in place. Going back to what
 * was loaded needs only the centroid and the lengths, so that the vectors are held once.
 */

import type { Vectors } from "./types.ts";
import {
  type LoadedVectors,
  type LoadOptions,
  type Metric,
  type Normalise,
  SPHERE_FROM_DIMS,
} from "./types.ts";
import type { Work } from "./work.ts";

const ROWS_A_PIECE = 1 << 14;

export class PointSet {
  /** Points: the rows that are not left out. */
  readonly count: number;
  readonly dims: number;
  /** Point after point. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly leftOut: Uint32Array<ArrayBuffer>;
  readonly duplicates: number;
  readonly constantDims: number;
  normalise: Normalise = "none";
  metric: Metric = "cosine";
  /** Of the vectors as loaded. */
  private readonly centroid: Float64Array<ArrayBuffer>;
  /** From the centroid; set while normalised. */
  private lengths: Float32Array<ArrayBuffer> | undefined;
  /** Row of each point; undefined where they are the same. */
  private readonly rowOfPoint: Uint32Array<ArrayBuffer> | undefined;

  private constructor(vectors: Vectors, found: Findings) {
    this.rows = vectors.rows;
    this.dims = vectors.dims;
    this.leftOut = found.leftOut;
    this.count = this.rows - this.leftOut.length;
    this.data = vectors.data;
    this.rowOfPoint = this.leftOut.length > 0 ? closeUp(vectors, this.leftOut) : undefined;
    this.centroid = found.centroid;
    this.duplicates = found.duplicates;
    this.constantDims = found.constantDims;
  }

  /** Takes the vectors as its own: they are changed in place. */
  static *load(vectors: Vectors, options: LoadOptions = {}): Work<PointSet> {
    if (vectors.data.length < vectors.rows * vectors.dims)
      throw new RangeError(
        `${vectors.rows} rows of ${vectors.dims} dimensions need ${vectors.rows * vectors.dims} numbers; there are ${vectors.data.length}`,
      );
    const points = new PointSet(vectors, yield* lookThrough(vectors));
    yield* points.prepare(options);
    return points;
  }

  /** Changes normalisation and metric. */
  *prepare({ normalise, metric }: LoadOptions): Work<void> {
    const wanted = normalise ?? (this.dims >= SPHERE_FROM_DIMS ? "sphere" : "none");
    this.metric = metric ?? "cosine";
    if (wanted === this.normalise) return;
    if (wanted === "sphere") yield* this.toSphere();
    else yield* this.fromSphere();
    this.normalise = wanted;
  }

  describe(): LoadedVectors {
    const { rows, dims, normalise, metric, leftOut, duplicates, constantDims } = this;
    return { rows, dims, normalise, metric, leftOut: leftOut.slice(), duplicates, constantDims };
  }

  /** The row's values as they were loaded, to rounding; null where the row is left out. */
  vector(row: number): Float32Array<ArrayBuffer> | null {
    const point = this.pointOf(row);
    if (point < 0) return null;
    const values = this.data.slice(point * this.dims, (point + 1) * this.dims);
    if (!this.lengths) return values;
    return values.map((value, d) => value * (this.lengths![point] || 1) + this.centroid[d]!);
  }

  /** The number of the row among the points; -1 where it is left out. */
  pointOf(row: number): number {
    if (!Number.isInteger(row) || row < 0 || row >= this.rows)
      throw new RangeError(`there is no row ${row}: there are ${this.rows}`);
    if (!this.rowOfPoint) return row;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rowOfPoint[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return this.rowOfPoint[low] === row ? low : -1;
  }

  rowOf(point: number): number {
    return this.rowOfPoint ? this.rowOfPoint[point]! : point;
  }

  /** Values of points as values of rows, `width` each; rows left out get `missing`. */
  spread<T extends Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
    ofPoints: T,
    width: number,
    missing: number,
  ): T {
    if (!this.rowOfPoint) return ofPoints;
    const { rowOfPoint, rows } = this;
    const wide = new (ofPoints.constructor as new (length: number) => T)(rows * width);
    wide.fill(missing);
    for (let point = 0; point < this.count; point++)
      for (let i = 0; i < width; i++) wide[rowOfPoint[point]! * width + i] = ofPoints[point * width + i]!;
    return wide;
  }

  /** Values of rows as values of points, `width` each. */
  gather<T extends Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(ofRows: T, width: number): T {
    if (!this.rowOfPoint) return ofRows;
    const dense = new (ofRows.constructor as new (length: number) => T)(this.count * width);
    for (let point = 0; point < this.count; point++)
      for (let i = 0; i < width; i++) dense[point * width + i] = ofRows[this.rowOfPoint[point]! * width + i]!;
    return dense;
  }

  private *toSphere(): Work<void> {
    const { data, dims, count, centroid } = this;
    const lengths = new Float32Array(count);
    for (let point = 0; point < count; point++) {
      const at = point * dims;
      let square = 0;
      for (let d = 0; d < dims; d++) {
        const value = data[at + d]! - centroid[d]!;
        square += value * value;
      }
      const length = Math.sqrt(square);
      lengths[point] = length;
      // A point in the centroid has no direction: it stays there.
      const scale = length > 0 ? 1 / length : 0;
      for (let d = 0; d < dims; d++) data[at + d] = (data[at + d]! - centroid[d]!) * scale;
      if (point % ROWS_A_PIECE === 0) yield { stage: "load", done: point, of: count };
    }
    this.lengths = lengths;
  }

  private *fromSphere(): Work<void> {
    const { data, dims, count, centroid } = this;
    const lengths = this.lengths!;
    for (let point = 0; point < count; point++) {
      const at = point * dims;
      for (let d = 0; d < dims; d++) data[at + d] = data[at + d]! * lengths[point]! + centroid[d]!;
      if (point % ROWS_A_PIECE === 0) yield { stage: "load", done: point, of: count };
    }
    this.lengths = undefined;
  }
}

interface Findings {
  readonly leftOut: Uint32Array<ArrayBuffer>;
  readonly centroid: Float64Array<ArrayBuffer>;
  readonly duplicates: number;
  readonly constantDims: number;
}

/** One pass over all rows. */
function* lookThrough({ data, rows, dims }: Vectors): Work<Findings> {
  const leftOut: number[] = [];
  const sums = new Float64Array(dims);
  const smallest = new Float32Array(dims).fill(Number.POSITIVE_INFINITY);
  const largest = new Float32Array(dims).fill(Number.NEGATIVE_INFINITY);
  const seen = new SeenRows(data, rows, dims);
  for (let row = 0; row < rows; row++) {
    const at = row * dims;
    let finite = true;
    for (let d = 0; d < dims; d++) if (!Number.isFinite(data[at + d]!)) finite = false;
    if (finite) {
      for (let d = 0; d < dims; d++) {
        const value = data[at + d]!;
        sums[d] = sums[d]! + value;
        if (value < smallest[d]!) smallest[d] = value;
        if (value > largest[d]!) largest[d] = value;
      }
      seen.add(row);
    } else leftOut.push(row);
    if (row % ROWS_A_PIECE === 0) yield { stage: "load", done: row, of: rows };
  }
  const count = rows - leftOut.length;
  return {
    leftOut: Uint32Array.from(leftOut),
    centroid: sums.map((sum) => (count > 0 ? sum / count : 0)),
    duplicates: seen.duplicates,
    constantDims: smallest.reduce((found, value, d) => found + (value === largest[d] ? 1 : 0), 0),
  };
}

/** Rows that were met, by their values; equal ones are counted. */
class SeenRows {
  duplicates = 0;
  private readonly data: Float32Array<ArrayBuffer>;
  private readonly dims: number;
  private readonly bits: Uint32Array;
  private readonly slots: Int32Array;

  constructor(data: Float32Array<ArrayBuffer>, rows: number, dims: number) {
    this.data = data;
    this.dims = dims;
    this.bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1))).fill(-1);
  }

  add(row: number): void {
    const { slots } = this;
    let slot = this.hash(row) & (slots.length - 1);
    while (slots[slot]! >= 0) {
      if (this.equal(slots[slot]!, row)) {
        this.duplicates++;
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = row;
  }

  private hash(row: number): number {
    let hash = 0;
    for (let at = row * this.dims, end = at + this.dims; at < end; at++)
      hash = Math.imul(hash ^ this.bits[at]!, 0x9e3779b1) ^ (hash >>> 15);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  private equal(a: number, b: number): boolean {
    for (let d = 0; d < this.dims; d++)
      if (this.data[a * this.dims + d] !== this.data[b * this.dims + d]) return false;
    return true;
  }
}

/** Moves the rows that stay to the front; gives the row of each. */
function closeUp({ data, rows, dims }: Vectors, leftOut: Uint32Array): Uint32Array<ArrayBuffer> {
  const rowOfPoint = new Uint32Array(rows - leftOut.length);
  let point = 0;
  let out = 0;
  for (let row = 0; row < rows; row++) {
    if (leftOut[out] === row) {
      out++;
      continue;
    }
    if (point !== row) data.copyWithin(point * dims, row * dims, (row + 1) * dims);
    rowOfPoint[point++] = row;
  }
  return rowOfPoint;
}
