/**
 * Content types of encoded images, told from their bytes: the four kinds that stock TensorBoard names
 * (`util/img_mime_type_detector.py`), where the bytes reach as far as the header that a decoder needs.
 */

const PNG_SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** Sizes of the header that follows a BMP's file header, one a version of the format. */
const BMP_HEADERS = new Set([12, 40, 52, 56, 64, 108, 124]);

/** `application/octet-stream` for anything else, SVG among it: what a log says must not run as a document. */
export function imageType(bytes: Uint8Array): string {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isPng(image)) return "image/png";
  if (isJpeg(image)) return "image/jpeg";
  if (isGif(image)) return "image/gif";
  if (isBmp(image)) return "image/bmp";
  return "application/octet-stream";
}

/** A signature and chunks up to the first with pixels. */
function isPng(image: Buffer): boolean {
  if (!image.subarray(0, 8).equals(PNG_SIGNATURE)) return false;
  let at = 8;
  while (at + 8 <= image.length) {
    if (image.toString("latin1", at + 4, at + 8) === "IDAT") return true;
    at += 12 + image.readUInt32BE(at);
  }
  return false;
}

/** Segments up to the start of the scan. */
function isJpeg(image: Buffer): boolean {
  if (image.length < 3 || image.readUIntBE(0, 3) !== 0xffd8ff) return false;
  let at = 2;
  while (at + 4 <= image.length && image[at] === 0xff) {
    const marker = image[at + 1]!;
    const end = at + 2 + image.readUInt16BE(at + 2);
    if (marker === 0xff) at++;
    else if (marker === 0xda) return end <= image.length;
    else at = end;
  }
  return false;
}

/** A header, a colour table and extensions up to the first frame. */
function isGif(image: Buffer): boolean {
  if (image.length < 13 || !/^GIF8[79]a/.test(image.toString("latin1", 0, 6))) return false;
  const flags = image[10]!;
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (image[at] === 0x21) {
    at += 2;
    while (at < image.length && image[at] !== 0) at += 1 + image[at]!;
    at++;
  }
  return image[at] === 0x2c && at + 10 <= image.length;
}

function isBmp(image: Buffer): boolean {
  if (image.length < 18 || image.toString("latin1", 0, 2) !== "BM") return false;
  const header = image.readUInt32LE(14);
  return BMP_HEADERS.has(header) && image.length >= 14 + header;
}
