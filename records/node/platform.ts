/** Files and compression in Node: four times as fast as its own web streams, whose chunks are 16 KiB. */

import { open } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import type { ByteTarget, Chunks, CompressionFormat, Platform } from "../platform.ts";

/** Bytes read, compressed or decompressed at a time. */
const CHUNK_BYTES = 1 << 20;
/** Compressed bytes inflated at a time: they become 64 MiB at most, however they were made. */
const SLICE_BYTES = 1 << 16;

export const platform: Platform = { openFile, createFile, decompress, compress };

async function* openFile(path: string | URL): Chunks {
  const file = await open(path, "r");
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function createFile(path: string | URL): ByteTarget {
  const name = path instanceof URL ? fileURLToPath(path) : path;
  const opened = open(path, "w");
  // Told by the first write; a target that is never written to fails when it is closed.
  opened.catch(() => {});
  return {
    name,
    async write(chunk) {
      const file = await opened;
      for (let done = 0; done < chunk.length; )
        done += (await file.write(chunk, done, chunk.length - done)).bytesWritten;
    },
    close: async () => (await opened).close(),
    abort: async () => (await opened).close(),
  };
}

async function* decompress(chunks: Chunks, format: CompressionFormat): Chunks {
  const options = { chunkSize: CHUNK_BYTES };
  // `gunzip` reads several members one after the other, as `cat a.gz b.gz` makes them and TensorFlow reads them.
  const inflate = format === "gzip" ? zlib.createGunzip(options) : zlib.createInflate(options);
  const ready: Uint8Array[] = [];
  let failure: { readonly error: Error } | undefined;
  let ended = false;
  // Neither after an error nor behind the end of the data does a write call back.
  let wake = (): void => {};
  inflate.on("data", (chunk: Uint8Array) => ready.push(chunk));
  inflate.on("end", () => {
    ended = true;
    wake();
  });
  inflate.on("error", (error) => {
    failure = { error };
    wake();
  });
  try {
    for await (const chunk of chunks)
      for (let at = 0; at < chunk.length && !ended; at += SLICE_BYTES) {
        // One piece after the other, each to its end: what was inflated before damage is then at hand.
        await new Promise<void>((resolve) => {
          wake = resolve;
          inflate.write(chunk.subarray(at, at + SLICE_BYTES), () => resolve());
        });
        yield* ready.splice(0);
        if (failure !== undefined) throw failure.error;
      }
    inflate.end();
    if (!ended) await finished(inflate);
    yield* ready.splice(0);
  } finally {
    inflate.destroy();
  }
}

function compress(target: ByteTarget, format: CompressionFormat): ByteTarget {
  const options = { chunkSize: CHUNK_BYTES };
  const deflate = format === "gzip" ? zlib.createGzip(options) : zlib.createDeflate(options);
  let failure: { readonly cause: unknown } | undefined;
  let wake = (): void => {};
  const written = (async () => {
    for await (const chunk of deflate) await target.write(chunk);
  })().catch((cause: unknown) => {
    failure = { cause };
    wake();
  });
  return {
    name: target.name,
    async write(chunk) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        deflate.write(chunk, () => resolve());
      });
      if (failure !== undefined) throw failure.cause;
    },
    async close() {
      deflate.end();
      await written;
      if (failure !== undefined) throw failure.cause;
      await target.close();
    },
    async abort(reason) {
      deflate.destroy();
      await target.abort(reason);
    },
  };
}
