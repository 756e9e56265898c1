/** Principal components where there are fewer points than dimensions: from the products of all pairs of points. */
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";
import { type PrincipalAxes, signOf } from "./axes.ts";
import { symmetricEigen } from "./eigen.ts";
import { meansOf } from "./exact.ts";

export function* gramAxes(points: PointSet): Work<PrincipalAxes> {
  const { count } = points;
  const { values, vectors } = yield* symmetricEigen(yield* productsOf(points), count);
  const freedom = Math.max(1, count - 1);
  const variances = values.map((value) => Math.max(0, value) / freedom);
  return {
    variances,
    totalVariance: variances.reduce((sum, value) => sum + value, 0),
    exact: true,
    *scores(component) {
      const vector = vectors.subarray(component * count, (component + 1) * count);
      const length = signOf(vector) * Math.sqrt(Math.max(0, values[component]!));
      return Float32Array.from(vector, (value) => value * length);
    },
  };
}

/** count × count, of the points less their mean. */
function* productsOf(points: PointSet): Work<Float64Array<ArrayBuffer>> {
  const { kernels, stride, dims, count } = points;
  const means = yield* meansOf(points);
  const room = kernels.room();
  try {
    const centre = room.reserve(stride * 4);
    const centred = room.reserve(count * stride * 4);
    const out = room.reserve(count * 4);
    kernels.floats(centre, stride).fill(0);
    kernels.floats(centre, dims).set(means);
    kernels.run.subtractCentre(points.at, count, stride * 4, centre, centred);
    const products = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      kernels.run.dotsWith(centred, i + 1, stride * 4, centred + i * stride * 4, 0, out);
      const row = kernels.floats(out, i + 1);
      for (let j = 0; j <= i; j++) {
        products[i * count + j] = row[j]!;
        products[j * count + i] = row[j]!;
      }
      yield { stage: "covariance", done: i, of: count };
    }
    return products;
  } finally {
    room.free();
  }
}
