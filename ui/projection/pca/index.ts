/** Principal components: which engine, and the scores of the rows along them. */
import type { PointSet } from "../point-set.ts";
import type { Pca, PcaOptions } from "../types.ts";
import { inPieces, type Work } from "../work.ts";
import { exactAxes, type PrincipalAxes } from "./exact.ts";

const COMPONENTS = 10;

export function* principalAxes(points: PointSet, _options: PcaOptions): Work<PrincipalAxes> {
  return yield* exactAxes(points);
}

/** The result for the first components of the axes. */
export function* pcaOf(points: PointSet, axes: PrincipalAxes, components = COMPONENTS): Work<Pca> {
  const scores: Float32Array<ArrayBuffer>[] = [];
  for (let c = 0; c < Math.min(components, axes.variances.length); c++)
    scores.push(yield* scoresAlong(points, axes, c));
  const { variances, totalVariance, exact } = axes;
  return { scores, variances: variances.slice(), totalVariance, exact };
}

/** Where all rows lie along one component. */
export function* scoresAlong(
  points: PointSet,
  { directions, means, variances }: PrincipalAxes,
  component: number,
): Work<Float32Array<ArrayBuffer>> {
  if (!(component >= 0 && component < variances.length))
    throw new RangeError(`there is no component ${component}: there are ${variances.length}`);
  const { data, dims, count } = points;
  const direction = directions.subarray(component * dims, (component + 1) * dims);
  const offset = means.reduce((sum, mean, d) => sum + mean * direction[d]!, 0);
  const scores = new Float32Array(count);
  yield* inPieces("scores", count, Math.ceil(4e6 / dims), (from, to) => {
    for (let point = from, at = from * dims; point < to; point++) {
      let sum = -offset;
      for (let d = 0; d < dims; d++) sum += data[at++]! * direction[d]!;
      scores[point] = sum;
    }
  });
  return points.spread(scores, 1, Number.NaN);
}
