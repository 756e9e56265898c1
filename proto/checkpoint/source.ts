/** A checkpoint's file as its reader sees it: bytes by offset, wherever they are. */
import { crc32c } from "#crc32c";
import { CheckpointError } from "./error.ts";

/**
 * A file of a checkpoint, wherever its bytes are: on a disk, in memory, behind an address.
 *
 * @example
 * // A file that a user chose in a page, or of Node's `openAsBlob`.
 * function blobSource(name: string, blob: Blob): ByteSource {
 *   const part = (offset: number, length: number) => blob.slice(offset, offset + length).arrayBuffer();
 *   const read = async (offset: number, target: Uint8Array) =>
 *     target.set(new Uint8Array(await part(offset, target.length)));
 *   return { name, size: blob.size, read };
 * }
 * const target = new Uint8Array(2);
 * await blobSource("model.index", new Blob(["abcd"])).read(1, target);
 * console.log(target); // 98,99
 */
export interface ByteSource {
  /** What errors call it, such as the file's path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Fills `target` with the bytes from `offset` on; all are within the size. Several reads may be under way at a time.
   * What it rejects with, the reading of the checkpoint rejects with.
   */
  read(offset: number, target: Uint8Array): Promise<void>;
}

/** A file that is in memory. */
export function sourceOf(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, target) => target.set(bytes.subarray(offset, offset + target.length)),
  };
}

/**
 * Bytes of a part of a file.
 *
 * @param what the part, for the error
 * @throws CheckpointError when the file ends before the part does
 */
export async function readPart(
  source: ByteSource,
  offset: number,
  length: number,
  what: string,
): Promise<Uint8Array> {
  checkPart(source, offset, length, what);
  const bytes = new Uint8Array(length);
  await source.read(offset, bytes);
  return bytes;
}

/** @throws CheckpointError when the file ends before the part does */
export function checkPart(source: ByteSource, offset: number, length: number, what: string): void {
  if (offset + length > source.size)
    throw new CheckpointError(
      source.name,
      offset,
      `${what} takes ${length} bytes, but the file ends at byte ${source.size}; is it cut off?`,
    );
}

/** Bytes read and checked at a time. */
const PIECE_BYTES = 4 << 20;

/**
 * Fills `target` with the first bytes of a part of a file, and gives the CRC-32C of the whole part. Each piece is read
 * while the one before it is checked.
 *
 * @param length of the part, which is within the file
 */
export async function readWithCrc(
  source: ByteSource,
  offset: number,
  length: number,
  target: Uint8Array,
): Promise<number> {
  const spare = target.length < length ? [0, 1].map(() => new Uint8Array(PIECE_BYTES)) : [];
  const read = (at: number, turn: number): { piece: Uint8Array; done: Promise<void> } => {
    const end = at < target.length ? target.length : length;
    const size = Math.min(PIECE_BYTES, end - at);
    const piece = at < target.length ? target.subarray(at, at + size) : spare[turn % 2]!.subarray(0, size);
    return { piece, done: source.read(offset + at, piece) };
  };
  let crc = 0;
  let next = length > 0 ? read(0, 0) : undefined;
  for (let at = 0, turn = 1; next; turn++) {
    const { piece, done } = next;
    await done;
    at += piece.length;
    next = at < length ? read(at, turn) : undefined;
    crc = crc32c(piece, 0, piece.length, crc);
  }
  return crc;
}
