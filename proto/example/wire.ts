/**
 * Reads protobuf's wire form in place: tags, varints and spans, never past the end. Examples are read here and
 * not by the generated codec, whose numbers come one by one; training reads millions of them.
 * Wire types: https://protobuf.dev/programming-guides/encoding/
 */
import { ExampleError } from "./error.ts";

export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
export const FIXED32 = 5;

/** Longest varint: ten bytes of seven bits. */
const MAX_VARINT_BYTES = 10;

/** A place in a message: reads on from `at`, up to `end`. */
export class WireReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next field's number and wire type, as `number << 3 | type`; 0 at the message's end. */
  tag(): number {
    if (this.at >= this.end) return 0;
    const tag = this.uint();
    if (tag >>> 3 === 0) throw this.damaged("a field number is 0");
    return tag;
  }

  /** A varint below 2^32: a tag or a length. */
  uint(): number {
    const { bytes, end } = this;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.at >= end) throw this.damaged("it ends inside a number");
      const byte = bytes[this.at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw this.damaged("a length is too large");
  }

  /** The reader of the length-delimited field that follows its tag; this one goes on after it. */
  message(): WireReader {
    const end = this.spanEnd();
    const reader = new WireReader(this.bytes, this.at, end);
    this.at = end;
    return reader;
  }

  /** Where the length-delimited field ends, which starts at `at` after this call. */
  spanEnd(): number {
    const length = this.uint();
    const end = this.at + length;
    if (end > this.end) throw this.damaged(`${length} bytes are announced, ${this.end - this.at} are there`);
    return end;
  }

  /** Goes past a varint of any size. */
  skipVarint(): void {
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      if (this.at >= this.end) throw this.damaged("it ends inside a number");
      if (this.bytes[this.at++]! < 0x80) return;
    }
    throw this.damaged("a number is longer than 64 bits");
  }

  /** Goes past the value of a field that nobody knows. */
  skip(tag: number): void {
    const type = tag & 7;
    if (type === VARINT) this.skipVarint();
    else if (type === LENGTH) this.at = this.spanEnd();
    else if (type === FIXED32 || type === FIXED64) this.fixed(type === FIXED32 ? 4 : 8);
    else throw this.damaged(`wire type ${type} is not known`);
  }

  /** Goes past `count` bytes; gives where they started. */
  fixed(count: number): number {
    const start = this.at;
    if (start + count > this.end) throw this.damaged("it ends inside a number");
    this.at = start + count;
    return start;
  }

  damaged(what: string): ExampleError {
    return new ExampleError(`not an Example: at byte ${this.at} of ${this.bytes.length}, ${what}`);
  }
}

const utf8 = new TextDecoder();

/** Text from `start` to `end`; keys are short and mostly ASCII, where a decoder's call costs more than the text. */
export function textAt(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return utf8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
