/** Images at a step, pixels kept as PNG and encoded ones as they are: the images dashboard. */
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { commonSize, type EncodedImage } from "../encoded-image.ts";
import { ValueError } from "../errors.ts";
import type { NestedNumbers } from "../nested.ts";
import { isNested } from "../nested.ts";
import type { SummaryOptions } from "../options.ts";
import { encodePng, isTooBright, type PixelArray, toBatch } from "../pixels.ts";
import type { Plugin, Recorder } from "../recorder.ts";
import type { TensorLike } from "../tensor-like.ts";

/**
 * How pixels are laid out, and how many images are kept.
 *
 * @example
 * const options: ImageOptions = { step: 1, shape: [10, 28, 28, 1], maxOutputs: 10 };
 * writer.image("digits", new Float32Array(10 * 28 * 28), options);
 */
export interface ImageOptions extends SummaryOptions {
  /**
   * [height, width], [height, width, channels] or [count, height, width, channels], with 1 (grey), 2 (grey and
   * alpha), 3 (RGB) or 4 (RGBA) channels. Default: the tensor's own; needed for pixels in a typed array, and
   * without it bytes are an encoded image.
   */
  readonly shape?: readonly number[] | undefined;
  /** Images written at most, the first ones. Default 3. */
  readonly maxOutputs?: number | undefined;
}

/**
 * Pixels, or files of encoded images.
 *
 * @example
 * const grey: Images = Uint8Array.of(0, 255);
 * writer.image("two pixels", grey, { step: 0, shape: [1, 2] });
 */
export type Images = PixelArray | TensorLike | NestedNumbers | EncodedImage | readonly EncodedImage[];

const IMAGES: Plugin = { name: "images" };
const DEFAULTS: ImageOptions = {};
const DEFAULT_OUTPUTS = 3;
const OPTIONS: OptionNames<ImageOptions> = { ...SUMMARY_OPTIONS, shape: true, maxOutputs: true };

/**
 * Writes images of equal size.
 *
 * @param images pixels, rows from the top, channels interleaved: integers from 0 to 255, floats from 0 to 1 (what
 *   lies outside is cut off, and told once), booleans as black and white; plain and nested arrays are integers where all
 *   are and one is above 1, else floats; or, without a shape, the bytes of a PNG, JPEG, GIF or
 *   WebP, or of several
 * @returns whether they were kept
 * @throws ShapeError when the shape does not fit or is not one of those above, when pixels have none, or when
 *   encoded images differ in size
 * @throws ValueError when the pixels are of another type, an encoded image breaks off before its size, or
 *   `maxOutputs` is not an integer of 0 or more
 * @throws TagError, StepError
 * @example
 * const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => i);
 * writer.image("ramp", pixels, { step: 0, shape: [8, 8, 3] });
 */
export function image(
  recorder: Recorder,
  tag: string,
  images: Images,
  options: ImageOptions = DEFAULTS,
): boolean {
  checkOptions(options, OPTIONS, () => `image "${tag}"`);
  const { maxOutputs = DEFAULT_OUTPUTS, shape } = options;
  if (!Number.isSafeInteger(maxOutputs) || maxOutputs < 0)
    throw new ValueError(`maxOutputs must be an integer of 0 or more, not ${describe(maxOutputs)}`);
  const { width, height, files, tooBright } = isEncoded(images, shape)
    ? encodedFiles(images, maxOutputs)
    : pngFiles(images, shape, maxOutputs);
  if (tooBright) recorder.tellOnce("bright images", brightnessNote(tag));
  return recorder.tensor(tag, IMAGES, encodeTensor([String(width), String(height), ...files]), options);
}

/** Images that are ready to be kept. */
interface ImageFiles {
  readonly width: number;
  readonly height: number;
  readonly files: readonly Uint8Array[];
  /** Whether floats lie beyond 1: somebody takes them for bytes. */
  readonly tooBright: boolean;
}

const brightnessNote = (tag: string): string =>
  `image "${tag}": floats go from 0 (black) to 1 (white), and these go beyond: what does is white. Give bytes, or divide by 255`;

function isEncoded(
  images: Images,
  shape: ImageOptions["shape"],
): images is EncodedImage | readonly EncodedImage[] {
  if (images instanceof Uint8Array) return shape === undefined;
  return Array.isArray(images) && !isNested(images);
}

function encodedFiles(images: EncodedImage | readonly EncodedImage[], maxOutputs: number): ImageFiles {
  const all = images instanceof Uint8Array ? [images] : images;
  const size = commonSize(all);
  return { ...size, files: all.slice(0, maxOutputs), tooBright: false };
}

function pngFiles(
  pixels: PixelArray | TensorLike | NestedNumbers,
  shape: ImageOptions["shape"],
  maxOutputs: number,
): ImageFiles {
  const batch = toBatch(pixels, shape);
  const files = Array.from({ length: Math.min(batch.count, maxOutputs) }, (_, i) => encodePng(batch, i));
  return { width: batch.width, height: batch.height, files, tooBright: isTooBright(batch) };
}
