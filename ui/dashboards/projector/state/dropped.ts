/** Files that were dropped or picked: opened one after the other, their columns chosen, their points shown. */
import { signal } from "@preact/signals";
import { count, formatStep } from "../../../app/format.ts";
import { TableClient } from "../../../workers/table-client.ts";
import type { OpenedFile } from "../../../workers/table-protocol.ts";
import { columnOf } from "../data/columns.ts";
import type { Origin } from "../data/data-set.ts";
import type { Choice, ReadTable } from "../files/source.ts";
import { automatic, put } from "./opening.ts";
import { main } from "./pane.ts";
import { openRun, openStep, openTensor } from "./settings.ts";

/** A file that is open, and what is to be taken from it. */
export interface Dropped extends OpenedFile {
  readonly name: string;
  readonly choice: Choice;
}

export const dropped = signal<Dropped | null>(null);
export const droppedError = signal<string | null>(null);
export const reading = signal<string | null>(null);
let client: TableClient | null = null;

/** A file that waits; looked into already where others may come before it. */
interface Waiting {
  readonly file: File;
  readonly seen?: { readonly client: TableClient; readonly opened: OpenedFile };
}
let waiting: Waiting[] = [];
/** The points of a file that are open, and where they are read again. */
let shown: { readonly origin: Origin; readonly file: File; readonly choice: Choice } | null = null;
let own: File | null = null;

/** Opens files; those with vectors first, so that tables of metadata find points that they belong to. */
export async function takeFiles(files: Iterable<File>): Promise<void> {
  for (const { seen } of waiting) seen?.client.close();
  waiting = [...files].map((file) => ({ file }));
  forgetFile();
  droppedError.value = null;
  await next();
}

async function next(): Promise<void> {
  const one = waiting.shift();
  if (!one) return;
  const { file } = one;
  reading.value = file.name;
  client?.close();
  client = one.seen?.client ?? new TableClient();
  own = file;
  try {
    const opened = one.seen?.opened ?? (await client.open(file));
    const hasVectors = opened.suggested.vectors.length > 0;
    if (!hasVectors && waiting.some(({ seen }) => !seen)) {
      waiting.push({ file, seen: { client, opened } });
      client = null;
      return await next();
    }
    dropped.value = { ...opened, name: file.name, choice: opened.suggested };
    // Nothing to choose: a whole matrix, or a table that belongs to the points that are there.
    const only = opened.columns.length === 1 && hasVectors;
    if (only || (!hasVectors && main.data.peek())) await takeChoice();
  } catch (error) {
    dropped.value = null;
    addError(`${file.name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    await next();
  } finally {
    if (!dropped.peek()) reading.value = null;
  }
}

/** What is wrong with one file stays while the next is read. */
function addError(error: string): void {
  const before = droppedError.peek();
  droppedError.value = before === null ? error : `${before} ${error}`;
}

export function choose(choice: Choice): void {
  if (dropped.value) dropped.value = { ...dropped.value, choice };
}

/** Leaves a file alone, and goes on with those that were dropped with it. */
export async function skipFile(): Promise<void> {
  forgetFile();
  await next();
}

function forgetFile(): void {
  dropped.value = null;
  reading.value = null;
  client?.close();
  client = null;
}

/** Reads what was chosen, and shows it. */
export async function takeChoice(): Promise<void> {
  const file = dropped.peek();
  if (!file || !client) return;
  try {
    const table = await client.read(file.choice);
    if (table.dims > 0) await openTable(file.name, table, file.choice);
    else addMetadata(file.name, table);
  } catch (error) {
    addError(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    forgetFile();
  }
  await next();
}

async function openTable(name: string, table: ReadTable, choice: Choice): Promise<void> {
  const { rows, dims, data, columns, problems } = table;
  automatic.value = false;
  openRun.value = "";
  openTensor.value = "";
  openStep.value = "";
  const origin: Origin = { kind: "file", name };
  shown = own && { origin, file: own, choice };
  try {
    await put(
      main,
      {
        origin,
        title: name,
        rows,
        dims,
        columns: columns.map((column) => columnOf(column.name, column.values, column.indices)),
        sprite: null,
        hasBookmarks: false,
        problems,
      },
      { data, rows, dims },
    );
  } catch (error) {
    main.fail(error);
  }
}

/** Reads the vectors of a file that is shown again: the worker keeps no others than those that it needs. */
export async function rereadFile(): Promise<void> {
  const data = main.data.peek();
  if (!data || !shown || shown.origin !== data.origin) return;
  const { file, choice } = shown;
  const reader = new TableClient();
  try {
    const table = await main.run("Reading the vectors", async ({ signal }) => {
      await reader.open(file);
      const read = await reader.read(choice);
      signal.throwIfAborted();
      return read;
    });
    if (table.rows !== data.rows) throw new Error(`${file.name} has other rows than when it was opened`);
    const now = main.data.peek();
    if (now?.origin === data.origin)
      await put(main, now, { data: table.data, rows: table.rows, dims: table.dims });
  } catch (error) {
    main.fail(error);
  } finally {
    reader.close();
  }
}

/** More columns for the points that are open. */
function addMetadata(name: string, table: ReadTable): void {
  const data = main.data.peek();
  if (!data) {
    addError(`${name} has no column of vectors, and no points are open that it could tell of`);
    return;
  }
  const problems = table.problems.map((problem) => `${name}, ${problem}`);
  if (table.rows !== data.rows)
    problems.push(
      `${name} has ${count(table.rows, "row")} for ${count(data.rows, "point")}: ${table.rows < data.rows ? "the last have none" : "those beyond are left out"}`,
    );
  const added = table.columns.map((column) => {
    const indices = new Int32Array(data.rows).fill(-1);
    indices.set(column.indices.subarray(0, data.rows));
    return columnOf(column.name, column.values, indices);
  });
  const names = new Set(added.map((column) => column.name));
  main.data.value = {
    ...data,
    columns: [...data.columns.filter((column) => !names.has(column.name)), ...added],
    problems: [...data.problems, ...problems],
  };
}

/** How much there is of it, in words. */
export function sizeInWords({ rows, columns }: Dropped): string {
  return `${rows === null ? "" : `${formatStep(rows)} rows, `}${count(columns.length, "column")}`;
}
