/** Whole TFRecord frames in one block of memory, filled from the front. */
import { FRAME_BYTES, HEADER_BYTES, sealRecord } from "../proto/tfrecord.ts";

export class RecordBuffer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Bytes filled. */
  length = 0;
  /** Records in them. */
  records = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Where the next record's data goes. */
  get dataStart(): number {
    return this.length + HEADER_BYTES;
  }

  /** Whether a record with `dataLength` bytes of data fits. */
  fits(dataLength: number): boolean {
    return this.length + FRAME_BYTES + dataLength <= this.bytes.length;
  }

  /** Makes a record of the `dataLength` bytes that stand at `dataStart`. */
  seal(dataLength: number): void {
    this.length = sealRecord(this.bytes, this.length, dataLength);
    this.records++;
  }

  /** The records, as a view. */
  filled(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    this.records = 0;
  }

  /** Forgets the first `bytes`, which must end at a record. */
  discard(bytes: number): void {
    if (bytes === 0) return;
    this.records -= wholeRecords(this.bytes, bytes).records;
    this.bytes.copyWithin(0, bytes, this.length);
    this.length -= bytes;
  }
}

/** How many whole records start in the first `limit` bytes of well-formed frames and end there, and where. */
export function wholeRecords(frames: Uint8Array, limit: number): { records: number; bytes: number } {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
  let records = 0;
  let bytes = 0;
  while (bytes + FRAME_BYTES <= limit) {
    const end = bytes + FRAME_BYTES + Number(view.getBigUint64(bytes, true));
    if (end > limit) break;
    bytes = end;
    records++;
  }
  return { records, bytes };
}
