/** What is wrong with a TFRecord file: where, in words, and what was kept. */

/** Kinds of damage. */
export type RecordProblem =
  /** The input ends inside a record: it was cut off, or is still being written. */
  | "torn"
  /** The length does not match its CRC: nothing behind it can be told apart. */
  | "bad-length"
  /** The data does not match its CRC: this record is lost, those behind it are not. */
  | "bad-data"
  /** The compressed stream is damaged or cut off. */
  | "bad-compression";

/** A damaged record. What came before it has been given out. */
export class RecordError extends Error {
  override name = "RecordError";
  readonly problem: RecordProblem;
  /** The file, or what else was read. */
  readonly source: string;
  /** The record's place in its source, from 0. */
  readonly record: number;
  /** Where the record starts, in bytes; of the content where the source is compressed. */
  readonly offset: number;

  constructor(problem: RecordProblem, place: RecordPlace, what: string, cause?: unknown) {
    const { source, record, offset, compressed } = place;
    const where = `record ${record} at byte ${offset}${compressed ? " of its content" : ""}`;
    super(`${source}: ${where}: ${what}`, { cause });
    this.problem = problem;
    this.source = source;
    this.record = record;
    this.offset = offset;
  }
}

/** Where a record is. */
export interface RecordPlace {
  readonly source: string;
  readonly record: number;
  readonly offset: number;
  readonly compressed: boolean;
}
