/**
 * What the platform gives: files and compression. Node has both (node/platform.ts); a page has compression
 * (web/platform.ts) and no files. `#platform` in package.json chooses.
 */

/** Bytes piece by piece; a piece belongs to whoever asked for it. */
export type Chunks = AsyncIterable<Uint8Array>;

/** Takes bytes in order; a call settles when the next may come. */
export interface ByteTarget {
  /** What errors call it. */
  readonly name: string;
  /** Takes a chunk, which is not touched again by the caller. */
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Lets go of what is held, without completing the output. */
  abort(reason: unknown): Promise<void>;
}

/** Formats of compressed TFRecord files: GZIP (RFC 1952) and ZLIB (RFC 1950) by TensorFlow's names. */
export type CompressionFormat = "gzip" | "zlib";

export interface Platform {
  /** The bytes of a file, by path or `file:` URL. */
  openFile(path: string | URL): Chunks;
  /** A new file, in place of one that is there. */
  createFile(path: string | URL): ByteTarget;
  /** The content of compressed bytes. */
  decompress(chunks: Chunks, format: CompressionFormat): Chunks;
  /** Compresses what it takes into `target`. */
  compress(target: ByteTarget, format: CompressionFormat): ByteTarget;
}
