/** Collects what a scan finds in a file into {@link FileBatch}es. */

import { getOrInsert } from "../util/get-or-insert.ts";
import type { FileBatch, FileEnd, RecordColumns, SeriesHead } from "./batch.ts";
import type { PackedPoints } from "./point-packer.ts";
import type { MetadataPool } from "./series-metadata.ts";

/** Where a value stands; see {@link RecordColumns}. */
export interface RecordRow {
  readonly tag: string;
  readonly step: number | bigint;
  readonly wall: number;
  readonly offset: number;
  readonly length: number;
  readonly index: number;
  readonly blobs: number;
}

const NO_HEADS: readonly SeriesHead[] = [];

export class BatchBuilder {
  readonly #file: number;
  /** Whether the file is read from its start. */
  readonly isFirst: boolean;
  /** Those that came together first are one list, which is others' too. */
  #heads: readonly SeriesHead[] = NO_HEADS;
  #more: SeriesHead[] = [];
  #rows: RecordRow[] = [];
  #earliest = Number.POSITIVE_INFINITY;

  constructor(file: number, isFirst: boolean) {
    this.#file = file;
    this.isFirst = isFirst;
  }

  /** Rows that wait to be taken, other than points. */
  get pending(): number {
    return this.#heads.length + this.#more.length + this.#rows.length;
  }

  heads(heads: readonly SeriesHead[]): void {
    if (this.pending === 0) this.#heads = heads;
    else for (const head of heads) this.#more.push(head);
  }

  record(row: RecordRow): void {
    this.#rows.push(row);
  }

  sawWallTime(wall: number): void {
    if (wall < this.#earliest) this.#earliest = wall;
  }

  /**
   * Everything since the last call, with points of the scanner, as a batch.
   *
   * @param pool has lists of heads that may be the same
   */
  take(
    { points, blocks }: PackedPoints,
    earliest: number,
    offset: number,
    end: FileEnd | null,
    pool: MetadataPool,
  ): FileBatch {
    const batch: FileBatch = {
      file: this.#file,
      heads: this.#allHeads(pool),
      points,
      blocks,
      records: this.#rows.length > 0 ? recordColumns(this.#rows) : null,
      earliest: Math.min(earliest, this.#earliest),
      offset,
      end,
    };
    this.#heads = NO_HEADS;
    if (this.#more.length > 0) this.#more = [];
    if (this.#rows.length > 0) this.#rows = [];
    this.#earliest = Number.POSITIVE_INFINITY;
    return batch;
  }

  #allHeads(pool: MetadataPool): readonly SeriesHead[] {
    const heads = this.#more.length === 0 ? this.#heads : [...this.#heads, ...this.#more];
    return heads.length === 0 ? NO_HEADS : pool.listOf(heads);
  }
}

function recordColumns(rows: readonly RecordRow[]): RecordColumns {
  const ids = new Map<string, number>();
  const tag = new Uint32Array(rows.length);
  for (const [i, row] of rows.entries()) {
    tag[i] = getOrInsert(ids, row.tag, () => ids.size);
  }
  const wide = rows.some((row) => typeof row.step === "bigint");
  return {
    tags: [...ids.keys()],
    tag,
    steps: wide
      ? BigInt64Array.from(rows, (row) => BigInt(row.step))
      : Float64Array.from(rows, (row) => Number(row.step)),
    walls: Float64Array.from(rows, (row) => row.wall),
    offsets: Float64Array.from(rows, (row) => row.offset),
    lengths: Float64Array.from(rows, (row) => row.length),
    indices: Uint32Array.from(rows, (row) => row.index),
    blobs: Int32Array.from(rows, (row) => row.blobs),
  };
}
