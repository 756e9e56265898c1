/** Images as TensorFlow 1 writes them: floats are stretched over the range of a byte, image by image. */
import { encode } from "fast-png";
import type { pb } from "../../../proto/codec.ts";
import { ShapeError } from "../../errors.ts";
import type { NumberArray } from "../dense.ts";

/** Images of equal size, [count, height, width, channels]. */
export interface Images {
  readonly shape: readonly number[];
  /** Bytes, or floats of any range. */
  readonly data: NumberArray;
}

/** What stands where a float is NaN or infinite: red, as far as there are channels for it. */
export const BAD_COLOR: readonly number[] = [255, 0, 0, 255];

/**
 * The first images, as PNG.
 *
 * @param badColor of pixels that are NaN or infinite
 * @throws ShapeError when the shape is not [count, height, width, 1, 3 or 4]
 */
export function encodeImages(
  images: Images,
  maxImages: number,
  badColor = BAD_COLOR,
): pb.Summary.Image.$Properties[] {
  const [count = 0, height = 0, width = 0, colorspace = 0, ...more] = images.shape;
  if (images.shape.length !== 4 || more.length > 0 || ![1, 3, 4].includes(colorspace))
    throw new ShapeError(
      `images are [count, height, width, channels] with 1, 3 or 4 channels, not [${images.shape.join(", ")}]`,
    );
  const size = height * width * colorspace;
  return Array.from({ length: Math.min(count, maxImages) }, (_, i) => {
    const pixels = images.data.subarray(i * size, (i + 1) * size);
    const data = pixels instanceof Uint8Array ? pixels : stretch(pixels, colorspace, badColor);
    const encodedImageString = encode({ height, width, channels: colorspace, depth: 8, data });
    return { height, width, colorspace, encodedImageString };
  });
}

/**
 * Floats as bytes, as TensorFlow's ImageSummary has it: without negative ones the greatest becomes 255; with them
 * zero becomes 128, and what is farthest from it 1 or 255. Pixels with NaN or infinity do not count.
 */
function stretch(pixels: NumberArray, channels: number, badColor: readonly number[]): Uint8Array {
  const { min, max } = extent(pixels, channels);
  const greatest = Math.max(Math.abs(min), Math.abs(max));
  const [range, offset] = min < 0 ? [127, 128] : [255, 0];
  const scale = Math.fround(greatest === 0 ? 0 : range / greatest);
  const bytes = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += channels) {
    const isGood = isFinitePixel(pixels, start, channels);
    for (let i = 0; i < channels; i++)
      bytes[start + i] = isGood
        ? Math.fround(Math.fround(pixels[start + i]! * scale) + offset)
        : (badColor[i] ?? 0);
  }
  return bytes;
}

function extent(pixels: NumberArray, channels: number): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let start = 0; start < pixels.length; start += channels) {
    if (!isFinitePixel(pixels, start, channels)) continue;
    for (let i = start; i < start + channels; i++) {
      min = Math.min(min, pixels[i]!);
      max = Math.max(max, pixels[i]!);
    }
  }
  return min > max ? { min: 0, max: 0 } : { min, max };
}

function isFinitePixel(pixels: NumberArray, start: number, channels: number): boolean {
  for (let i = start; i < start + channels; i++) if (!Number.isFinite(pixels[i])) return false;
  return true;
}
