/** Distributions of values of every range, and buckets that were counted elsewhere. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { arrayOf, bytes, type Numeric, numbers } from "../data.ts";
import { perTag, points, tagsOf, timeSeries } from "../routes.ts";

const float32 = { few: [1, 2, 3], many: numbers(5000), equal: [0.1, 0.1], one: [-7], none: [] };
const float64 = { tiny: numbers(500, 1e-300), huge: numbers(500, 1e300), wide: numbers(3000, 1e5) };

export const histograms: InteropKind = {
  name: "histogram",
  ours: "`histogram`",
  theirs: "`tf.summary.histogram`; ready buckets `tf.summary.write`",
  cases: [
    ...Object.entries(float32).map(([tag, values]) => histogramCase(tag, "float32", values)),
    ...Object.entries(float64).map(([tag, values]) => histogramCase(tag, "float64", values)),
    histogramCase("integers", "int32", bytes(1000)),
    ...[1, 2, 7, 0].map((buckets) => histogramCase(`buckets/${buckets}`, "float32", numbers(400), buckets)),
    histogramCase("buckets/none", "float32", [], 4),
    histogramCase("buckets/equal", "float32", [2, 2, 2], 4),
    readyCase("ready", [3, 0, 1.5], [-1, 0, 0.5, 10]),
    lastScalar,
  ],
  routes: [
    tagsOf("histograms"),
    perTag("histograms/histograms", "every bucket's edges and count", { compare: points }),
    tagsOf("distributions"),
    perTag("distributions/distributions", "the nine quantiles", { compare: points }),
    timeSeries("histograms", "every bucket's edges and count"),
  ],
};

function histogramCase(name: string, dtype: Numeric, data: readonly number[], buckets?: number): Case {
  const tag = `histogram/${name}`;
  const options = buckets === undefined ? { step: 0 } : { step: 0, buckets };
  const log: Case["log"] = (writer) => writer.histogram(tag, arrayOf(dtype, data), options);
  return { kind: "histogram", tag, data, dtype, shape: [data.length], options, log };
}

function readyCase(tag: string, counts: readonly number[], edges: readonly number[]): Case {
  const data = counts.map((count, i) => [edges[i], edges[i + 1], count]);
  const options = { step: 4 };
  return { kind: "buckets", tag, data, options, log: (w) => w.histogram(tag, { counts, edges }, options) };
}
