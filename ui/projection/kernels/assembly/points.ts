/** The points that distances are between: where they lie in memory, how long each is, and which distance counts. */
import { dot, scaledDistance, squaredDistance } from "./dense";

/** The squared Euclidean distance: it orders points as the Euclidean does, and as the cosine where all have length 1. */
const SQUARED: i32 = 0;

let points: usize = 0;
/** 1 / length of each point, 0 where it has none; for the cosine. */
let inverses: usize = 0;
let bytes: usize = 0;
let metric: i32 = SQUARED;
export let pointCount: i32 = 0;

export function setPoints(at: usize, inverseLengths: usize, count: i32, bytesEach: i32, kind: i32): void {
  points = at;
  inverses = inverseLengths;
  pointCount = count;
  bytes = bytesEach;
  metric = kind;
}

// @ts-ignore: decorator
@inline
function at(point: i32): usize {
  return points + <usize>point * bytes;
}

/** The distance that orders: squared Euclidean, or one less the cosine. */
export function between(a: i32, b: i32): f32 {
  if (metric === SQUARED) return squaredDistance(at(a), at(b), bytes);
  return cosine(at(a), load<f32>(inverses + (<usize>a << 2)), b);
}

/** One less the cosine: half the squared distance of the directions, which loses nothing where they are near each other. */
// @ts-ignore: decorator
@inline
function cosine(vector: usize, inverse: f32, point: i32): f32 {
  const other = load<f32>(inverses + (<usize>point << 2));
  // What has no direction is at a right angle to all.
  if (inverse === 0 || other === 0) return 1;
  return 0.5 * scaledDistance(vector, inverse, at(point), other, bytes);
}

/**
 * Distances of points `from` to `to` from a vector.
 *
 * @param inverse 1 / its length
 * @param kind as of `setPoints`
 */
export function distancesFrom(vector: usize, inverse: f32, kind: i32, from: i32, to: i32, out: usize): void {
  for (let i = from; i < to; i++, out += 4)
    store<f32>(
      out,
      kind === SQUARED
        ? squaredDistance(vector, at(i), bytes)
        : cosine(vector, inverse, i),
    );
}

/** Sets the inverse lengths of points `from` to `to`. */
export function measureLengths(from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const square = dot(at(i), at(i), bytes);
    store<f32>(inverses + (<usize>i << 2), square > 0 ? 1 / sqrt<f32>(square) : 0);
  }
}

/**
 * Puts the points of `order` between `from` and `to` that are nearer to a than to b before the others: those on one
 * side of the plane half way.
 *
 * @returns where the second part begins
 */
export function splitByPlane(order: usize, from: i32, to: i32, a: i32, b: i32): i32 {
  let low = from;
  let high = to;
  while (low < high) {
    const point = load<i32>(order + (<usize>low << 2));
    if (between(point, a) <= between(point, b)) low++;
    else {
      high--;
      const other = order + (<usize>high << 2);
      store<i32>(order + (<usize>low << 2), load<i32>(other));
      store<i32>(other, point);
    }
  }
  return low;
}
