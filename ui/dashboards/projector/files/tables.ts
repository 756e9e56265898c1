/** Arrow and Parquet: columns as the libraries give them. */
import { tableFromIPC } from "@uwdata/flechette";
import { gunzipSync } from "fflate";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { columnsSource, memoryColumn } from "./columns-source.ts";
import { FileError, type Source } from "./source.ts";

/** Files start with a magic word, streams with the length of their schema. */
export function isArrow(bytes: Uint8Array): boolean {
  const magic = new TextDecoder("latin1").decode(bytes.subarray(0, 6));
  return (
    magic === "ARROW1" || (bytes[0] === 0xff && bytes[1] === 0xff && bytes[2] === 0xff && bytes[3] === 0xff)
  );
}

/** @throws FileError */
export function arrowSource(bytes: Uint8Array): Source {
  try {
    const table = tableFromIPC(bytes);
    const columns = table.names.map((name) => {
      const rows: ArrayLike<unknown> = table.getChild(String(name)).toArray();
      return memoryColumn(String(name), rows);
    });
    return columnsSource("Arrow", columns, table.numRows);
  } catch (error) {
    throw new FileError(
      `the Arrow file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function isParquet(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 4)) === "PAR1";
}

/** @throws FileError */
export async function parquetSource(buffer: ArrayBuffer): Promise<Source> {
  try {
    const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input) };
    const metadata = await parquetMetadataAsync(buffer);
    const rows = await parquetReadObjects({ file: buffer, metadata, compressors });
    const names = Object.keys(rows[0] ?? {});
    const columns = names.map((name) =>
      memoryColumn(
        name,
        rows.map((row) => Reflect.get(row, name) as unknown),
      ),
    );
    return columnsSource("Parquet", columns, rows.length);
  } catch (error) {
    throw new FileError(
      `the Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
