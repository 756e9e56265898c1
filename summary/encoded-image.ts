/** Images that are encoded already: what they are and how large, read from their own headers. */
import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import { describe } from "./checks.ts";
import { ShapeError, ValueError } from "./errors.ts";

/**
 * The bytes of a PNG, JPEG, GIF or WebP file.
 *
 * @example
 * import { writeFileSync } from "node:fs";
 * import { readFile } from "node:fs/promises";
 *
 * writeFileSync("dot.gif", Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAAC", "base64"));
 * const image: EncodedImage = await readFile("dot.gif");
 * writer.image("dot", image, { step: 0 });
 */
export type EncodedImage = Uint8Array;

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const FORMATS = Object.entries({ PNG, JPEG: JPG, GIF, WebP: WEBP });
/** From this EXIF orientation on an image lies on its side, and is shown turned. */
const FIRST_TURNED = 5;

/**
 * Width and height in pixels, as the image is shown.
 *
 * @throws ShapeError when the bytes start as none of the formats, so that they can only be pixels
 * @throws ValueError when they do, but end or break off before the size is told
 */
export function encodedSize(bytes: EncodedImage): ImageSize {
  // A copy of its own buffer: the readers look past the end of a view into whatever stands behind it.
  const own = new Uint8Array(bytes);
  const [format, reader] = FORMATS.find(([, { validate }]) => startsAs(validate, own)) ?? [];
  if (reader === undefined)
    throw new ShapeError(
      "bytes without a shape are an encoded image, but these are no PNG, JPEG, GIF or WebP: " +
        "for pixels give [height, width, channels]",
    );
  try {
    const { width, height, orientation = 1 } = reader.calculate(own);
    if (!(width > 0 && height > 0)) throw new RangeError(`a size of ${width} x ${height}`);
    return orientation < FIRST_TURNED ? { width, height } : { width: height, height: width };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValueError(`a ${format} whose size cannot be read: ${reason}`, { cause });
  }
}

/**
 * The size that all of `images` have.
 *
 * @throws ShapeError when they differ in size, or as {@link encodedSize}
 * @throws ValueError when one is not bytes, or as {@link encodedSize}
 */
export function commonSize(images: readonly EncodedImage[]): ImageSize {
  const sizes = images.map((image, i) => {
    if (image instanceof Uint8Array) return encodedSize(image);
    throw new ValueError(`encoded images are bytes, but element ${i} is ${describe(image)}`);
  });
  const [first = { width: 0, height: 0 }] = sizes;
  if (sizes.some(({ width, height }) => width !== first.width || height !== first.height))
    throw new ShapeError(
      `images of one summary are of equal size, not ${sizes.map(({ width, height }) => `${width} x ${height}`).join(", ")}`,
    );
  return first;
}

/** A format's own test; some of the tests throw at what is cut short. */
function startsAs(validate: (bytes: Uint8Array) => boolean, bytes: Uint8Array): boolean {
  try {
    return validate(bytes);
  } catch {
    return false;
  }
}
