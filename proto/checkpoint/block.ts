/**
 * Blocks of a table: entries in order of their keys, each key without what it shares with the one before, then
 * offsets of keys that stand whole; behind them, in the file, how they are compressed and a masked CRC.
 * Format: https://github.com/google/leveldb/blob/main/doc/table_format.md
 */

import { crc32c } from "#crc32c";
import { unmaskCrc } from "../masked-crc.ts";
import { CheckpointError, reasonOf } from "./error.ts";
import { decompressSnappy } from "./snappy.ts";
import { type ByteSource, readPart } from "./source.ts";
import { VarintReader } from "./varint.ts";

/** Where a block is in its file. */
export interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

export interface TableEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Behind a block: one byte for the compression, four for the CRC. */
const TRAILER_BYTES = 5;
const PLAIN = 0;
const SNAPPY = 1;
/** Keys that share with those before take at most this many times the room of the block: every 16th stands whole. */
const MOST_SHARED = 64;

export function readHandle(reader: VarintReader): BlockHandle {
  return { offset: reader.next(), size: reader.next() };
}

/**
 * The entries of a block.
 *
 * @param what the block, for errors
 * @throws CheckpointError when it does not match its CRC, or is not as a block should be
 */
export async function readBlock(
  source: ByteSource,
  { offset, size }: BlockHandle,
  what: string,
): Promise<TableEntry[]> {
  const whole = await readPart(source, offset, size + TRAILER_BYTES, what);
  const stored = unmaskCrc(new DataView(whole.buffer, whole.byteOffset).getUint32(size + 1, true));
  const computed = crc32c(whole, 0, size + 1);
  if (stored !== computed)
    throw new CheckpointError(source.name, offset, `${what} does not match its CRC: it is damaged`);
  try {
    return entriesOf(plain(whole.subarray(0, size), whole[size]!));
  } catch (error) {
    throw new CheckpointError(source.name, offset, `${what} cannot be read: ${reasonOf(error)}`);
  }
}

function plain(block: Uint8Array, compression: number): Uint8Array {
  if (compression === PLAIN) return block;
  if (compression === SNAPPY) return decompressSnappy(block);
  throw new RangeError(`compression ${compression} is unknown`);
}

function entriesOf(block: Uint8Array): TableEntry[] {
  const entries: TableEntry[] = [];
  const end = endOfEntries(block);
  const reader = new VarintReader(block);
  let room = MOST_SHARED * block.length;
  let previous: Uint8Array = new Uint8Array();
  while (reader.at < end) {
    const shared = reader.next();
    const unshared = reader.next();
    const length = reader.next();
    const start = reader.at;
    if (shared > previous.length) throw new RangeError("a key shares more than the one before it has");
    room -= shared + unshared;
    if (room < 0) throw new RangeError("its keys are longer than any writer makes them");
    if (start + unshared + length > end) throw new RangeError("an entry reaches beyond the others");
    const key = new Uint8Array(shared + unshared);
    key.set(previous.subarray(0, shared));
    key.set(block.subarray(start, start + unshared), shared);
    reader.at = start + unshared + length;
    entries.push({ key, value: block.subarray(start + unshared, reader.at) });
    previous = key;
  }
  return entries;
}

/** Where the offsets of whole keys start. All entries are wanted, so these are not. */
function endOfEntries(block: Uint8Array): number {
  if (block.length < 4) throw new RangeError("it is too short");
  const restarts = new DataView(block.buffer, block.byteOffset).getUint32(block.length - 4, true);
  const end = block.length - 4 - 4 * restarts;
  if (end < 0) throw new RangeError(`${restarts} whole keys do not fit`);
  return end;
}
