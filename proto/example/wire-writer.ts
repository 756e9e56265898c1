/** Writes protobuf's wire form into memory that is as large as what comes: heads of fields, bytes, varints. */
import { LENGTH } from "./wire.ts";

export class WireWriter {
  readonly bytes: Uint8Array;
  private at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** Tag and length of a length-delimited field, whose content comes next. Numbers up to 15. */
  head(number: number, length: number): void {
    this.bytes[this.at++] = (number << 3) | LENGTH;
    this.varint(length, 0);
  }

  put(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Varints of 64-bit integers given as halves, low first. */
  integers(halves: Int32Array): void {
    for (let i = 0; i < halves.length; i += 2) this.varint(halves[i]!, halves[i + 1]!);
  }

  private varint(low: number, high: number): void {
    const { bytes } = this;
    let l = low >>> 0;
    let h = high >>> 0;
    while (h !== 0 || l > 0x7f) {
      bytes[this.at++] = (l & 0x7f) | 0x80;
      l = ((l >>> 7) | (h << 25)) >>> 0;
      h >>>= 7;
    }
    bytes[this.at++] = l;
  }
}

/** Bytes of a length-delimited field around content of `size` bytes, for field numbers up to 15. */
export function fieldSize(size: number): number {
  return 1 + varintSize(size, 0) + size;
}

/** Bytes of the varint of a 64-bit integer given as halves. */
export function varintSize(low: number, high: number): number {
  if (high !== 0) return high < 0 ? 10 : Math.ceil((64 - Math.clz32(high)) / 7);
  return Math.max(1, Math.ceil((32 - Math.clz32(low)) / 7));
}
