/**
 * TFRecord frames: `uint64 length, masked CRC of the length, data, masked CRC of the data`, little-endian.
 * The reader works on any bytes at hand and says whether a frame is whole, torn or damaged.
 */
import { maskedCrc } from "./masked-crc.ts";

/**
 * Bytes before the data: the length and its CRC.
 *
 * @example
 * const frame = encodeRecord(new TextEncoder().encode("data"));
 * console.log(new TextDecoder().decode(frame.subarray(HEADER_BYTES, HEADER_BYTES + 4))); // data
 */
export const HEADER_BYTES = 12;
/** Bytes after the data: its CRC. */
export const FOOTER_BYTES = 4;
/**
 * Bytes that a frame adds to its data.
 *
 * @example
 * console.log(encodeRecord(new Uint8Array(100)).length === 100 + FRAME_BYTES); // true
 */
export const FRAME_BYTES = HEADER_BYTES + FOOTER_BYTES;

/**
 * What {@link readRecord} found at an offset.
 *
 * @example
 * const say = (result: RecordResult) =>
 *   result.kind === "record" ? `${result.data.length} bytes` : result.kind;
 * const frame = encodeRecord(new Uint8Array(3));
 * console.log(say(readRecord(frame)), say(readRecord(frame.subarray(0, 10)))); // 3 bytes truncated
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
 * @example
 * const file = Uint8Array.from([...encodeRecord(Uint8Array.of(1)), ...encodeRecord(Uint8Array.of(2))]);
 * let offset = 0;
 * for (let found = readRecord(file); found.kind === "record"; found = readRecord(file, offset)) offset = found.end;
 * console.log(offset === file.length); // true
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
 * Every whole record of `bytes`, in order. Ends at a torn tail.
 *
 * @throws RangeError at a damaged frame, naming its offset; what came before has been given out.
 * @example
 * const file = new MemorySink();
 * const memory = createWriter(file);
 * memory.scalar("loss", 0.5, { step: 3 });
 * await memory.close();
 * const events = [...readRecords(file.bytes())].map((record) => pb.Event.decode(record));
 * console.log(events.length, events[1]?.summary?.value?.[0]?.tag); // 2 loss
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
 * @returns the offset after the frame
 * @example
 * const target = new Uint8Array(FRAME_BYTES + 2);
 * target.set([7, 8], HEADER_BYTES);
 * console.log(sealRecord(target, 0, 2), readRecord(target).kind); // 18 record
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
 * One record as a frame of its own.
 *
 * @example
 * const event = pb.Event.encode({ wallTime: 1.5, fileVersion: "brain.Event:2" }).finish();
 * const [record = new Uint8Array()] = readRecords(encodeRecord(event));
 * console.log(pb.Event.decode(record).fileVersion); // brain.Event:2
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
