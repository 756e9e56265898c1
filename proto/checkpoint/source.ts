/** A checkpoint's file as its reader sees it: bytes by offset, wherever they are. */
import { CheckpointError } from "./error.ts";

export interface ByteSource {
  /** For errors. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset` on, which are within the size; the caller may keep them. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that is in memory. */
export function sourceOf(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
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
  return source.read(offset, length);
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
