/** PR curves counted from predictions, weighted too, and from counts. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { bytes, numbers } from "../data.ts";
import { perTag, tagsOf } from "../routes.ts";

const options = { step: 2 };

export const prCurves: InteropKind = {
  name: "pr-curve",
  ours: "`prCurve`",
  theirs: "`pb` and `raw_data_pb` of `tensorboard.plugins.pr_curve.summary`",
  cases: [
    prCase("few", [1, 0, 1, 0], [0.9, 0.4, 0.6, 0.6], 3),
    prCase(
      "many",
      bytes(1000).map((x) => x & 1),
      numbers(1000).map(Math.abs).map(Math.fround),
      201,
    ),
    prCase("edges", [1, 0, 1], [0, 1, 0.5], 11),
    prCase("one class", [1, 1], [0.25, 0.75], 5),
    prCase("weighted", [1, 0, 1], [0.2, 0.4, 0.8], 6, [0.5, 2, 1]),
    countsCase("counts", {
      truePositives: [75, 64, 21, 5, 0],
      falsePositives: [150, 105, 18, 0, 0],
      trueNegatives: [0, 45, 132, 150, 150],
      falseNegatives: [0, 11, 54, 70, 75],
    }),
    lastScalar,
  ],
  routes: [
    tagsOf("pr_curves"),
    perTag("pr_curves/pr_curves", "steps, precision, recall, thresholds and all four counts"),
  ],
};

function prCase(
  tag: string,
  labels: readonly number[],
  predictions: readonly number[],
  thresholds: number,
  weights?: readonly number[],
): Case {
  const ours = { labels, predictions: Float32Array.from(predictions), weights };
  const log: Case["log"] = (writer) => writer.prCurve(tag, ours, { ...options, thresholds });
  return { kind: "prCurve", tag, data: { labels, predictions, weights }, options, thresholds, log };
}

function countsCase(tag: string, data: Parameters<Parameters<Case["log"]>[0]["prCurve"]>[1]): Case {
  return { kind: "prCounts", tag, data, options, log: (writer) => writer.prCurve(tag, data, options) };
}
