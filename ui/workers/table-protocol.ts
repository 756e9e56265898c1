/** What the page and the worker that reads files say to each other. */
import type { Choice, ReadTable, SourceColumn } from "../dashboards/projector/files/source.ts";

export type ToTableWorker = { readonly open: File } | { readonly read: Choice };

export interface OpenedFile {
  readonly format: string;
  readonly columns: readonly SourceColumn[];
  readonly rows: number | null;
  readonly suggested: Choice;
}

export type FromTableWorker =
  | { readonly opened: OpenedFile }
  | { readonly table: ReadTable }
  | { readonly error: string };
