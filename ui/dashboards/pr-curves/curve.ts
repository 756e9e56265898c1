/** A PR curve as its tensor has it, up to the last threshold at which anything is called positive. */
import type { Tensor } from "../../../client/records-table.ts";
import { PR_CURVE_ROWS, thresholds } from "../../../values/pr-curve.ts";

export interface Curve {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly trueNegatives: Float64Array;
  readonly falseNegatives: Float64Array;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
}

/** A tensor of shape [6, thresholds] as a curve; null for anything else. */
export function curveOf({ shape, data }: Tensor): Curve | null {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || rows < PR_CURVE_ROWS.length) return null;
  if (columns === undefined || columns < 1 || typeof data[0] === "string") return null;
  const row = (name: (typeof PR_CURVE_ROWS)[number]): Float64Array => {
    const start = PR_CURVE_ROWS.indexOf(name) * columns;
    return Float64Array.from({ length: columns }, (_, i) => Number(data[start + i]));
  };
  const [truePositives, falsePositives] = [row("true_positives"), row("false_positives")];
  // Beyond the last prediction precision is not defined.
  let last = columns - 1;
  while (last > 0 && truePositives[last]! + falsePositives[last]! === 0) last--;
  const upTo = (values: Float64Array): Float64Array => values.subarray(0, last + 1);
  return {
    thresholds: upTo(Float64Array.from(thresholds(columns))),
    truePositives: upTo(truePositives),
    falsePositives: upTo(falsePositives),
    trueNegatives: upTo(row("true_negatives")),
    falseNegatives: upTo(row("false_negatives")),
    precision: upTo(row("precision")),
    recall: upTo(row("recall")),
  };
}

/** Harmonic mean of precision and recall. */
export function f1({ precision, recall }: Curve, at: number): number {
  const [p, r] = [precision[at]!, recall[at]!];
  return p + r > 0 ? (2 * p * r) / (p + r) : 0;
}

/**
 * Area under the curve, by trapezoids between thresholds. To the left of the highest threshold precision goes on as it is
 * there.
 */
export function areaUnder({ precision, recall }: Curve): number {
  const last = precision.length - 1;
  let area = precision[last]! * recall[last]!;
  for (let i = 0; i < last; i++)
    area += ((precision[i]! + precision[i + 1]!) / 2) * (recall[i]! - recall[i + 1]!);
  return area;
}

/** The threshold nearest to a place in the plane of recall and precision. */
export function nearestThreshold({ precision, recall }: Curve, atRecall: number, atPrecision: number) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < recall.length; i++) {
    const distance = Math.hypot(recall[i]! - atRecall, precision[i]! - atPrecision);
    if (distance < least) [best, least] = [i, distance];
  }
  return { at: best, distance: least };
}
