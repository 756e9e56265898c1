/** Reads TFRecord files record by record, plain or compressed, never a whole file at a time. */
import { ahead } from "./ahead.ts";
import { type Compression, content, sniff } from "./compression.ts";
import type { RecordError } from "./error.ts";
import { frames } from "./frames.ts";
import type { Chunks } from "./platform.ts";
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
  for (const source of isList(sources) ? sources : [sources]) yield* readSource(source, options);
}

function isList(sources: RecordSource | readonly RecordSource[]): sources is readonly RecordSource[] {
  return Array.isArray(sources);
}

async function* readSource(
  source: RecordSource,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const { name, chunks: raw } = openSource(source);
  const { compression, chunks } = await opened(raw, options.compression ?? "auto");
  const compressed = compression !== "none";
  // The next chunk is read and inflated, elsewhere, while the records of this one are used.
  const bytes = ahead(compressed ? content(chunks, compression) : chunks, 1);
  const { damaged, stopped } = onDamage(options);
  for await (const record of frames(bytes, {
    source: name,
    compressed,
    checkCrc: options.checkCrc ?? true,
    damaged,
  })) {
    if (stopped()) return;
    yield record;
  }
}

async function opened(
  chunks: Chunks,
  compression: Compression | "auto",
): Promise<{ compression: Compression; chunks: Chunks }> {
  return compression === "auto" ? sniff(chunks) : { compression, chunks };
}

/** What is done at damage, and whether the file ends there. */
function onDamage({ damage = "throw", onDamage: tell = warn }: ReadOptions) {
  let stopped = false;
  return {
    damaged(error: RecordError): void {
      if (damage === "throw") throw error;
      if (damage === "stop") stopped = true;
      tell(error);
    },
    stopped: () => stopped,
  };
}

function warn(error: RecordError): void {
  console.error(`tsboard: left out: ${error.message}`);
}
