/** What records are read from, as chunks of bytes with a name for errors. */
import { platform } from "#platform";
import type { Chunks } from "./platform.ts";
import { streamChunks } from "./streams.ts";

/**
 * A TFRecord file: a path or `file:` URL (in Node), its bytes, a Blob, or its bytes piece by piece. Streams can be
 * read once.
 */
export type RecordSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** Opens a source. Throws TypeError when it is none. */
export function openSource(source: RecordSource): { readonly name: string; readonly chunks: Chunks } {
  if (typeof source === "string" || source instanceof URL)
    return { name: String(source), chunks: platform.openFile(source) };
  if (source instanceof Uint8Array) return { name: "bytes", chunks: only(source) };
  if (source instanceof ArrayBuffer) return { name: "bytes", chunks: only(new Uint8Array(source)) };
  if (source instanceof Blob) return { name: nameOf(source), chunks: streamChunks(source.stream()) };
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source) return { name: "stream", chunks: streamChunks(source) };
    if (Symbol.asyncIterator in source) return { name: "stream", chunks: source };
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
