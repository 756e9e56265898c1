/** What records are read from, as chunks of bytes with a name for errors. */
import { platform } from "#platform";
import type { Chunks } from "./platform.ts";
import { streamChunks } from "./streams.ts";

/**
 * A TFRecord file: a path or `file:` URL (in Node), its bytes, a Blob, or its bytes piece by piece. Streams can be
 * read once.
 *
 * @example
 * import { createReadStream } from "node:fs";
 *
 * const count = async (source: RecordSource) => (await dataset(readRecords(source)).toArray()).length;
 * await writeRecords("digits.tfrecord", [3, 7].map((digit) => encodeExample({ digit: int64Feature(digit) })));
 * console.log(await count("digits.tfrecord")); // 2
 * console.log(await count(createReadStream("digits.tfrecord"))); // 2
 */
export type RecordSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** A source that is open. */
export interface OpenSource {
  /** What errors call it. */
  readonly name: string;
  readonly chunks: Chunks;
  /** Whether the next chunk may keep one waiting for ever. */
  readonly live: boolean;
}

/** Opens a source. Throws TypeError when it is none. */
export function openSource(source: RecordSource): OpenSource {
  if (typeof source === "string" || source instanceof URL)
    return { name: String(source), chunks: platform.openFile(source), live: false };
  if (source instanceof Uint8Array) return { name: "bytes", chunks: only(source), live: false };
  if (source instanceof ArrayBuffer)
    return { name: "bytes", chunks: only(new Uint8Array(source)), live: false };
  if (source instanceof Blob)
    return { name: nameOf(source), chunks: streamChunks(source.stream()), live: false };
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source) return { name: "stream", chunks: streamChunks(source), live: true };
    if (Symbol.asyncIterator in source) return { name: "stream", chunks: source, live: true };
  }
  throw new TypeError(`records are read from a path, bytes, a Blob or a stream, not from ${typeof source}`);
}

async function* only(bytes: Uint8Array): Chunks {
  yield bytes;
}

/** Files that a person chose have a name. */
function nameOf(blob: Blob): string {
  return "name" in blob && typeof blob.name === "string" ? blob.name : "blob";
}
