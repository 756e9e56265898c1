/**
 * Reads protobuf's wire form where building a message for every node would cost most of the time: protobufjs's reader,
 * and what it lacks. Wire types: https://protobuf.dev/programming-guides/encoding/
 */
import protobuf from "protobufjs/minimal.js";

export type Reader = protobuf.Reader;

/** Wire types, the last three bits of a tag. */
export const VARINT = 0;
export const LENGTH = 2;

/** A reader of bytes from `start` to `end`. */
export function readerOf(bytes: Uint8Array, start = 0, end = bytes.length): Reader {
  const reader = new protobuf.Reader(bytes);
  reader.pos = start;
  reader.len = end;
  return reader;
}

/** Fields one after the other, by number; what `field` does not read is passed over. */
export function eachField(reader: Reader, end: number, field: (number: number, type: number) => void): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    const before = reader.pos;
    field(tag >>> 3, tag & 7);
    if (reader.pos === before) reader.skipType(tag & 7);
  }
  if (reader.pos > end) throw new RangeError("a field reaches past the end of its message");
}

/** Whether a field is a message, text or bytes: anything else under its number is passed over. */
export const isSpan = (type: number): boolean => type === LENGTH;
export const isVarint = (type: number): boolean => type === VARINT;

/** Passes fields until one is a message, text or bytes, and gives its number; -1 at the end. */
export function nextSpan(reader: Reader, end: number): number {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if ((tag & 7) === LENGTH) return tag >>> 3;
    reader.skipType(tag & 7);
  }
  return -1;
}

/** Passes fields until one has this tag (its number and wire type); whether one has. */
export function seek(reader: Reader, end: number, wanted: number): boolean {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === wanted) return true;
    reader.skipType(tag & 7);
  }
  return false;
}

/** Where the span ends that begins at the reader's place after this call. */
export function spanEnd(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len)
    throw new RangeError(`${length} bytes are announced, ${reader.len - reader.pos} are there`);
  return end;
}

const utf8 = new TextDecoder();

/** Text from `start` to `end`; names are short and mostly ASCII, where a decoder's call costs more than the text. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return utf8.decode(bytes.subarray(start, end));
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return utf8.decode(bytes.subarray(start, end));
  // Letter by letter, `+=` would make a text of pieces that is put together again and again.
  return Reflect.apply(String.fromCharCode, null, bytes.subarray(start, end));
}

/** Letters up to which a decoder's call costs more. */
const SHORT = 96;

/** Many texts: they are decoded at once and cut, since each by itself costs more than all else that is read of a node. */
export function textsOf(bytes: Uint8Array, starts: ArrayLike<number>, ends: ArrayLike<number>): string[] {
  const count = starts.length;
  let size = 0;
  for (let i = 0; i < count; i++) size += ends[i]! - starts[i]!;
  const all = new Uint8Array(size);
  let at = 0;
  let isAscii = true;
  for (let i = 0; i < count; i++)
    for (let place = starts[i]!; place < ends[i]!; place++) {
      all[at++] = bytes[place]!;
      if (bytes[place]! >= 0x80) isAscii = false;
    }
  const texts = new Array<string>(count);
  // Where some have letters of several bytes, places in the text are not those in the bytes.
  const text = isAscii ? utf8.decode(all) : null;
  at = 0;
  for (let i = 0; i < count; i++) {
    const next = at + ends[i]! - starts[i]!;
    texts[i] = text === null ? textOf(bytes, starts[i]!, ends[i]!) : text.slice(at, next);
    at = next;
  }
  return texts;
}

/** A varint of 64 bits, signed, as the nearest double. */
export function int64(reader: Reader): number {
  const { buf, len } = reader;
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.pos >= len) throw new RangeError("it ends inside a number");
    const byte = buf[reader.pos++]!;
    const seven = byte & 0x7f;
    if (shift < 28) low |= seven << shift;
    else if (shift === 28) {
      low |= seven << 28;
      high |= seven >>> 4;
    } else high |= seven << (shift - 32);
    if (byte < 0x80) return high * 2 ** 32 + (low >>> 0);
  }
  throw new RangeError("a number is longer than 64 bits");
}

/** Whether this ASCII text is there. */
export function isAscii(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Whether the same bytes are in two places. */
export function isSameSpan(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false;
  for (let i = 0; i < aEnd - a; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
