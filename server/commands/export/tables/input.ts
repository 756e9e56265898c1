/** What tables are made from. */
import type { RecordReader } from "../../../ingest/read-record.ts";
import type { BlobFolder } from "../blob-folder.ts";
import type { Notes } from "../notes.ts";
import type { Catalog, Selection } from "../selection.ts";

export interface TableInput {
  /** The series of the table's plugin; at least one. */
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** Gives the values that were left on disk. */
  readonly records: RecordReader;
  /** Takes what is a file by itself. */
  readonly blobs: BlobFolder;
  /** Takes what was left out, and why. */
  readonly notes: Notes;
}
