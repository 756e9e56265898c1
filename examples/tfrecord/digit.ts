/** A digit as the textbook keeps it: an Example with the bytes of the image, their number and the label. */
import {
  bytesFeature,
  encodeExample,
  fixedLenFeature,
  int64Feature,
  parseExampleBatch,
} from "tsboard/records";

/** Pixels of a digit: 28 x 28, row by row. */
export const pixels = 28 * 28;

/** Digits read back. */
export interface DigitBatch {
  /** [count, 784], 0 (paper) to 1 (ink). */
  readonly images: Float32Array;
  /** [count], 0 to 9. */
  readonly labels: Int32Array;
}

/** @param image 784 pixels, 0 (paper) to 1 (ink); a byte of each is kept */
export function toExample(image: Float32Array, label: number): Uint8Array {
  return encodeExample({
    image_raw: bytesFeature(Uint8Array.from(image, (ink) => Math.round(ink * 255))),
    pixels: int64Feature(image.length),
    label: int64Feature(label),
  });
}

/** What a digit's Example must hold, by TensorFlow's own names for it. */
const features = {
  image_raw: fixedLenFeature([], "string"),
  pixels: fixedLenFeature([], "int64"),
  label: fixedLenFeature([], "int64"),
};

/** Parses a batch of Examples. @throws ExampleError where one is no digit */
export function toDigits(records: readonly Uint8Array[]): DigitBatch {
  const batch = parseExampleBatch(records, features);
  const images = new Float32Array(records.length * pixels);
  for (const [i, bytes] of batch.image_raw.data.entries())
    for (let pixel = 0; pixel < pixels; pixel++) images[i * pixels + pixel] = bytes[pixel]! / 255;
  return { images, labels: Int32Array.from(batch.label.data, Number) };
}
