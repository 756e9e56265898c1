/** The formats of tables, by name. What one needs is loaded when it is asked for. */
import type { Output } from "../output.ts";
import type { Table } from "../table.ts";

export type FormatName = "csv" | "jsonl" | "arrow" | "parquet";

/** Writes a table. */
export type TableWriter = (table: Table, output: Output) => void;

interface Format {
  /** Endings of file names, without the dot; the first is given to files that are named here. */
  readonly endings: readonly string[];
  /** Whether a terminal can show it. */
  readonly isText: boolean;
  /** @param ending that the file has; empty for standard output */
  readonly load: (ending: string) => Promise<TableWriter>;
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  csv: {
    endings: ["csv"],
    isText: true,
    load: async () => (await import("./csv.ts")).writeCsv,
  },
  jsonl: {
    endings: ["jsonl", "ndjson"],
    isText: true,
    load: async () => (await import("./jsonl.ts")).writeJsonLines,
  },
  arrow: {
    endings: ["arrow", "feather", "arrows"],
    isText: false,
    load: async (ending) => {
      const { writeArrow } = await import("./arrow.ts");
      const isStream = ending === "" || ending === "arrows";
      return (table, output) => writeArrow(table, output, isStream ? "stream" : "file");
    },
  },
  parquet: {
    endings: ["parquet"],
    isText: false,
    load: async () => (await import("./parquet.ts")).writeParquet,
  },
};

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);

/** The format that a file's ending says; null where it says none. */
export function formatOf(file: string): FormatName | null {
  const ending = endingOf(file);
  const names = Object.keys(FORMATS).filter(isFormatName);
  return names.find((name) => FORMATS[name].endings.includes(ending)) ?? null;
}

/** The ending of a file's name, in small letters and without the dot. */
export function endingOf(file: string): string {
  return /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
}
