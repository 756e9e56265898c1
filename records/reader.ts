/** Reads TFRecord files record by record, plain or compressed, never a whole file at a time. */
import { ahead } from "./ahead.ts";
import { type Compression, content, sniff } from "./compression.ts";
import type { RecordError } from "./error.ts";
import { frames } from "./frames.ts";
import { openSource, type RecordSource } from "./source.ts";

/**
 * What {@link readRecords} checks, and what it does about damage.
 *
 * @example
 * import { truncate } from "node:fs/promises";
 *
 * await writeRecords("cut.tfrecord", ["one", "two"].map((text) => encodeExample({ text })));
 * await truncate("cut.tfrecord", 50);
 * const problems: string[] = [];
 * const options: ReadOptions = { damage: "skip", onDamage: ({ problem }) => problems.push(problem) };
 * const whole = await dataset(() => readRecords("cut.tfrecord", options)).toArray();
 * console.log(whole.length, problems.join()); // 1 torn
 */
export interface ReadOptions {
  /** How the files are compressed. Default `auto`: by their first bytes, each for itself. */
  readonly compression?: Compression | "auto" | undefined;
  /** Whether the CRCs of records' data are checked. Default true. Those of lengths always are. */
  readonly checkCrc?: boolean | undefined;
  /**
   * What happens at a damaged record. `throw` (default): a {@link RecordError}. `skip`: it is left out, and where
   * nothing behind it can be told apart (a torn tail, a damaged length), so is the rest of its file. `stop`: the rest of
   * its file is left out in any case.
   */
  readonly damage?: "throw" | "skip" | "stop" | undefined;
  /** Told of all that is left out. Default: one line of `console.error`. */
  readonly onDamage?: ((error: RecordError) => void) | undefined;
}

/**
 * The records of TFRecord files, one file after the other, each record in memory of its own. Files are read chunk
 * by chunk, one ahead, never whole.
 *
 * @param sources one or several, in the order in which they are read; patterns are the caller's to resolve
 * @throws RecordError at a damaged record, unless `damage` says otherwise; the system's error when a file cannot be
 *   read; TypeError when a source is none
 * @example
 * await writeRecords("words.tfrecord", ["tensor", "board"].map((word) => encodeExample({ word })));
 * const words: string[] = [];
 * for await (const record of readRecords("words.tfrecord")) {
 *   const { word } = parseExample(record, { word: fixedLenFeature([], "string") });
 *   words.push(toText(word.data[0]!));
 * }
 * console.log(words.join(" ")); // tensor board
 */
export async function* readRecords(
  sources: RecordSource | readonly RecordSource[],
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array, void, void> {
  for (const source of isList(sources) ? sources : [sources])
    for await (const records of readSource(source, options)) for (const record of records) yield record;
}

function isList(sources: RecordSource | readonly RecordSource[]): sources is readonly RecordSource[] {
  return Array.isArray(sources);
}

/** The records of one file, those of a chunk together. */
async function* readSource(
  source: RecordSource,
  { compression: given = "auto", checkCrc = true, ...options }: ReadOptions,
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const { name, chunks: raw, live } = openSource(source);
  const { compression, chunks } = given === "auto" ? await sniff(raw) : { compression: given, chunks: raw };
  const compressed = compression !== "none";
  const bytes = compressed ? content(chunks, compression) : chunks;
  // The next chunk is read and inflated, elsewhere, while the records of this one are used; but whoever stops early
  // must not be kept waiting for it.
  yield* frames(live ? bytes : ahead(bytes, 1), {
    source: name,
    compressed,
    checkCrc,
    damaged: (error) => onDamage(error, options),
  });
}

/** Throws, or says what is left out; gives whether the file is read on. */
function onDamage(error: RecordError, { damage = "throw", onDamage: tell = warn }: ReadOptions): boolean {
  if (damage === "throw") throw error;
  tell(error);
  return damage === "skip";
}

function warn(error: RecordError): void {
  console.error(`tsboard: left out: ${error.message}`);
}
