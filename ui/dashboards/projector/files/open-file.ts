/** What a file is, told by its bytes and not by its name: people's files are called anything. */
import { gunzipSync } from "fflate";
import { isJson, jsonSource } from "./json.ts";
import { isNpy, npySource, npzSource } from "./numpy.ts";
import { FileError, type Source } from "./source.ts";
import { arrowSource, isArrow, isParquet, parquetSource } from "./tables.ts";
import { decodeText, textSource } from "./text.ts";

/** @throws FileError in words, when it is nothing that can be read */
export async function openFile(buffer: ArrayBuffer): Promise<Source> {
  const bytes = new Uint8Array(buffer);
  if (bytes.length === 0) throw new FileError("the file is empty");
  if (isNpy(bytes)) return npySource(bytes);
  if (isArrow(bytes)) return arrowSource(bytes);
  if (isParquet(bytes)) return parquetSource(buffer);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return npzSource(bytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return openFile(gunzip(bytes));
  const text = decodeText(bytes);
  if (text === null)
    throw new FileError("it is none of TSV, CSV, NPY, NPZ, Arrow, Parquet and JSON lines, which can be read");
  return isJson(text) ? jsonSource(text) : textSource(text);
}

function gunzip(bytes: Uint8Array): ArrayBuffer {
  try {
    const { buffer, byteOffset, byteLength } = gunzipSync(bytes);
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  } catch {
    throw new FileError("it begins as gzip, and cannot be unpacked");
  }
}
