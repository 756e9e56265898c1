/**
 * Undoes Snappy's compression. Format: https://github.com/google/snappy/blob/main/format_description.txt
 * Short enough to stand here: the libraries are native, or neither typed nor maintained.
 */
import { VarintReader } from "./varint.ts";

/** No element makes more of a byte than this: copies of 64 bytes take three. */
const MOST_PER_BYTE = 64;

/** @throws RangeError when the bytes are not compressed data */
export function decompressSnappy(bytes: Uint8Array): Uint8Array {
  const reader = new VarintReader(bytes);
  const length = reader.next();
  if (length > bytes.length * MOST_PER_BYTE)
    throw new RangeError(`${bytes.length} bytes cannot have been ${length} before compression`);
  const out = new Uint8Array(length);
  let end = 0;
  for (let at = reader.at; at < bytes.length; ) {
    const element = elementAt(bytes, at);
    if (end + element.length > length) throw new RangeError("more comes out than is announced");
    if (element.back === 0) {
      const next = element.next + element.length;
      if (next > bytes.length) throw new RangeError("it ends inside a literal");
      out.set(bytes.subarray(element.next, next), end);
      at = next;
    } else {
      if (element.back > end) throw new RangeError("a copy starts before the data");
      copyWithin(out, end, element.back, element.length);
      at = element.next;
    }
    end += element.length;
  }
  if (end < length) throw new RangeError(`${end} bytes come out where ${length} are announced`);
  return out;
}

interface Element {
  readonly length: number;
  /** How far back a copy starts; 0 for a literal. */
  readonly back: number;
  /** Where the literal's bytes are, or the next element. */
  readonly next: number;
}

function elementAt(bytes: Uint8Array, at: number): Element {
  const tag = bytes[at]!;
  const high = tag >>> 2;
  switch (tag & 3) {
    case 0: {
      if (high < 60) return { length: high + 1, back: 0, next: at + 1 };
      const size = high - 59;
      return { length: littleEndian(bytes, at + 1, size) + 1, back: 0, next: at + 1 + size };
    }
    case 1: {
      const back = ((tag >>> 5) << 8) | littleEndian(bytes, at + 1, 1);
      return { length: (high & 7) + 4, back: backwards(back), next: at + 2 };
    }
    default: {
      const size = (tag & 3) === 2 ? 2 : 4;
      return { length: high + 1, back: backwards(littleEndian(bytes, at + 1, size)), next: at + 1 + size };
    }
  }
}

function backwards(distance: number): number {
  if (distance === 0) throw new RangeError("a copy of itself");
  return distance;
}

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  if (at + size > bytes.length) throw new RangeError("it ends inside an element");
  let value = 0;
  for (let i = 0; i < size; i++) value += bytes[at + i]! * 256 ** i;
  return value;
}

/** A copy may overlap what it makes: then it repeats. */
function copyWithin(out: Uint8Array, end: number, back: number, length: number): void {
  if (back >= length) out.copyWithin(end, end - back, end - back + length);
  else for (let i = 0; i < length; i++) out[end + i] = out[end + i - back]!;
}
