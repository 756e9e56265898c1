/** The curve 1 / (1 + a x^2b) by which UMAP holds points together, for how close they may lie. */

export interface Curve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
const SPREAD = 1;

/** Fitted by least squares (Levenberg and Marquardt) to 1 up to `minDist` and an exponential fall beyond, as umap-learn does. */
export function curveFor(minDist: number): Curve {
  const xs = Float64Array.from({ length: SAMPLES }, (_, i) => (i * 3 * SPREAD) / (SAMPLES - 1));
  const ys = xs.map((x) => (x < minDist ? 1 : Math.exp(-(x - minDist) / SPREAD)));
  let curve: Curve = { a: 1, b: 1 };
  let error = squaredError(curve, xs, ys);
  let damping = 1e-3;
  for (let turn = 0; turn < 200 && damping < 1e12; turn++) {
    const next = stepFrom(curve, xs, ys, damping);
    const nextError = squaredError(next, xs, ys);
    if (nextError < error) {
      const settled = error - nextError < 1e-14;
      [curve, error, damping] = [next, nextError, damping / 10];
      if (settled) break;
    } else damping *= 10;
  }
  return curve;
}

function valueAt({ a, b }: Curve, x: number): number {
  return 1 / (1 + a * x ** (2 * b));
}

function squaredError(curve: Curve, xs: Float64Array, ys: Float64Array): number {
  if (!(curve.a > 0 && curve.b > 0)) return Number.POSITIVE_INFINITY;
  return xs.reduce((sum, x, i) => sum + (valueAt(curve, x) - ys[i]!) ** 2, 0);
}

function stepFrom(curve: Curve, xs: Float64Array, ys: Float64Array, damping: number): Curve {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    if (x === 0) continue;
    const value = valueAt(curve, x);
    const power = x ** (2 * curve.b);
    const byA = -value * value * power;
    const byB = byA * curve.a * 2 * Math.log(x);
    const residual = ys[i]! - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * residual;
    rb += byB * residual;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab || Number.MIN_VALUE;
  return {
    a: curve.a + (ra * bb - rb * ab) / determinant,
    b: curve.b + (rb * aa - ra * ab) / determinant,
  };
}
