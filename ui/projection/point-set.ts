/**
 * The points that everything is computed from: the rows without those left out, or a sample of them, normalised in place. Going back to what
 * was loaded needs only the centroid and the lengths, so that the vectors are held once.
 */

import { Kernels } from "./kernels/index.ts";
import { randomNumbers, sampleOf } from "./random.ts";
import { type Survey, survey } from "./survey.ts";
import {
  type LoadedVectors,
  type LoadOptions,
  type Metric,
  type Normalise,
  SPHERE_FROM_DIMS,
  type Stage,
  type TakeOptions,
  type Vectors,
} from "./types.ts";
import { inPieces, type Work } from "./work.ts";

/** Bytes of a piece of work on rows, such that it takes a few milliseconds. */
const PIECE_BYTES = 8 << 20;

export class PointSet {
  /** Points: the rows that are not left out. */
  readonly count: number;
  readonly dims: number;
  readonly rows: number;
  readonly leftOut: Uint32Array<ArrayBuffer>;
  readonly duplicates: number;
  readonly constantDims: number;
  normalise: Normalise = "none";
  metric: Metric = "cosine";
  /** Where the points are computed with. */
  readonly kernels: Kernels;
  /** Numbers from one point to the next: the dimensions, and zeros up to a multiple of four. */
  readonly stride: number;
  /** Where point 0 lies in the kernels' memory. */
  readonly at: number;
  /** Where there is room for one vector. */
  readonly queryAt: number;
  /** Where there is room for one number a point. */
  readonly columnAt: number;
  /** Of the vectors as loaded. */
  private readonly centroid: Float64Array<ArrayBuffer>;
  private readonly centroidAt: number;
  private readonly inversesAt: number;
  /** From the centroid; set while normalised. */
  private lengths: Float32Array<ArrayBuffer> | undefined;
  /** Whether a point has no direction, and the cosine to it no meaning but 0. */
  private hasZero = false;
  /** Row of each point; undefined where they are the same. */
  private readonly rowOfPoint: Uint32Array<ArrayBuffer> | undefined;

  /** @param sample the rows that were taken, ascending; undefined: all */
  private constructor(
    vectors: Vectors,
    kernels: Kernels,
    at: number,
    found: Survey,
    sample: Uint32Array<ArrayBuffer> | undefined,
  ) {
    this.rows = vectors.rows;
    this.dims = vectors.dims;
    this.stride = strideOf(vectors.dims);
    this.kernels = kernels;
    this.at = at;
    const taken = sample?.length ?? this.rows;
    this.leftOut = sample ? found.leftOut.map((place) => sample[place]!) : found.leftOut;
    this.count = taken - found.leftOut.length;
    const places = found.leftOut.length > 0 ? this.closeUp(taken, found.leftOut) : undefined;
    this.rowOfPoint = sample && places ? places.map((place) => sample[place]!) : (places ?? sample);
    this.centroid = found.centroid;
    this.duplicates = found.duplicates;
    this.constantDims = found.constantDims;
    this.queryAt = kernels.reserve(this.stride * 4);
    this.centroidAt = kernels.reserve(this.stride * 4);
    this.inversesAt = kernels.reserve(this.count * 4);
    this.columnAt = kernels.reserve(this.count * 4);
    kernels.floats(this.centroidAt, this.stride).fill(0);
    kernels.floats(this.centroidAt, this.dims).set(this.centroid);
  }

  /** Moves the vectors to where they are computed with: what they lay in is given back, where the platform can. */
  static *load(vectors: Vectors, options: TakeOptions = {}): Work<PointSet> {
    const { data, rows, dims } = vectors;
    if (!(rows > 0 && dims > 0)) throw new RangeError("there are no vectors");
    if (data.length < rows * dims)
      throw new RangeError(
        `${rows} rows of ${dims} dimensions need ${rows * dims} numbers; there are ${data.length}`,
      );
    const kernels = new Kernels();
    const stride = strideOf(dims);
    const sample = sampled(rows, options.sample);
    const taken = sample?.length ?? rows;
    const at = kernels.reserve(taken * stride * 4);
    const target = kernels.floats(at, taken * stride);
    yield* inPieces("load", taken, Math.ceil(PIECE_BYTES / (4 * stride)), (from, to) => {
      if (stride === dims && !sample) target.set(data.subarray(from * dims, to * dims), from * dims);
      else
        for (let place = from; place < to; place++) {
          const row = sample ? sample[place]! : place;
          target.set(data.subarray(row * dims, (row + 1) * dims), place * stride);
        }
    });
    release(data);
    const points = new PointSet(vectors, kernels, at, yield* survey(kernels, at, taken, dims), sample);
    yield* points.prepare(options);
    return points;
  }

  /** Changes normalisation and metric. */
  *prepare({ normalise, metric }: LoadOptions): Work<void> {
    const wanted = normalise ?? (this.dims >= SPHERE_FROM_DIMS ? "sphere" : "none");
    this.metric = metric ?? "cosine";
    if (wanted !== this.normalise) yield* this.turn(wanted);
    yield* this.measure();
  }

  /** Pieces of points that take a few milliseconds to go through once. */
  *inPieces(stage: Stage, piece: (from: number, to: number) => void): Work<void> {
    const size = Math.max(1, Math.floor(PIECE_BYTES / (4 * this.stride)));
    yield* inPieces(stage, this.count, size, piece);
  }

  /** Where a point lies in the kernels' memory. */
  address(point: number): number {
    return this.at + point * this.stride * 4;
  }

  /** A view of a point's numbers, good until memory grows. */
  point(point: number): Float32Array<ArrayBuffer> {
    return this.kernels.floats(this.address(point), this.dims);
  }

  /** How distances of a metric are computed and what makes them its own; `metric` by default. */
  distance(metric: Metric = this.metric): Distance {
    if (metric === "euclidean") return { kind: SQUARED, finish: Math.sqrt };
    // Of vectors of length 1, half the squared distance is one less the cosine, without its rounding near 0.
    if (this.normalise === "sphere" && !this.hasZero)
      return { kind: SQUARED, finish: (square) => square / 2 };
    return { kind: COSINE, finish: (distance) => distance };
  }

  /** Tells the kernels which points and which distance are meant. Others may have been since the last break. */
  select(metric: Metric = this.metric): void {
    this.kernels.run.setPoints(
      this.at,
      this.inversesAt,
      this.count,
      this.stride * 4,
      this.distance(metric).kind,
    );
  }

  /** The inverse of a point's length, 0 where it has none. */
  inverseLength(point: number): number {
    return this.kernels.floats(this.inversesAt, this.count)[point]!;
  }

  describe(): LoadedVectors {
    const { rows, dims, normalise, metric, leftOut, count: used, duplicates, constantDims } = this;
    return { rows, dims, normalise, metric, leftOut: leftOut.slice(), used, duplicates, constantDims };
  }

  /** The row's values as they were loaded, to rounding; null where the row is left out. */
  vector(row: number): Float32Array<ArrayBuffer> | null {
    const point = this.pointOf(row);
    if (point < 0) return null;
    const values = this.point(point).slice();
    if (!this.lengths) return values;
    const length = this.lengths[point]!;
    return values.map((value, d) => value * length + this.centroid[d]!);
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

  /** Moves the points to the front; gives the place that each had among those that were taken. */
  private closeUp(taken: number, leftOut: Uint32Array): Uint32Array<ArrayBuffer> {
    const { stride } = this;
    const data = this.kernels.floats(this.at, taken * stride);
    const placeOfPoint = new Uint32Array(this.count);
    let point = 0;
    let out = 0;
    for (let place = 0; place < taken; place++) {
      if (leftOut[out] === place) {
        out++;
        continue;
      }
      data.copyWithin(point * stride, place * stride, (place + 1) * stride);
      placeOfPoint[point++] = place;
    }
    return placeOfPoint;
  }

  private *turn(wanted: Normalise): Work<void> {
    const { kernels, stride, count } = this;
    const there = wanted === "sphere";
    const bytes = stride * 4;
    if (!there) kernels.floats(this.columnAt, count).set(this.lengths!);
    yield* this.inPieces("load", (from, to) => {
      const turn = there ? kernels.run.toSphere : kernels.run.fromSphere;
      turn(this.address(from), to - from, bytes, this.centroidAt, this.columnAt + from * 4);
    });
    this.lengths = there ? kernels.floats(this.columnAt, count).slice() : undefined;
    this.normalise = wanted;
  }

  private *measure(): Work<void> {
    yield* this.inPieces("load", (from, to) => {
      this.select();
      this.kernels.run.measureLengths(from, to);
    });
    this.hasZero = this.kernels.floats(this.inversesAt, this.count).includes(0);
  }
}

/** As points.ts of the kernels numbers them. */
const SQUARED = 0;
const COSINE = 1;

export interface Distance {
  readonly kind: typeof SQUARED | typeof COSINE;
  /** From what the kernels compute to the distance itself; it keeps the order. */
  readonly finish: (computed: number) => number;
}

function sampled(rows: number, sample: TakeOptions["sample"]): Uint32Array<ArrayBuffer> | undefined {
  if (!sample || sample.rows >= rows) return undefined;
  return sampleOf(rows, Math.max(1, Math.floor(sample.rows)), randomNumbers(sample.seed));
}

/** Gives memory back at once: a worker's collector would let as much again lie for long. */
function release({ buffer }: Float32Array<ArrayBuffer>): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, [buffer]);
  port1.close();
}

const strideOf = (dims: number): number => Math.ceil(dims / 4) * 4;
