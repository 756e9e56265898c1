/** Reads TFRecord files record by record, plain or compressed, never a whole file at a time. */
import { ahead } from "./ahead.ts";
import { type Compression, content, sniff } from "./compression.ts";
import type { RecordError } from "./error.ts";
import { frames } from "./frames.ts";
import { openSource, type RecordSource } from "./source.ts";

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
 * The records of TFRecord files, one file after the other, each record in memory of its own.
 *
 * @param sources one or several, in the order in which they are read; patterns are the caller's to resolve
 * @throws RecordError at a damaged record, unless `damage` says otherwise; the system's error when a file cannot be
 *   read; TypeError when a source is none
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
