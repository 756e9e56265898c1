/** One number a step, kept as a 32-bit float: the scalars dashboard. */
import { checkOptions, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { ScalarRecorder } from "../scalar-recorder.ts";
import { isTensorLike, type TensorLike, toNumber } from "../tensor-like.ts";

const DEFAULTS: SummaryOptions = {};

/**
 * Writes a number.
 *
 * @param value NaN and infinities included; or a tensor without dimensions
 * @returns whether it was kept
 * @throws ValueError when the value is not a number, ShapeError when it is a tensor with dimensions
 * @throws TagError, StepError
 * @example
 * for (let step = 0; step < 100; step++) writer.scalar("train/loss", 1 / (step + 1), { step });
 */
export function scalar(
  recorder: ScalarRecorder,
  tag: string,
  value: number | TensorLike,
  options: SummaryOptions = DEFAULTS,
): boolean {
  if (options !== DEFAULTS) checkOptions(options, SUMMARY_OPTIONS, () => `scalar "${tag}"`);
  if (typeof value === "number") return recorder.scalar(tag, value, options);
  if (!isTensorLike(value)) throw new ValueError(`a scalar is a number, not ${describe(value)}`);
  return recorder.scalar(tag, toNumber(value), options);
}
