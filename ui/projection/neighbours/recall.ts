/** How many of the true neighbours an approximate index found, measured on points taken by chance. */
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";

/**
 * @param isFound whether a point is among those found for the sampled one
 * @param sample points
 */
export function* measureRecall(
  points: PointSet,
  sample: Uint32Array,
  k: number,
  isFound: (sampled: number, point: number) => boolean,
): Work<number> {
  let found = 0;
  for (const [done, point] of sample.entries()) {
    for (const near of nearestByLooking(points, point, k)) if (isFound(point, near)) found++;
    yield { stage: "recall", done, of: sample.length };
  }
  return sample.length > 0 ? found / (sample.length * k) : 1;
}

/** The k points nearest to one, by looking at all; itself left out. In no order. */
function nearestByLooking(points: PointSet, point: number, k: number): Int32Array {
  const { kernels, count, columnAt } = points;
  points.select();
  const { kind } = points.distance();
  kernels.run.distancesFrom(points.address(point), points.inverseLength(point), kind, 0, count, columnAt);
  return smallest(kernels.floats(columnAt, count), k, point).ids;
}

/** The ids of the k smallest values and these, by a heap with the largest on top. */
export function smallest(
  values: Float32Array,
  k: number,
  except = -1,
): { readonly ids: Int32Array<ArrayBuffer>; readonly values: Float32Array<ArrayBuffer> } {
  const ids = new Int32Array(k).fill(-1);
  const heap = new Float32Array(k).fill(Number.POSITIVE_INFINITY);
  for (let id = 0; id < values.length; id++) {
    const value = values[id]!;
    if (value >= heap[0]! || id === except) continue;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= k) break;
      if (child + 1 < k && heap[child + 1]! > heap[child]!) child++;
      if (heap[child]! <= value) break;
      heap[hole] = heap[child]!;
      ids[hole] = ids[child]!;
      hole = child;
    }
    heap[hole] = value;
    ids[hole] = id;
  }
  return { ids, values: heap };
}
