/** Principal components: which engine finds them, and the answer. */
import type { PointSet } from "../point-set.ts";
import type { Pca, PcaOptions } from "../types.ts";
import type { Work } from "../work.ts";
import type { PrincipalAxes } from "./axes.ts";
import { exactAxes } from "./exact.ts";
import { gramAxes } from "./gram.ts";
import { randomisedAxes } from "./randomised.ts";

export const COMPONENTS = 10;
/** A larger matrix than of so many rows takes more than some ten seconds. */
const MOST_EXACT = 1500;
/** So many multiplications for the covariance take as long. */
const MOST_PRODUCTS = 1e11;

/** @param options.components matters to the randomised engine alone */
export function* principalAxes(points: PointSet, options: PcaOptions): Work<PrincipalAxes> {
  const { dims, count } = points;
  const size = Math.min(dims, count);
  const tooLong = size > MOST_EXACT || (count * dims * size) / 2 > MOST_PRODUCTS;
  const engine = options.engine ?? (tooLong ? "randomised" : "exact");
  if (engine === "randomised" && size > 1)
    return yield* randomisedAxes(points, options.components ?? COMPONENTS, options.seed ?? 42);
  return yield* count < dims ? gramAxes(points) : exactAxes(points);
}

/** The answer for the first components of the axes. */
export function* pcaOf(points: PointSet, axes: PrincipalAxes, components = COMPONENTS): Work<Pca> {
  const scores: Float32Array<ArrayBuffer>[] = [];
  for (let c = 0; c < Math.min(components, axes.variances.length); c++)
    scores.push(yield* componentOf(points, axes, c));
  const { variances, totalVariance, exact } = axes;
  return { scores, variances: variances.slice(), totalVariance, exact };
}

/** Where all rows lie along one component. */
export function* componentOf(
  points: PointSet,
  axes: PrincipalAxes,
  component: number,
): Work<Float32Array<ArrayBuffer>> {
  const known = axes.variances.length;
  if (!(Number.isInteger(component) && component >= 0 && component < known))
    throw new RangeError(
      `there is no component ${component}: ${axes.exact ? "there are" : "known are"} ${known}`,
    );
  return points.spread(yield* axes.scores(component), 1, Number.NaN);
}
