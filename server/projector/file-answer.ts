/** Answers that are files, or parts of them: streamed, however large. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { openHandle } from "../logdir/open-file.ts";
import { imageType } from "../plugins/image-type.ts";

const TAB = 0x09;
const NEWLINE = 0x0a;
/** Read at a time. */
const PIECE_BYTES = 1 << 20;

/** Bytes of a file: from `start` (default 0), at most `length` (default all). */
export interface Part {
  readonly start?: number;
  readonly length?: number | undefined;
}

/** Sends a file (its path free of links), or a part of it. The type is set already. */
export async function sendFile(response: Response, file: string, part: Part = {}): Promise<void> {
  const { start = 0, length = Number.POSITIVE_INFINITY } = part;
  const handle = await openHandle(file, file);
  try {
    const bytes = Math.max(0, Math.min(length, (await handle.stat()).size - start));
    response.set("Content-Length", String(bytes));
    if (bytes === 0 || response.req.method === "HEAD") response.end();
    else {
      const range = { start, end: start + bytes - 1, highWaterMark: PIECE_BYTES, autoClose: false };
      await pipeline(handle.createReadStream(range), response);
    }
  } finally {
    await handle.close();
  }
}

/** Headers of images are at their beginning. */
const IMAGE_HEADER_BYTES = 1 << 20;

/** Sends an image, its type told from its bytes. */
export async function sendImage(response: Response, file: string): Promise<void> {
  await sendFile(response.type(imageType(await firstBytes(file, IMAGE_HEADER_BYTES))), file);
}

/** Sends `count` numbers, in pieces, as their bytes. Express's own `send` would first make a hash of all of them. */
export async function sendNumbers(
  response: Response,
  count: number,
  pieces: Iterable<Float32Array>,
): Promise<void> {
  response.type("application/octet-stream").set("Content-Length", String(4 * count));
  if (response.req.method === "HEAD") response.end();
  else await pipeline(Readable.from(bytesOf(pieces)), response);
}

function* bytesOf(pieces: Iterable<Float32Array>): Generator<Buffer> {
  for (const { buffer, byteOffset, byteLength } of pieces) yield Buffer.from(buffer, byteOffset, byteLength);
}

/** The beginning of a file. */
async function firstBytes(file: string, length: number): Promise<Uint8Array> {
  const handle = await openHandle(file, file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** How many bytes the first lines of a table take; its header, told by a tab in the first line, is not counted. */
export async function lengthOfLines(file: string, lines: number): Promise<number> {
  let wanted = lines;
  let found = 0;
  let header = false;
  let bytes = 0;
  const handle = await openHandle(file, file);
  for await (const chunk of handle.createReadStream({ highWaterMark: PIECE_BYTES })) {
    const piece: Buffer = chunk;
    for (let at = 0; at < piece.length; ) {
      const newline = piece.indexOf(NEWLINE, at);
      const end = newline < 0 ? piece.length : newline;
      header ||= found === 0 && piece.subarray(at, end).includes(TAB);
      if (newline < 0) break;
      at = newline + 1;
      if (++found === 1 && header) wanted++;
      if (found === wanted) return bytes + at;
    }
    bytes += piece.length;
  }
  return bytes;
}
