/** Exports: reads logs, chooses, and writes each kind of value as a table. */
import type { LogSource } from "../../logdir/source.ts";
import { problemLine } from "../../tell-problems.ts";
import type { Reading } from "../reading-flags.ts";
import { BlobFolder } from "./blob-folder.ts";
import { FORMATS, type TableWriter } from "./formats/index.ts";
import { loadLogs } from "./load.ts";
import { Notes } from "./notes.ts";
import { choose, type Selection } from "./selection.ts";
import type { Batch, Table } from "./table.ts";
import { TABLES, type TableName } from "./tables/index.ts";
import type { Target } from "./target.ts";

export interface ExportOptions {
  readonly sources: readonly LogSource[];
  readonly reading: Reading;
  readonly selection: Selection;
  readonly tables: readonly TableName[];
  readonly target: Target;
}

/** A table that was written. */
export interface Written {
  /** Null for standard output. */
  readonly file: string | null;
  readonly rows: number;
  readonly series: number;
  readonly bytes: number;
}

export interface ExportResult {
  /** Empty where nothing was chosen: then nothing was written. */
  readonly written: readonly Written[];
  /** What people should know of it: damaged files, values that were left out. */
  readonly notes: readonly string[];
}

/** @throws Error of the system when something cannot be written */
export async function exportLogs(options: ExportOptions): Promise<ExportResult> {
  const { sources, reading, selection, target } = options;
  const { run } = selection;
  const logs = await loadLogs(sources, reading, run && ((name) => run.test(name)));
  const notes = new Notes();
  for (const problem of logs.problems) notes.add(problemLine(problem));
  try {
    const write = await FORMATS[target.format].load(target.ending);
    const written: Written[] = [];
    for (const name of options.tables) {
      const catalog = choose(logs.store, name, selection);
      if (catalog.series.length === 0) continue;
      const blobs = new BlobFolder(target.folder ?? "");
      const table = TABLES[name].table({ catalog, selection, records: logs.records, blobs, notes });
      written.push({ ...writeTable(table, write, target), series: catalog.series.length });
    }
    return { written, notes: notes.lines };
  } finally {
    logs.close();
  }
}

function writeTable(table: Table, write: TableWriter, target: Target): Omit<Written, "series"> {
  const output = target.open(table.name);
  let rows = 0;
  function* counted(): Generator<Batch> {
    for (const batch of table.batches) {
      rows += batch.rows;
      yield batch;
    }
  }
  try {
    write({ ...table, batches: counted() }, output);
    output.commit();
  } catch (error) {
    output.abort();
    throw error;
  }
  return { file: target.fileOf(table.name), rows, bytes: output.bytes };
}
