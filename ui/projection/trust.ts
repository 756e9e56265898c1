/**
 * How far a picture is to be believed: trustworthiness and continuity (Venna and Kaski 2001), as scikit-learn computes the
 * former. Of few rows all ranks are counted; of many, those of some rows taken by chance, and the others' are estimated.
 */
import { neighbourTable } from "./neighbours/index.ts";
import { smallest } from "./neighbours/recall.ts";
import type { NeighbourTable } from "./neighbours/table.ts";
import { PointSet } from "./point-set.ts";
import { randomNumbers, sampleOf } from "./random.ts";
import type { Trust, TrustOptions } from "./types.ts";
import { run, type Work } from "./work.ts";

const NEIGHBOURS = 15;
/** So much work for all ranks takes some seconds. */
const MOST_EXACT = 3e10;
/** Rows whose ranks are all counted where those of all would take too long. */
const SAMPLE = 1000;
/** Rows against which the others' ranks are estimated. */
const REFERENCES = 512;

/** @param tableFor finds the k nearest of all points by their vectors */
export function* trustOf(
  points: PointSet,
  { positions, k: asked = NEIGHBOURS, seed = 42 }: TrustOptions,
  tableFor: (k: number) => Work<NeighbourTable>,
): Work<Trust> {
  const { count, stride } = points;
  if (count < 4) throw new RangeError(`four points or more have ranks to compare; there are ${count}`);
  if (positions.data.length !== points.rows * positions.dims)
    throw new RangeError(`${points.rows} rows need as many places`);
  const k = Math.max(1, Math.min(asked, Math.ceil(count / 2) - 1));
  const picture = run(
    PointSet.load(
      { data: points.gather(positions.data, positions.dims).slice(), rows: count, dims: positions.dims },
      { normalise: "none", metric: "euclidean" },
    ),
  );
  if (picture.count < count) throw new RangeError("every row that was not left out needs a place");
  const exact = count * count * (stride + 60) <= MOST_EXACT;
  const random = randomNumbers(seed);
  const trust = new Float32Array(count);
  const continuity = new Float32Array(count);
  if (!exact)
    yield* estimateRows(
      points,
      picture,
      yield* tableFor(k),
      k,
      sampleOf(count, REFERENCES, random),
      trust,
      continuity,
    );
  const sample = sampleOf(count, exact ? count : SAMPLE, random);
  const sums = { trust: 0, continuity: 0 };
  for (const [done, point] of sample.entries()) {
    const vectors = distancesOf(points, point);
    const places = distancesOf(picture, point);
    const lost = penalty(vectors, smallest(places, k, point).ids, point, k);
    const torn = penalty(places, smallest(vectors, k, point).ids, point, k);
    trust[point] = 1 - lost * scaleOf(count, k);
    continuity[point] = 1 - torn * scaleOf(count, k);
    sums.trust += lost;
    sums.continuity += torn;
    yield { stage: "ranks", done: done + 1, of: sample.length };
  }
  return {
    k,
    trustworthiness: 1 - (sums.trust * scaleOf(count, k)) / sample.length,
    continuity: 1 - (sums.continuity * scaleOf(count, k)) / sample.length,
    trustworthinessOf: points.spread(trust, 1, Number.NaN),
    continuityOf: points.spread(continuity, 1, Number.NaN),
    sampledRows: sample.length,
    exactPerRow: exact,
  };
}

/** What the largest possible sum of a point's ranks beyond k is divided by, so that it makes 1. */
function scaleOf(count: number, k: number): number {
  return 2 / (k * (2 * count - 3 * k - 1));
}

/** Of one point from all, as they order: a copy, since the next overwrites them. */
function distancesOf(points: PointSet, point: number): Float32Array {
  const { kernels, count, columnAt } = points;
  points.select();
  const { kind } = points.distance();
  kernels.run.distancesFrom(points.address(point), points.inverseLength(point), kind, 0, count, columnAt);
  return kernels.floats(columnAt, count).slice();
}

/** How far beyond rank k the neighbours lie by these distances, together. Rank 1 is the nearest but the point itself. */
function penalty(distances: Float32Array, neighbours: Int32Array, self: number, k: number): number {
  const limits = Float32Array.from(neighbours, (point) => distances[point]!).sort();
  const farthest = limits[limits.length - 1]!;
  // How many are nearer than each limit: first by the first limit that they are under.
  const under = new Uint32Array(limits.length);
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i]!;
    if (distance >= farthest || i === self) continue;
    let place = 0;
    while (distance >= limits[place]!) place++;
    under[place] = under[place]! + 1;
  }
  let nearer = 0;
  let beyond = 0;
  for (let i = 0, equal = 0; i < limits.length; i++) {
    nearer += under[i]!;
    equal = i > 0 && limits[i] === limits[i - 1] ? equal + 1 : 0;
    beyond += Math.max(0, nearer + equal + 1 - k);
  }
  return beyond;
}

/** The figures of all points, with ranks estimated by how many of the references are nearer. */
function* estimateRows(
  points: PointSet,
  picture: PointSet,
  table: NeighbourTable,
  k: number,
  references: Uint32Array,
  trust: Float32Array,
  continuity: Float32Array,
): Work<void> {
  const { count } = points;
  const near = yield* neighbourTable(picture, { k });
  const byVectors = new References(points, references);
  const byPlaces = new References(picture, references);
  try {
    for (let point = 0; point < count; point++) {
      const inVectors = table.indices.subarray(point * table.k, point * table.k + k);
      const inPicture = near.indices.subarray(point * near.k, point * near.k + k);
      trust[point] = 1 - byVectors.penalty(point, inPicture, inVectors, k) * scaleOf(count, k);
      continuity[point] = 1 - byPlaces.penalty(point, inVectors, inPicture, k) * scaleOf(count, k);
      if (point % 64 === 0) yield { stage: "ranks", done: point, of: count };
    }
  } finally {
    byVectors.free();
    byPlaces.free();
  }
}

/** Points taken by chance, copied beside each other, and one place for a point to compare with. */
class References {
  private readonly points: PointSet;
  private readonly room;
  private readonly at: number;
  private readonly inverses: number;
  private readonly out: number;
  private readonly size: number;

  constructor(points: PointSet, references: Uint32Array) {
    const { kernels, stride } = points;
    this.points = points;
    this.room = kernels.room();
    this.size = references.length;
    this.at = this.room.reserve(this.size * stride * 4);
    this.inverses = this.room.reserve(this.size * 4);
    this.out = this.room.reserve(this.size * 4);
    for (const [i, point] of references.entries()) {
      kernels.floats(this.at + i * stride * 4, stride).set(kernels.floats(points.address(point), stride));
      kernels.floats(this.inverses, this.size)[i] = points.inverseLength(point);
    }
  }

  /** As `penalty` has it, of those neighbours that are not among the true ones. */
  penalty(point: number, neighbours: Int32Array, known: Int32Array, k: number): number {
    const { kernels, stride, count, columnAt } = this.points;
    const { kind } = this.points.distance();
    const strangers = neighbours.filter((other) => other >= 0 && !known.includes(other));
    if (strangers.length === 0) return 0;
    const query = this.points.address(point);
    const inverse = this.points.inverseLength(point);
    kernels.run.setPoints(this.at, this.inverses, this.size, stride * 4, kind);
    kernels.run.distancesFrom(query, inverse, kind, 0, this.size, this.out);
    const sorted = kernels.floats(this.out, this.size).sort();
    this.points.select();
    let beyond = 0;
    for (const other of strangers) {
      kernels.run.distancesFrom(query, inverse, kind, other, other + 1, columnAt);
      const rank = (countBelow(sorted, kernels.floats(columnAt, 1)[0]!) / this.size) * (count - 1);
      beyond += Math.max(1, rank - k);
    }
    return beyond;
  }

  free(): void {
    this.room.free();
  }
}

/** How many of the sorted values are less. */
function countBelow(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
