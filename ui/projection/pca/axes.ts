/** The axes of a cloud of points: what every engine of PCA finds. */
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";

export interface PrincipalAxes {
  /** Along each axis, largest first; all where exact. */
  readonly variances: Float64Array<ArrayBuffer>;
  readonly totalVariance: number;
  readonly exact: boolean;
  /** Where the points lie along an axis, a number a point. */
  readonly scores: (component: number) => Work<Float32Array<ArrayBuffer>>;
}

/** How far each point is along a direction, seen from the means. */
export function* scoresAlong(
  points: PointSet,
  direction: Float64Array,
  means: Float64Array,
): Work<Float32Array<ArrayBuffer>> {
  const { kernels, stride, count } = points;
  const sign = signOf(direction);
  const offset = means.reduce((sum, mean, d) => sum + sign * mean * direction[d]!, 0);
  const room = kernels.room();
  try {
    const directionAt = room.reserve(stride * 4);
    kernels.floats(directionAt, stride).fill(0);
    kernels.floats(directionAt, direction.length).set(direction.map((value) => sign * value));
    const out = room.reserve(count * 4);
    yield* points.inPieces("scores", (from, to) =>
      kernels.run.dotsWith(points.address(from), to - from, stride * 4, directionAt, offset, out + from * 4),
    );
    return kernels.floats(out, count).slice();
  } finally {
    room.free();
  }
}

/** An axis has no sign of its own: the number farthest from 0 is made positive, so that pictures stay as they are. */
export function signOf(direction: Float64Array): 1 | -1 {
  let farthest = 0;
  for (const value of direction) if (Math.abs(value) > Math.abs(farthest)) farthest = value;
  return farthest < 0 ? -1 : 1;
}
