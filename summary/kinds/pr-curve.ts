/**
 * Precision over recall of a binary classifier, at thresholds evenly spaced from 0 to 1: the PR curves
 * dashboard. Counted as tensorboard/plugins/pr_curve/summary.py counts.
 */
import { pb } from "../../proto/codec.ts";
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, checkParts, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";
import { type Numbers, toDoubles } from "../tensor-like.ts";

/**
 * What a classifier said, and what is true.
 *
 * @example
 * const data: PrPredictions = { labels: [true, false, true], predictions: [0.9, 0.2, 0.6] };
 * writer.prCurve("is seven", data, { step: 0 });
 */
export interface PrPredictions {
  /** true or 1 where the example is positive, else false or 0. */
  readonly labels: Numbers | readonly boolean[];
  /** Probabilities from 0 to 1 (what lies outside is cut off), as many as labels. */
  readonly predictions: Numbers;
  /** How much each example counts. Default 1. */
  readonly weights?: Numbers | undefined;
}

/**
 * Counts at each threshold, from 0 to 1.
 *
 * @example
 * const data: PrCounts = {
 *   truePositives: [75, 21, 0],
 *   falsePositives: [150, 18, 0],
 *   trueNegatives: [0, 132, 150],
 *   falseNegatives: [0, 54, 75],
 * };
 * writer.prCurve("counted elsewhere", data, { step: 0 });
 */
export interface PrCounts {
  readonly truePositives: Numbers;
  readonly falsePositives: Numbers;
  readonly trueNegatives: Numbers;
  readonly falseNegatives: Numbers;
  /** Default: from the counts. */
  readonly precision?: Numbers | undefined;
  /** Default: from the counts. */
  readonly recall?: Numbers | undefined;
}

/**
 * How many thresholds there are, and what is said of the tag.
 *
 * @example
 * const options: PrCurveOptions = { step: 0, thresholds: 11, displayName: "Sevens" };
 * writer.prCurve("is seven", { labels: [1, 0], predictions: [0.7, 0.4] }, options);
 */
export interface PrCurveOptions extends SummaryOptions {
  /** How many thresholds, 2 or more. Default 201; with counts, as many as they are. */
  readonly thresholds?: number | undefined;
}

const DEFAULTS: PrCurveOptions = {};
const DEFAULT_THRESHOLDS = 201;
const OPTIONS: OptionNames<PrCurveOptions> = { ...SUMMARY_OPTIONS, thresholds: true };
const PREDICTIONS: OptionNames<PrPredictions> = { labels: true, predictions: true, weights: true };
const COUNTS: OptionNames<PrCounts> = {
  truePositives: true,
  falsePositives: true,
  trueNegatives: true,
  falseNegatives: true,
  precision: true,
  recall: true,
};
/** Keeps 0 of 0 at 0. */
const MINIMUM_COUNT = 1e-7;

/**
 * Writes a PR curve.
 *
 * @returns whether it was kept
 * @throws ShapeError when the arrays differ in length
 * @throws ValueError when a part of the data is not known, something is not a number, a label is neither 0 nor 1, or there are fewer than 2 thresholds
 * @throws TagError, StepError
 * @example
 * const labels = [true, false, true, false];
 * const predictions = Float32Array.of(0.9, 0.4, 0.6, 0.6);
 * writer.prCurve("is seven", { labels, predictions }, { step: 0, thresholds: 101 });
 */
export function prCurve(
  recorder: Recorder,
  tag: string,
  data: PrPredictions | PrCounts,
  options: PrCurveOptions = DEFAULTS,
): boolean {
  checkOptions(options, OPTIONS, () => `PR curve "${tag}"`);
  const what = () => `PR curve "${tag}"`;
  let curve: Curve;
  if (isCounted(data)) {
    checkParts(data, COUNTS, what);
    curve = given(data);
  } else {
    checkParts(data, PREDICTIONS, what);
    curve = count(tag, data, options.thresholds ?? DEFAULT_THRESHOLDS, () =>
      recorder.tellOnce(
        "unlikely predictions",
        `${what()}: predictions are probabilities from 0 to 1, and these go beyond: what does is cut off. Give the sigmoid or softmax of logits`,
      ),
    );
  }
  const numThresholds = checkThresholds(curve[0].length);
  if (curve.some((row) => row.length !== numThresholds))
    throw new ShapeError(`counts must be of equal length, not ${curve.map((row) => row.length).join(", ")}`);
  const rows = Float32Array.from(curve.flatMap((row) => Array.from(row)));
  const content = pb.PrCurvePluginData.encode({ numThresholds }).finish();
  return recorder.tensor(
    tag,
    { name: "pr_curves", content },
    encodeTensor(rows, [6, numThresholds]),
    options,
  );
}

function isCounted(data: PrPredictions | PrCounts): data is PrCounts {
  return typeof data === "object" && data !== null && "truePositives" in data;
}

/** True and false positives, true and false negatives, precision, recall. */
type Curve = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function given(counts: PrCounts): Curve {
  const truePositives = toDoubles(counts.truePositives);
  const falsePositives = toDoubles(counts.falsePositives);
  const falseNegatives = toDoubles(counts.falseNegatives);
  return [
    truePositives,
    falsePositives,
    toDoubles(counts.trueNegatives),
    falseNegatives,
    counts.precision ? toDoubles(counts.precision) : share(truePositives, falsePositives),
    counts.recall ? toDoubles(counts.recall) : share(truePositives, falseNegatives),
  ];
}

/** @param onUnlikely called once where predictions are no probabilities */
function count(
  tag: string,
  { labels, predictions, weights }: PrPredictions,
  thresholds: number,
  onUnlikely: () => void,
): Curve {
  checkThresholds(thresholds);
  const truths = labelsOf(tag, labels);
  const said = toDoubles(predictions);
  const counted = weights === undefined ? undefined : toDoubles(weights);
  if (said.length !== truths.length || (counted && counted.length !== truths.length))
    throw new ShapeError(
      `${truths.length} labels, but ${said.length} predictions, ${counted?.length ?? "no"} weights`,
    );
  // A prediction is positive at its own threshold and all below, so the counts add up from the highest.
  const positives = new Float64Array(thresholds);
  const negatives = new Float64Array(thresholds);
  for (let i = 0; i < said.length; i++) {
    const bucket = bucketOf(said[i]!, thresholds, predictions instanceof Float32Array);
    const weight = counted?.[i] ?? 1;
    positives[bucket]! += truths[i]! * weight;
    negatives[bucket]! += (1 - truths[i]!) * weight;
  }
  if (said.some((one) => one < -0.001 || one > 1.001)) onUnlikely();
  const truePositives = fromTheTop(positives);
  const falsePositives = fromTheTop(negatives);
  return given({
    truePositives,
    falsePositives,
    trueNegatives: falsePositives.map((value) => falsePositives[0]! - value),
    falseNegatives: truePositives.map((value) => truePositives[0]! - value),
  });
}

/** The highest threshold that the prediction reaches; single precision is multiplied in single precision. */
function bucketOf(prediction: number, thresholds: number, single: boolean): number {
  if (Number.isNaN(prediction)) throw new ValueError("a prediction is NaN");
  const scaled = Math.min(1, Math.max(0, prediction)) * (thresholds - 1);
  return Math.floor(single ? Math.fround(scaled) : scaled);
}

function fromTheTop(buckets: Float64Array): Float64Array {
  const sums = buckets.slice();
  for (let i = sums.length - 2; i >= 0; i--) sums[i]! += sums[i + 1]!;
  return sums;
}

function share(part: Float64Array, others: Float64Array): Float64Array {
  return part.map((value, i) => value / Math.max(MINIMUM_COUNT, value + (others[i] ?? 0)));
}

function labelsOf(tag: string, labels: Numbers | readonly boolean[]): Float64Array {
  const truths = isBooleans(labels) ? Float64Array.from(labels, Number) : toDoubles(labels);
  const odd = truths.findIndex((truth) => truth !== 0 && truth !== 1);
  if (odd < 0) return truths;
  throw new ValueError(
    `PR curve "${tag}": a label is true or 1 where the example is positive, else false or 0, but label ${odd} is ${truths[odd]}: compare with the class that the curve is of`,
  );
}

/** Also where some are 0 or 1. */
function isBooleans(labels: Numbers | readonly boolean[]): labels is readonly boolean[] {
  return Array.isArray(labels) && labels.some((label) => typeof label === "boolean");
}

function checkThresholds(thresholds: number): number {
  if (Number.isSafeInteger(thresholds) && thresholds >= 2) return thresholds;
  throw new ValueError(`a PR curve has 2 or more thresholds, not ${describe(thresholds)}`);
}
