/** Images as bytes: from any layout and number type that `image` takes to 8 bits a channel, and to PNG. */
import { encode } from "fast-png";
import type { NumericArray } from "../proto/tensor.ts";
import { describe } from "./checks.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { flatten, isNested, type NestedNumbers } from "./nested.ts";
import { checkShape, isTensorLike, type TensorLike } from "./tensor-like.ts";

/**
 * Pixels, rows from the top, channels interleaved.
 *
 * @example
 * const pixels: PixelArray = Float32Array.of(0, 0.5, 1);
 * writer.image("grey", pixels, { step: 0, shape: [1, 3] });
 */
export type PixelArray = Uint8Array | Uint8ClampedArray | Int32Array | Float32Array | Float64Array;

/** Images of equal size. */
export interface ImageBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly data: PixelArray;
  /** Whether the numbers are 0 or 1 and nothing between. */
  readonly binary: boolean;
}

/**
 * Reads the batch from pixels and their shape.
 *
 * @param shape [height, width], [height, width, channels] or [count, height, width, channels]; a tensor's own
 *   if it is a tensor
 * @throws ShapeError when the shape is none of these, has no pixels, or does not fit the data
 * @throws ValueError when the pixels are of another type
 */
export function toBatch(
  pixels: PixelArray | TensorLike | NestedNumbers,
  shape: readonly number[] | undefined,
): ImageBatch {
  if (isNested(pixels)) {
    const flat = flatten(pixels);
    return toBatch(plainPixels(flat.data), shape ?? flat.shape);
  }
  const tensor = isTensorLike(pixels) ? pixels : undefined;
  const data = tensor?.dataSync() ?? pixels;
  if (!isPixelArray(data))
    throw new ValueError(`pixels are bytes, 32-bit integers or floats, not ${describe(data)}`);
  const dims = shape ?? tensor?.shape;
  if (dims === undefined) throw new ShapeError("pixels without a shape: give [height, width, channels]");
  checkShape(dims, data.length);
  const [count, height, width, channels] = fourDimensions(dims);
  return { count, height, width, channels, data, binary: tensor?.dtype === "bool" };
}

/** Bytes, where nothing but bytes is in it; 0 and 1 alone are black and white either way. */
function plainPixels(numbers: Float64Array): Int32Array | Float64Array {
  const bytes = numbers.every(Number.isInteger) && numbers.some((value) => value > 1);
  return bytes ? Int32Array.from(numbers) : numbers;
}

/** A level above white is rounding. */
const BRIGHTEST = 1 + 1 / 255;

/** Whether floats lie beyond white. */
export function isTooBright({ data, binary }: ImageBatch): boolean {
  if (binary || !(data instanceof Float32Array || data instanceof Float64Array)) return false;
  for (let i = 0; i < data.length; i++) if (data[i]! > BRIGHTEST) return true;
  return false;
}

function fourDimensions(dims: readonly number[]): readonly [number, number, number, number] {
  const said = `[${dims.join(", ")}]`;
  if (dims.length < 2 || dims.length > 4)
    throw new ShapeError(`an image's shape is [height, width, channels] or [count, …], not ${said}`);
  const [count, height, width, channels] =
    dims.length === 4 ? dims : dims.length === 3 ? [1, ...dims] : [1, ...dims, 1];
  if (!count && count !== 0) throw new ShapeError(`no image count in ${said}`);
  if (!height || !width) throw new ShapeError(`an image of shape ${said} has no pixels`);
  if (!channels || channels > 4) throw new ShapeError(`an image has 1 to 4 channels: shape ${said} does not`);
  return [count, height, width, channels];
}

/** The batch's image at `index`, as PNG. */
export function encodePng(batch: ImageBatch, index: number): Uint8Array {
  const { height, width, channels } = batch;
  return encode({ width, height, channels, depth: 8, data: imageBytes(batch, index) });
}

/** The same as 8 bits a channel; a view of the batch where it is that already. */
export function imageBytes(batch: ImageBatch, index: number): Uint8Array {
  const size = batch.height * batch.width * batch.channels;
  return toBytes(batch.data.subarray(index * size, (index + 1) * size), batch.binary);
}

function isPixelArray(
  data: NumericArray | Uint8ClampedArray | readonly unknown[] | object,
): data is PixelArray {
  return (
    data instanceof Uint8Array ||
    data instanceof Uint8ClampedArray ||
    data instanceof Int32Array ||
    data instanceof Float32Array ||
    data instanceof Float64Array
  );
}

/**
 * Integers count from 0 to 255, as TensorFlow.js has them in its int32 images. Floats go from 0 to 1 and are
 * scaled as `tf.image.convert_image_dtype(…, saturate=True)` does it: times 255.5, cut off.
 */
function toBytes(pixels: PixelArray, binary: boolean): Uint8Array {
  if (binary) return Uint8Array.from(pixels, (value) => (value ? 255 : 0));
  if (pixels instanceof Uint8Array) return pixels;
  if (pixels instanceof Uint8ClampedArray)
    return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  const bytes = new Uint8Array(pixels.length);
  const single = pixels instanceof Float32Array;
  const scale = pixels instanceof Int32Array ? 1 : 255.5;
  for (let i = 0; i < bytes.length; i++) {
    const scaled = pixels[i]! * scale;
    const value = single ? Math.fround(scaled) : scaled;
    bytes[i] = Math.min(255, Math.max(0, value));
  }
  return bytes;
}
