/** Files that were dropped or picked: opened one after the other, their columns chosen, their points shown. */
import { signal } from "@preact/signals";
import { count, formatStep } from "../../../app/format.ts";
import { TableClient } from "../../../workers/table-client.ts";
import type { OpenedFile } from "../../../workers/table-protocol.ts";
import { columnOf } from "../data/columns.ts";
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
let waiting: File[] = [];

/** Opens files; those with vectors first, so that tables of metadata find points that they belong to. */
export async function takeFiles(files: Iterable<File>): Promise<void> {
  waiting = [...files].sort((a, b) => b.size - a.size);
  await next();
}

async function next(): Promise<void> {
  const file = waiting.shift();
  if (!file) return;
  reading.value = file.name;
  droppedError.value = null;
  client?.close();
  client = new TableClient();
  try {
    const opened = await client.open(file);
    dropped.value = { ...opened, name: file.name, choice: opened.suggested };
    // Nothing to choose: a whole matrix, or a table that belongs to the points that are there.
    const only = opened.columns.length === 1 && opened.suggested.vectors.length === 1;
    if (only || (opened.suggested.vectors.length === 0 && main.data.peek())) await takeChoice();
  } catch (error) {
    dropped.value = null;
    droppedError.value = `${file.name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
    await next();
  } finally {
    if (!dropped.peek()) reading.value = null;
  }
}

export function choose(choice: Choice): void {
  if (dropped.value) dropped.value = { ...dropped.value, choice };
}

export function forgetFile(): void {
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
    if (table.dims > 0) await openTable(file.name, table);
    else addMetadata(file.name, table);
  } catch (error) {
    droppedError.value = `${file.name}: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    forgetFile();
  }
  await next();
}

async function openTable(name: string, { rows, dims, data, columns, problems }: ReadTable): Promise<void> {
  automatic.value = false;
  openRun.value = "";
  openTensor.value = "";
  openStep.value = "";
  try {
    await put(
      main,
      {
        origin: { kind: "file", name },
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

/** More columns for the points that are open. */
function addMetadata(name: string, table: ReadTable): void {
  const data = main.data.peek();
  if (!data) {
    droppedError.value = `${name} has no column of vectors, and no points are open that it could tell of`;
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
