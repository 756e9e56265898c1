/** The nearest rows of one, or of any vector: all are looked at, so nothing is missed. */
import type { PointSet } from "../point-set.ts";
import type { Nearest, NearestOptions } from "../types.ts";
import type { Work } from "../work.ts";
import { smallest } from "./recall.ts";

/** In one go: looking at all takes some milliseconds. */
export function* nearestRows(points: PointSet, { of, k, metric, bins }: NearestOptions): Work<Nearest> {
  const { kernels, count, columnAt } = points;
  const self = typeof of === "number" ? points.pointOf(of) : -1;
  if (typeof of === "number" && self < 0)
    throw new RangeError(`row ${of} has a NaN or an infinity, or is not in the sample: nothing is near it`);
  const { kind, finish } = points.distance(metric);
  points.select(metric);
  const query = typeof of === "number" ? points.address(self) : placeQuery(points, of);
  const inverse = typeof of === "number" ? points.inverseLength(self) : inverseLength(of);
  kernels.run.distancesFrom(query, inverse, kind, 0, count, columnAt);
  const distances = kernels.floats(columnAt, count);
  const found = smallest(distances, Math.max(0, Math.min(k, count - (self < 0 ? 0 : 1))), self);
  const order = Array.from(found.ids.keys()).sort(
    (a, b) => found.values[a]! - found.values[b]! || found.ids[a]! - found.ids[b]!,
  );
  return {
    rows: Uint32Array.from(order, (i) => points.rowOf(found.ids[i]!)),
    distances: Float32Array.from(order, (i) => finish(found.values[i]!)),
    ...(bins ? { histogram: histogramOf(distances, finish, bins, self) } : {}),
  };
}

function placeQuery(points: PointSet, vector: Float32Array): number {
  const { kernels, queryAt, stride, dims } = points;
  if (vector.length !== dims)
    throw new RangeError(`the vector has ${vector.length} dimensions, the rows have ${dims}`);
  const room = kernels.floats(queryAt, stride);
  room.fill(0);
  room.set(vector);
  return queryAt;
}

function inverseLength(vector: Float32Array): number {
  const length = Math.hypot(...vector);
  return length > 0 ? 1 / length : 0;
}

function histogramOf(
  computed: Float32Array,
  finish: (computed: number) => number,
  bins: number,
  except: number,
): NonNullable<Nearest["histogram"]> {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let i = 0; i < computed.length; i++) {
    if (i === except) continue;
    if (computed[i]! < low) low = computed[i]!;
    if (computed[i]! > high) high = computed[i]!;
  }
  const from = Number.isFinite(low) ? finish(low) : 0;
  const to = finish(high);
  const counts = new Uint32Array(bins);
  const scale = to > from ? bins / (to - from) : 0;
  for (let i = 0; i < computed.length; i++) {
    if (i === except) continue;
    const bin = Math.min(bins - 1, Math.floor((finish(computed[i]!) - from) * scale));
    counts[bin] = counts[bin]! + 1;
  }
  return { from, to, counts };
}
