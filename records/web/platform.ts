/** Compression in a page, by its own streams. There are no files: give a Blob, a stream or bytes. */

import type { ByteTarget, Chunks, CompressionFormat, Platform } from "../platform.ts";
import { streamChunks, streamTarget } from "../streams.ts";

export const platform: Platform = {
  openFile: (path) => noFiles(path, "read: give a Blob, a stream (such as fetch's response.body) or bytes"),
  createFile: (path) => noFiles(path, "written: give a WritableStream"),
  decompress,
  compress,
};

function noFiles(path: string | URL, instead: string): never {
  throw new TypeError(`${path}: without files nothing can be ${instead}`);
}

/** What the platform's streams call the formats. */
const FORMATS = { gzip: "gzip", zlib: "deflate" } as const;

async function* decompress(chunks: Chunks, format: CompressionFormat): Chunks {
  const { readable, writable } = new DecompressionStream(FORMATS[format]);
  const writer = writable.getWriter();
  let stopped = false;
  const feeding = (async () => {
    for await (const chunk of chunks) {
      if (stopped) break;
      await writer.write(new Uint8Array(chunk));
    }
    await writer.close();
  })().catch((error) => writer.abort(error));
  // The readable side tells whoever reads of all that goes wrong.
  feeding.catch(() => {});
  try {
    yield* streamChunks(readable);
  } finally {
    // Not waited for: the next chunk may never come.
    stopped = true;
  }
}

function compress(target: ByteTarget, format: CompressionFormat): ByteTarget {
  const { readable, writable } = new CompressionStream(FORMATS[format]);
  const input = streamTarget(writable, target.name);
  let failure: { readonly cause: unknown } | undefined;
  const written = (async () => {
    for await (const chunk of streamChunks(readable)) await target.write(chunk);
  })().catch((cause: unknown) => {
    failure ??= { cause };
    return input.abort(cause);
  });
  /** What the target said comes before what the streams made of it. */
  const told = (error: unknown): never => {
    throw failure === undefined ? error : failure.cause;
  };
  return {
    name: target.name,
    write: (chunk) => input.write(chunk).catch(told),
    async close() {
      await input.close().catch(told);
      await written;
      if (failure !== undefined) throw failure.cause;
      await target.close();
    },
    async abort(reason) {
      await input.abort(reason);
      await written;
      await target.abort(reason);
    },
  };
}
