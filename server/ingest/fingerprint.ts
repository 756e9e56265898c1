/**
 * By what an event file is recognised when it is read on: its number on the disk, when it was changed, its first bytes,
 * which hold the time at which a writer began it, and the last ones that were read.
 */
import { readSync, type Stats } from "node:fs";
import { crc32c } from "#crc32c";
import type { FileEnd, Print } from "./batch.ts";

/** Most bytes of a print. */
export const PRINT_BYTES = 1024;

export const NO_PRINT: Print = { end: 0, length: 0, crc: 0 };

/** The print of the bytes before `to`; they start at `offset` of the file. */
export function printOf(bytes: Uint8Array, offset: number, to: number): Print {
  const from = Math.max(0, to - PRINT_BYTES);
  return { end: offset + to, length: to - from, crc: crc32c(bytes, from, to) };
}

/**
 * Whether an open file is the one that was read, and still has what was read. One that was written to without growing,
 * after it had been read to its end, was written anew: a writer only appends.
 */
export function continues(fd: number, { ino, size, mtimeMs }: Stats, before: FileEnd): boolean {
  if (before.inode === 0) return true; // it was never opened
  if (ino !== before.inode || size < before.offset) return false;
  if (size === before.size && mtimeMs !== before.modified && before.offset === size) return false;
  return holds(fd, before.head) && holds(fd, before.tail);
}

function holds(fd: number, { end, length, crc }: Print): boolean {
  if (length === 0) return true;
  const bytes = Buffer.allocUnsafe(length);
  return readSync(fd, bytes, 0, length, end - length) === length && crc32c(bytes) === crc;
}
