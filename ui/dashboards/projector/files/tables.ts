/** Arrow and Parquet: columns as the libraries give them. */
import { type Table, tableFromIPC } from "@uwdata/flechette";
import { gunzipSync } from "fflate";
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
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
export async function arrowSource(bytes: Uint8Array): Promise<Source> {
  try {
    const table = await arrowTable(bytes);
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

async function arrowTable(bytes: Uint8Array): Promise<Table> {
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("Missing compression codec"))) throw error;
    await import("./codecs.ts");
    return tableFromIPC(bytes);
  }
}

export function isParquet(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 4)) === "PAR1";
}

/** @throws FileError */
export async function parquetSource(buffer: ArrayBuffer): Promise<Source> {
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const compressors = {
      GZIP: (input: Uint8Array) => gunzipSync(input),
      ...(needsCodecs(metadata) && (await import("./codecs.ts")).compressors),
    };
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

/** Whether a column is packed by something else than what is there without asking. */
function needsCodecs({ row_groups: groups }: FileMetaData): boolean {
  const known = ["UNCOMPRESSED", "SNAPPY", "GZIP"];
  return groups.some(({ columns }) =>
    columns.some(({ meta_data: column }) => column && !known.includes(column.codec)),
  );
}
