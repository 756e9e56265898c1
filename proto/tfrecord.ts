/**
 * TFRecord frames: `uint64 length, masked CRC of the length, data, masked CRC of the data`, little-endian.
 * The reader works on any bytes at hand and says whether a frame is whole, torn or damaged.
 */
import { maskedCrc } from "./masked-crc.ts";

/**
 * Bytes before the data of a frame: the length (8) and its CRC (4).
 *
 * @example
 * const frame = encodeRecord(new Uint8Array(300));
 * const length = new DataView(frame.buffer).getBigUint64(0, true);
 * console.log(length, frame.length - HEADER_BYTES); // 300 304
 */
export const HEADER_BYTES = 12;
/** Bytes after the data: its CRC. */
export const FOOTER_BYTES = 4;
/**
 * Bytes that a frame adds to its data, 16: {@link HEADER_BYTES} before it, and its CRC (4) behind it.
 *
 * @example
 * const records = [10, 20, 30].map((length) => new Uint8Array(length));
 * const size = records.reduce((sum, { length }) => sum + FRAME_BYTES + length, 0);
 * console.log(size, Buffer.concat(records.map(encodeRecord)).length); // 108 108
 */
export const FRAME_BYTES = HEADER_BYTES + FOOTER_BYTES;

/**
 * What {@link readRecord} found at an offset.
 *
 * @example
 * function nextOffset(result: RecordResult): number | undefined {
 *   return result.kind === "record" || result.kind === "bad-data" ? result.end : undefined;
 * }
 * console.log(nextOffset(readRecord(encodeRecord(Uint8Array.of(1, 2, 3))))); // 19
 * console.log(nextOffset({ kind: "truncated" })); // undefined
 */
export type RecordResult =
  /** A whole record with matching CRCs; `data` is a view of the input, `end` the offset after the frame. */
  | { readonly kind: "record"; readonly data: Uint8Array; readonly end: number }
  /** The input ends inside the frame: more bytes may complete it. */
  | { readonly kind: "truncated" }
  /** The length does not match its CRC: nothing after this offset can be framed. */
  | { readonly kind: "bad-length"; readonly stored: number; readonly computed: number }
  /** The data does not match its CRC: this record is lost, the next one starts at `end`. */
  | { readonly kind: "bad-data"; readonly end: number; readonly stored: number; readonly computed: number };

/**
 * Reads the frame at `offset`.
 *
 * @param bytes any part of a TFRecord file
 * @param offset where the frame starts; default 0
 * @param checkData whether the data's CRC is verified; default true. The length's always is.
 * @returns what is there; damage does not throw
 * @example
 * const file = Buffer.concat([encodeRecord(Uint8Array.of(1)), encodeRecord(Uint8Array.of(2))]);
 * file[HEADER_BYTES] = 9;
 * const first = readRecord(file);
 * console.log(first.kind); // bad-data
 * const second = first.kind === "bad-data" ? readRecord(file, first.end) : first;
 * console.log(second.kind, second.kind === "record" && second.data[0]); // record 2
 */
export function readRecord(bytes: Uint8Array, offset = 0, checkData = true): RecordResult {
  const available = bytes.length - offset;
  if (available < HEADER_BYTES) return { kind: "truncated" };
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, available);
  const stored = view.getUint32(8, true);
  const computed = maskedCrc(bytes.subarray(offset, offset + 8));
  if (stored !== computed) return { kind: "bad-length", stored, computed };
  const length = Number(view.getBigUint64(0, true));
  if (available < FRAME_BYTES + length) return { kind: "truncated" };
  const start = offset + HEADER_BYTES;
  const data = bytes.subarray(start, start + length);
  const end = start + length + FOOTER_BYTES;
  if (checkData) {
    const storedData = view.getUint32(HEADER_BYTES + length, true);
    const computedData = maskedCrc(data);
    if (storedData !== computedData)
      return { kind: "bad-data", end, stored: storedData, computed: computedData };
  }
  return { kind: "record", data, end };
}

/**
 * Every whole record of `bytes`, in order, as views of them. Ends at a torn tail.
 *
 * @param bytes a TFRecord file from its start, such as an event file
 * @throws RangeError at a damaged frame, naming its offset; what came before has been given out.
 * @example
 * import { readFileSync } from "node:fs";
 *
 * writer.scalar("loss", 0.5, { step: 7 });
 * await writer.close();
 * const events = Array.from(readRecords(readFileSync(writer.path)), (record) => pb.Event.decode(record));
 * console.log(events[0]?.fileVersion); // brain.Event:2
 * console.log(events.flatMap((event) => event.summary?.value ?? []).map(({ tag }) => tag)); // loss
 */
export function* readRecords(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let offset = 0; ; ) {
    const result = readRecord(bytes, offset);
    if (result.kind === "truncated") return;
    if (result.kind !== "record") {
      const what = result.kind === "bad-length" ? "length" : "data";
      throw new RangeError(`TFRecord at byte ${offset}: the ${what} does not match its CRC`);
    }
    yield result.data;
    offset = result.end;
  }
}

/**
 * Writes one frame into `target` at `offset`; the data is expected at `offset + HEADER_BYTES` already.
 * Allocates nothing: it runs once for every record written.
 *
 * @param offset where the frame starts; `target` has {@link FRAME_BYTES} plus `length` bytes from there on
 * @param length of the data, in bytes
 * @returns the offset after the frame
 * @example
 * const file = new Uint8Array(1024);
 * let end = 0;
 * for (const text of ["first", "second"]) {
 *   const { written } = new TextEncoder().encodeInto(text, file.subarray(end + HEADER_BYTES));
 *   end = sealRecord(file, end, written);
 * }
 * const texts = Array.from(readRecords(file.subarray(0, end)), (record) => new TextDecoder().decode(record));
 * console.log(end, texts); // 43 first,second
 */
export function sealRecord(target: Uint8Array, offset: number, length: number): number {
  putUint32(target, offset, length >>> 0);
  putUint32(target, offset + 4, Math.floor(length / 2 ** 32));
  putUint32(target, offset + 8, lengthCrc(target, offset, length));
  const start = offset + HEADER_BYTES;
  const end = start + length;
  putUint32(target, end, maskedCrc(target, start, end));
  return end + FOOTER_BYTES;
}

function putUint32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value;
  target[offset + 1] = value >>> 8;
  target[offset + 2] = value >>> 16;
  target[offset + 3] = value >>> 24;
}

/**
 * One record as a frame of its own; frames one after the other are a TFRecord file.
 *
 * @example
 * import { appendFileSync, readFileSync } from "node:fs";
 *
 * for (const step of [1, 2]) {
 *   const event = pb.Event.encode({ wallTime: 1_700_000_000 + step, step }).finish();
 *   appendFileSync("events.out.tfevents.1700000000.host", encodeRecord(event));
 * }
 * const records = readRecords(readFileSync("events.out.tfevents.1700000000.host"));
 * console.log(Array.from(records, (record) => fromWire(pb.Event.decode(record).step))); // 1,2
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES + data.length);
  frame.set(data, HEADER_BYTES);
  sealRecord(frame, 0, data.length);
  return frame;
}

/** Masked CRCs of the lengths below the table's size: nearly all records are short, and few lengths occur. */
const lengthCrcs = new Map<number, number>();

function lengthCrc(target: Uint8Array, offset: number, length: number): number {
  let crc = lengthCrcs.get(length);
  if (crc === undefined) {
    crc = maskedCrc(target, offset, offset + 8);
    if (lengthCrcs.size < 4096) lengthCrcs.set(length, crc);
  }
  return crc;
}
