/**
 * Tells compressed TFRecord files from plain ones by their first bytes. A plain file starts with a length and its
 * CRC, which no compressed one does but by a chance of one in 2^32.
 */
import { platform } from "#platform";
import { maskedCrc } from "../proto/masked-crc.ts";
import { HEADER_BYTES } from "../proto/tfrecord.ts";
import type { Chunks, CompressionFormat } from "./platform.ts";

/**
 * How a TFRecord file is compressed as a whole: `gzip` (RFC 1952), `zlib` (RFC 1950), or `none`. TensorFlow calls them
 * `GZIP`, `ZLIB` and an empty string.
 *
 * @example
 * import { stat } from "node:fs/promises";
 *
 * const blank = encodeExample({ image: new Uint8Array(784) });
 * const bytes = async (compression: Compression) => {
 *   await writeRecords("blank.tfrecord", [blank], { compression });
 *   return (await stat("blank.tfrecord")).size;
 * };
 * console.log((await bytes("gzip")) < (await bytes("none"))); // true
 */
export type Compression = CompressionFormat | "none";

/** A file's chunks from the first one on, and how they are compressed. */
export interface Sniffed {
  readonly compression: Compression;
  readonly chunks: Chunks;
}

/** Looks at the first bytes; none of them is lost. */
export async function sniff(chunks: Chunks): Promise<Sniffed> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < HEADER_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    length += next.value.length;
  }
  const head = new Uint8Array(length);
  let offset = 0;
  for (const chunk of seen) {
    head.set(chunk, offset);
    offset += chunk.length;
  }
  return { compression: compressionOf(head), chunks: continued(head, iterator) };
}

/** How a file that starts with these bytes is compressed. */
function compressionOf(head: Uint8Array): Compression {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const plain = head.length >= HEADER_BYTES && view.getUint32(8, true) === maskedCrc(head, 0, 8);
  if (plain || head.length < 2) return "none";
  // RFC 1952, section 2.3.1; RFC 1950, section 2.2: method deflate, and a check that 31 divides the two bytes.
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  const deflate = (head[0]! & 0x0f) === 8 && head[0]! >> 4 <= 7;
  return deflate && view.getUint16(0) % 31 === 0 ? "zlib" : "none";
}

/** Compressed bytes are damaged or cut off; `cause` is the decompressor's error. */
export class CompressionError extends Error {
  override name = "CompressionError";
}

/** The content of compressed chunks. Throws CompressionError, or what reading the chunks throws. */
export async function* content(chunks: Chunks, format: CompressionFormat): Chunks {
  let failure: { readonly cause: unknown } | undefined;
  async function* guarded(): Chunks {
    try {
      yield* chunks;
    } catch (cause) {
      failure = { cause };
      throw cause;
    }
  }
  try {
    yield* platform.decompress(guarded(), format);
  } catch (cause) {
    if (failure !== undefined) throw failure.cause;
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new CompressionError(`the ${format} data is damaged or cut off (${what})`, { cause });
  }
}

async function* continued(head: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
