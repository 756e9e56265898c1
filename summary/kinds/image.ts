/** Images at a step, kept as PNG: the images dashboard. */
import { encodeTensor } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import { encodePng, type PixelArray, toBatch } from "../pixels.ts";
import type { Plugin, Recorder } from "../recorder.ts";
import type { TensorLike } from "../tensor-like.ts";

export interface ImageOptions extends SummaryOptions {
  /**
   * [height, width], [height, width, channels] or [count, height, width, channels], with 1 (grey), 2 (grey and
   * alpha), 3 (RGB) or 4 (RGBA) channels. Default: the tensor's own; needed for a typed array.
   */
  readonly shape?: readonly number[] | undefined;
  /** Images written at most, the first ones. Default 3. */
  readonly maxOutputs?: number | undefined;
}

const IMAGES: Plugin = { name: "images" };
const DEFAULTS: ImageOptions = {};
const DEFAULT_OUTPUTS = 3;

/**
 * Writes images of equal size.
 *
 * @param pixels rows from the top, channels interleaved: integers from 0 to 255, floats from 0 to 1 (what lies
 *   outside is cut off), booleans as black and white
 * @returns whether they were kept
 * @throws ShapeError when there is no shape, it does not fit, or is not one of those above
 * @throws ValueError when the pixels are of another type, or `maxOutputs` is not an integer of 0 or more
 * @throws TagError, StepError
 */
export function image(
  recorder: Recorder,
  tag: string,
  pixels: PixelArray | TensorLike,
  options: ImageOptions = DEFAULTS,
): boolean {
  const { maxOutputs = DEFAULT_OUTPUTS } = options;
  if (!Number.isSafeInteger(maxOutputs) || maxOutputs < 0)
    throw new ValueError(`maxOutputs must be an integer of 0 or more, not ${describe(maxOutputs)}`);
  const batch = toBatch(pixels, options.shape);
  const pngs = Array.from({ length: Math.min(batch.count, maxOutputs) }, (_, i) => encodePng(batch, i));
  const tensor = encodeTensor([String(batch.width), String(batch.height), ...pngs]);
  return recorder.tensor(tag, IMAGES, tensor, options);
}
