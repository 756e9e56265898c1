/** What an encoded image says of itself, read from its first bytes: enough to know whether to decode it, and how. */

export interface ImageHeader {
  readonly type: "PNG" | "JPEG" | "GIF" | "BMP" | "WebP";
  readonly width: number;
  readonly height: number;
  /** Bits a channel. */
  readonly depth: number;
}

/** Null for what is none of these, or breaks off before its size. */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 8) === "\x89PNG\r\n\x1a\n")
    return bytes.length < 29 ? null : header("PNG", view.getUint32(16), view.getUint32(20), bytes[24]!);
  if (/^GIF8[79]a/.test(text(0, 6)))
    return bytes.length < 10 ? null : header("GIF", view.getUint16(6, true), view.getUint16(8, true));
  if (text(0, 2) === "BM")
    return bytes.length < 26
      ? null
      : header("BMP", view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return webp(view, text(12, 16));
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpeg(view) : null;
}

function header(type: ImageHeader["type"], width: number, height: number, depth = 8): ImageHeader {
  return { type, width, height, depth };
}

function webp(view: DataView, chunk: string): ImageHeader | null {
  if (view.byteLength < 30) return null;
  if (chunk === "VP8X") {
    const size = (at: number): number => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return header("WebP", size(24), size(27));
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return header("WebP", (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  return header("WebP", view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

/** Segments up to the one that starts a frame. */
function jpeg(view: DataView): ImageHeader | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return header("JPEG", view.getUint16(at + 7), view.getUint16(at + 5), view.getUint8(at + 4));
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
