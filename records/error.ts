/** What is wrong with a TFRecord file: where, in words, and what was kept. */

/**
 * Kinds of damage.
 *
 * @example
 * const lost = (problem: RecordProblem) => (problem === "bad-data" ? "one record" : "the rest of the file");
 * console.log(lost("bad-data")); // one record
 * console.log(lost("torn")); // the rest of the file
 */
export type RecordProblem =
  /** The input ends inside a record: it was cut off, or is still being written. */
  | "torn"
  /** The length does not match its CRC: nothing behind it can be told apart. */
  | "bad-length"
  /** The data does not match its CRC: this record is lost, those behind it are not. */
  | "bad-data"
  /** The compressed stream is damaged or cut off. */
  | "bad-compression";

/**
 * A damaged record. What came before it has been given out.
 *
 * @example
 * import { truncate } from "node:fs/promises";
 *
 * await writeRecords("cut.tfrecord", ["one", "two"].map((text) => encodeExample({ text })));
 * await truncate("cut.tfrecord", 50);
 * try {
 *   for await (const record of readRecords("cut.tfrecord")) console.log(record.length); // 19
 * } catch (error) {
 *   if (error instanceof RecordError) console.log(error.problem, error.record, error.offset); // torn 1 35
 * }
 */
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
