/**
 * Scalar events by hand: all but wall time, step and value is the same for every event of a tag, so it is
 * encoded once and copied. The codec would take ten times as long.
 */
import { pb } from "../proto/codec.ts";
import { DataType } from "../proto/tensor.ts";
import type { RecordBuffer } from "./record-buffer.ts";

/** Bytes beside the template, at most: wall time with its key, step with its key, value. */
export const SCALAR_OVERHEAD = 9 + 11 + 4;

/** From the event's summary key up to the value's four bytes, which come last. */
export function scalarTemplate(tag: string): Uint8Array {
  const tensor = { dtype: DataType.DT_FLOAT, tensorShape: {}, tensorContent: new Uint8Array(4) };
  const encoded = pb.Event.encode({ summary: { value: [{ tag, tensor }] } }).finish();
  return encoded.slice(0, -4);
}

/**
 * Puts a scalar's event at the buffer's `dataStart`; room for it must be there.
 *
 * @returns its length in bytes
 */
export function putScalarEvent(
  buffer: RecordBuffer,
  template: Uint8Array,
  value: number,
  step: number | bigint,
  wallTime: number,
): number {
  const { bytes, view, dataStart } = buffer;
  let at = dataStart;
  bytes[at] = 0x09; // wall_time: field 1, 64 bits
  view.setFloat64(at + 1, wallTime, true);
  at += 9;
  if (step !== 0 && step !== 0n) {
    bytes[at] = 0x10; // step: field 2, varint
    at = putVarint(bytes, at + 1, step);
  }
  // For these few bytes a loop is faster than a call of set().
  for (let i = 0; i < template.length; i++) bytes[at + i] = template[i]!;
  at += template.length;
  view.setFloat32(at, value, true);
  return at + 4 - dataStart;
}

/** Seven bits a byte, lowest first, for a value of 0 or more; returns the offset after it. */
function putVarint(bytes: Uint8Array, offset: number, value: number | bigint): number {
  let at = offset;
  if (typeof value === "bigint") {
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) bytes[at++] = Number(rest & 0x7fn) | 0x80;
    bytes[at] = Number(rest);
    return at + 1;
  }
  let rest = value;
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 0x80;
  for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at] = rest;
  return at + 1;
}
