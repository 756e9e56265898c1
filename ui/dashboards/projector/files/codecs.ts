/** What packs columns in Arrow and Parquet beside gzip and Snappy: fetched when such a file comes. */
import { CompressionType, setCompressionCodec } from "@uwdata/flechette";
import { decompress as decompressZstd } from "fzstd";
import type { Compressors } from "hyparquet";
import { decompressBrotli, decompressLz4, decompressLz4Raw } from "hyparquet-compressors";
import { decompressLz4Frame } from "./lz4-frame.ts";

export const compressors: Compressors = {
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  BROTLI: decompressBrotli,
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

// Nothing is written with them: what is not smaller is kept as it is.
const encode = (bytes: Uint8Array): Uint8Array => bytes;
setCompressionCodec(CompressionType.ZSTD, {
  encode,
  decode: (bytes, length) => decompressZstd(bytes, new Uint8Array(length)),
});
setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: decompressLz4Frame });
