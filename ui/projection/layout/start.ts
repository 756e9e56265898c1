/** Where points are before a layout moves them. */
import type { PrincipalAxes } from "../pca/axes.ts";
import type { PointSet } from "../point-set.ts";
import { gaussian } from "../random.ts";
import type { Positions } from "../types.ts";
import type { Work } from "../work.ts";

/** The first components, point after point; 0 in dimensions that there are not. */
export function* startFromAxes(
  points: PointSet,
  axes: PrincipalAxes,
  dims: number,
): Work<Float32Array<ArrayBuffer>> {
  const start = new Float32Array(points.count * dims);
  for (let d = 0; d < Math.min(dims, axes.variances.length); d++) {
    const scores = yield* axes.scores(d);
    for (let point = 0; point < points.count; point++) start[point * dims + d] = scores[point]!;
  }
  return start;
}

/** Places that were given, of points; those without one start near the middle. */
export function startFromPlaces(
  points: PointSet,
  given: Positions,
  dims: number,
  random: () => number,
): Float32Array<ArrayBuffer> {
  if (given.dims !== dims || given.data.length !== points.rows * dims)
    throw new RangeError(`the start needs ${dims} numbers for each of ${points.rows} rows`);
  const start = points.gather(given.data, dims).slice();
  const width = farthest(start) || 1;
  for (let i = 0; i < start.length; i++)
    if (!Number.isFinite(start[i]!)) start[i] = gaussian(random) * width * 0.1;
  return start;
}

/** Scaled such that the number farthest from 0 is `to`, with a little chance in it: equal places never part. */
export function scaledTo(start: Float32Array, to: number, random: () => number): void {
  const scale = to / (farthest(start) || 1);
  for (let i = 0; i < start.length; i++) start[i] = start[i]! * scale + gaussian(random) * to * 1e-4;
}

/** Scaled such that the first dimension's deviation is `to`. */
export function spreadTo(start: Float32Array, dims: number, to: number, random: () => number): void {
  let sum = 0;
  for (let i = 0; i < start.length; i += dims) sum += start[i]! ** 2;
  const deviation = Math.sqrt(sum / Math.max(1, start.length / dims));
  const scale = deviation > 0 ? to / deviation : 0;
  for (let i = 0; i < start.length; i++) start[i] = start[i]! * scale + gaussian(random) * to * 1e-2;
}

/** Places of kernels, which have room for four numbers each, point after point. */
export function placesOf(padded: Float32Array, count: number, dims: number): Float32Array<ArrayBuffer> {
  const places = new Float32Array(count * dims);
  for (let point = 0; point < count; point++)
    for (let d = 0; d < dims; d++) places[point * dims + d] = padded[point * 4 + d]!;
  return places;
}

/** Shakes places by up to a twentieth of their extent, as stock's "Perturb" does. */
export function shaken(places: Float32Array, random: () => number): void {
  const width = 0.1 * farthest(places);
  for (let i = 0; i < places.length; i++)
    if (places[i] !== 0) places[i] = places[i]! + width * (random() - 0.5);
}

function farthest(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}
