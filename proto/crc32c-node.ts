/** CRC-32C on Node: the hardware-backed native module, and the table for what is shorter than the way there. */
import { createRequire } from "node:module";
import { crc32c as portable } from "./crc32c-portable.ts";

// Not by import: to find what a CommonJS module exports, Node's lexer then runs over all its text, and V8 optimises the
// lexer meanwhile, some 50 to 100 ms of a core in each thread.
const { crc32c: native }: typeof import("@node-rs/crc32") = createRequire(import.meta.url)("@node-rs/crc32");

/** Bytes from which on the native module is faster: a call into it takes some 120 ns however short the data. */
const NATIVE_FROM = 128;

/**
 * CRC-32C (Castagnoli) of `data` from `start` to `end`, as an unsigned 32-bit integer.
 *
 * @param before CRC of the bytes that stand before these, to go on from; default 0: none do
 */
export function crc32c(data: Uint8Array, start = 0, end: number = data.length, before = 0): number {
  if (end - start < NATIVE_FROM) return portable(data, start, end, before);
  return native(start === 0 && end === data.length ? data : data.subarray(start, end), before);
}
