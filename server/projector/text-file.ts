/**
 * Text files as Python's universal newlines have them, whatever wrote them: byte-order marks are no text, and CR LF and CR
 * end lines as LF does. What is not UTF-8 and has no mark is Latin-1, the encoding in which every byte is a character.
 */

/** Control characters that no text has. */
const NO_TEXT = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16]);
/** Looked at to tell text from bytes. */
const HEAD_BYTES = 4096;

/** The text of a file; null when it is none. */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = encodingOfMark(bytes);
  if (marked) return newlines(new TextDecoder(marked).decode(bytes));
  if (bytes.subarray(0, HEAD_BYTES).some((byte) => NO_TEXT.has(byte))) return null;
  return newlines(decodeUnmarked(bytes));
}

function decodeUnmarked(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  }
}

function encodingOfMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

function newlines(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
