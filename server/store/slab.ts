/**
 * A slab: many blocks of points in one piece of memory, with a directory that says of each block where its columns
 * are and what its extremes are. The directory stays in memory; the data may go to disk and come back.
 */
import { type ColumnViews, viewsOf } from "./linear-column.ts";

/** Numbers of a block in the directory; the order is part of the index cache's files. */
export const Field = {
  count: 0,
  /** Steps: kind, byte offset, first, slope, and the last one. */
  stepKind: 1,
  stepOffset: 2,
  firstStep: 3,
  stepSlope: 4,
  lastStep: 5,
  /** Wall times likewise, with the unit of the line, and 1 where they never go back. */
  wallKind: 6,
  wallOffset: 7,
  firstWall: 8,
  wallSlope: 9,
  lastWall: 10,
  wallUnit: 11,
  wallsAscend: 12,
  /** Byte offset of the values (float32), and of their hints (see {@link HINT_ROWS}, {@link WIDE_ROWS}). */
  valueOffset: 13,
  hintOffset: 14,
  /** Rows of the smallest and the largest number and of the first NaN, -1 where there is none; and those numbers. */
  lowest: 15,
  highest: 16,
  nan: 17,
  min: 18,
  max: 19,
} as const;

/** Numbers that the directory has of each block. */
export const FIELDS = 20;

/**
 * Rows for which one hint says where the smallest number, the largest number and the first NaN are: three offsets in
 * those rows, {@link NO_HINT} where there is none. Narrow hints are bytes. Wide ones are 16-bit and stand before them.
 */
export const HINT_ROWS = 64;
export const WIDE_ROWS = 512;
export const NO_HINT = 0xff;
export const NO_WIDE_HINT = 0xffff;

/** Bytes of the hints of so many rows. */
export function hintBytes(rows: number): number {
  return wideHintBytes(rows) + Math.ceil(rows / HINT_ROWS) * 3;
}

/** Bytes that blocks of so many points take at most. */
export function mostBytes(points: number, blocks: number): number {
  return points * 20 + hintBytes(points) + blocks * 48;
}

export function wideHintBytes(rows: number): number {
  return Math.ceil(rows / WIDE_ROWS) * 6;
}

/** Where a slab's data is when it is not in memory. */
export interface SlabSource {
  /** Reads the data; throws where it is not there any more. */
  read(): ArrayBuffer;
}

export class Slab {
  /** {@link FIELDS} numbers a block. */
  readonly directory: Float64Array;
  /** Bytes of the data. */
  readonly bytes: number;
  /** Set by every look at the data; taken back by whoever decides what goes to disk. */
  used = true;
  #views: ColumnViews | null;
  #source: SlabSource | null;
  /** Told when data comes back to memory. */
  onLoad: ((slab: Slab) => void) | null = null;
  /** Told when it cannot come back. */
  onLost: (() => void) | null = null;

  constructor(directory: Float64Array, data: ArrayBuffer);
  constructor(directory: Float64Array, bytes: number, source: SlabSource);
  constructor(directory: Float64Array, data: ArrayBuffer | number, source: SlabSource | null = null) {
    this.directory = directory;
    this.bytes = typeof data === "number" ? data : data.byteLength;
    this.#views = typeof data === "number" ? null : viewsOf(data);
    this.#source = source;
  }

  /** The data, read from disk where it went there. */
  get views(): ColumnViews {
    this.used = true;
    return this.#views ?? this.#load();
  }

  /** Points of the block of a number. */
  countOf(block: number): number {
    return this.directory[block * FIELDS + Field.count]!;
  }

  get isResident(): boolean {
    return this.#views !== null;
  }

  /** Whether the data is on disk, and need not be written there to be let go. */
  get hasSource(): boolean {
    return this.#source !== null;
  }

  /** Lets the data go from memory; `source` gives it back. */
  release(source: SlabSource | null = this.#source): void {
    if (source === null) throw new Error("a slab's data is nowhere but in memory");
    this.#source = source;
    this.#views = null;
  }

  #load(): ColumnViews {
    if (this.#source === null) throw new Error("a slab has neither data nor a source");
    try {
      this.#views = viewsOf(this.#source.read());
    } catch (error) {
      this.onLost?.();
      throw error;
    }
    this.onLoad?.(this);
    return this.#views;
  }
}
