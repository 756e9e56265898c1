/** Collects what a scan finds in a file into {@link FileBatch}es. */

import { getOrInsert } from "../util/get-or-insert.ts";
import type { FileBatch, FileEnd, PointColumns, RecordColumns, SeriesHead } from "./batch.ts";
import type { AllocatePoints } from "./point-slots.ts";
import type { ScannedPoints } from "./scanner.ts";

interface RecordRow {
  readonly tag: string;
  readonly step: number | bigint;
  readonly wall: number;
  readonly offset: number;
  readonly length: number;
  readonly index: number;
  readonly blobs: number;
}

export class BatchBuilder {
  readonly #file: number;
  #heads: SeriesHead[] = [];
  #rows: RecordRow[] = [];
  #earliest = Number.POSITIVE_INFINITY;
  #restarted = false;

  constructor(file: number) {
    this.#file = file;
  }

  /** Rows that wait to be taken, other than points. */
  get pending(): number {
    return this.#heads.length + this.#rows.length;
  }

  head(head: SeriesHead): void {
    this.#heads.push(head);
  }

  record(row: RecordRow): void {
    this.#rows.push(row);
  }

  sawWallTime(wall: number): void {
    if (wall < this.#earliest) this.#earliest = wall;
  }

  restart(): void {
    this.#restarted = true;
  }

  /** Everything since the last call, with `points` of the scanner, as a batch. */
  take(points: PointColumns | null, earliest: number, end: FileEnd | null): FileBatch {
    const batch: FileBatch = {
      file: this.#file,
      heads: this.#heads,
      points,
      records: this.#rows.length > 0 ? recordColumns(this.#rows) : null,
      earliest: Math.min(earliest, this.#earliest),
      restarted: this.#restarted,
      end,
    };
    this.#heads = [];
    this.#rows = [];
    this.#earliest = Number.POSITIVE_INFINITY;
    this.#restarted = false;
    return batch;
  }
}

/** Counters of {@link groupByTag}, one an interned tag; all zero between calls. */
let counters = new Int32Array(1024);

/** Points in file order to points grouped by tag, keeping the order within a tag. */
export function groupByTag(
  points: ScannedPoints,
  names: readonly string[],
  allocate: AllocatePoints,
): PointColumns | null {
  const { count, tags } = points;
  if (count === 0) return null;
  if (counters.length < names.length) counters = new Int32Array(names.length * 2);
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    const tag = tags[i]!;
    if (counters[tag]!++ === 0) ids.push(tag);
  }
  const counts = ids.map((id) => counters[id]!);
  let next = 0;
  for (const [k, id] of ids.entries()) {
    counters[id] = next;
    next += counts[k]!;
  }
  const { steps, walls, values } = allocate(count);
  for (let i = 0; i < count; i++) {
    const to = counters[tags[i]!]!++;
    steps[to] = points.steps[i]!;
    walls[to] = points.walls[i]!;
    values[to] = points.values[i]!;
  }
  for (const id of ids) counters[id] = 0;
  return { tags: ids.map((id) => names[id]!), counts, steps, walls, values };
}

/** One point whose step no double holds. */
export function widePoint(tag: string, step: bigint, wall: number, value: number): PointColumns {
  const steps = BigInt64Array.of(step);
  return { tags: [tag], counts: [1], steps, walls: Float64Array.of(wall), values: Float32Array.of(value) };
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
    blobs: Uint32Array.from(rows, (row) => row.blobs),
  };
}
