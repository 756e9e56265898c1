/** What reading a file gives: the message between the threads that read and the one that stores. */
import type { SeriesMetadata } from "./series-metadata.ts";

/** Something found in one read of one event file. Plain data, transferable between threads. */
export interface FileBatch {
  /** The loader's number of the file. */
  readonly file: number;
  /** Tags seen for the first time in this file, with what their first value says they are. */
  readonly heads: readonly SeriesHead[];
  /** Points of tags that have only few in this batch. */
  readonly points: PointColumns | null;
  /** Points of the other tags, packed in the slab that comes with the batch. */
  readonly blocks: BlockList | null;
  readonly records: RecordColumns | null;
  /** Earliest wall time of all events of the batch; Infinity when there were none. */
  readonly earliest: number;
  /** Everything before this offset is in this batch or an earlier one. */
  readonly offset: number;
  /** Set on the last batch of a read. */
  readonly end: FileEnd | null;
}

export interface SeriesHead {
  readonly tag: string;
  readonly metadata: SeriesMetadata;
}

/** Consecutive blocks of a slab: block `first + i` has points of `tags[i]`, in the order of the file. */
export interface BlockList {
  readonly tags: readonly string[];
  readonly first: number;
}

/** Scalar points grouped by tag: group i has `counts[i]` rows of `tags[i]`, in the order of the file. */
export interface PointColumns {
  readonly tags: readonly string[];
  readonly counts: readonly number[];
  /** BigInt64Array when a step is beyond 2^53. */
  readonly steps: Float64Array | BigInt64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
}

/** Values other than float scalars, left on disk: where each one is. One row a value, in the order of the file. */
export interface RecordColumns {
  /** Names that `tag` counts in. */
  readonly tags: readonly string[];
  readonly tag: Uint32Array;
  readonly steps: Float64Array | BigInt64Array;
  readonly walls: Float64Array;
  /** Byte offset of the record's data in the file, and its length. */
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
  /** Which value of the event's summary. */
  readonly indices: Uint32Array;
  /**
   * Blobs in the value: 3 for an image (width, height, bytes), 0 for a tensor; -1 for a value that is not of its tag's
   * kind (UNFIT in tag-kind.ts). With a tag of scalars 0 says that the point, which is in the columns, is a double.
   */
  readonly blobs: Int32Array;
}

/** Where a read of a file came to its end: all that the next read needs to go on from there. */
export interface FileEnd {
  /** Everything before this offset has been read. */
  readonly offset: number;
  /** The file's size when it was read. */
  readonly size: number;
  /** The modification time of the file, milliseconds; 0 when it could not be read. */
  readonly modified: number;
  /** Number of the file on its disk; 0 while it was never opened. */
  readonly inode: number;
  /** What the file's first bytes were, and the last ones before the offset: by these it is recognised. */
  readonly head: Print;
  readonly tail: Print;
  readonly state: FileState;
  readonly problems: FileProblems;
}

/** Some bytes of a file as they were when they were read. */
export interface Print {
  /** Offset of the byte behind them. */
  readonly end: number;
  readonly length: number;
  /** Their CRC. */
  readonly crc: number;
}

/**
 * `reading`: all whole records were read. `more`: there is more to read, which is for another turn. `dead`: nothing
 * after `offset` can be framed. `gone`: there is no such file any more, or nothing that may be read. `unreadable`: it
 * could not be opened or read. `replaced`: it is not what was read before, and nothing was read of it.
 */
export type FileState = "reading" | "more" | "dead" | "gone" | "unreadable" | "replaced";

/** All that is wrong with a file so far: the first ones, and how many more. */
export interface FileProblems {
  readonly found: readonly FileProblem[];
  readonly more: number;
  /** Offset of the one that the next read may take back. */
  readonly suspect?: number | null;
}

export interface FileProblem {
  readonly offset: number | null;
  readonly message: string;
}
