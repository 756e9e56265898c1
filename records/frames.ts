/**
 * Cuts a stream of bytes into records. Holds one chunk and the record that spans it, never the file; a length that
 * lies takes no memory, as the bytes that it announces have to come first.
 */
import { readRecord } from "../proto/index.ts";
import { CompressionError } from "./compression.ts";
import { RecordError, type RecordProblem } from "./error.ts";
import { HeldBytes } from "./held-bytes.ts";
import type { Chunks } from "./platform.ts";

export interface FrameOptions {
  /** What errors call the source. */
  readonly source: string;
  readonly compressed: boolean;
  /** Whether the CRCs of records' data are checked. Those of lengths always are. */
  readonly checkCrc: boolean;
  /** Told of damage: whether to go on behind it, where that is possible. May throw. */
  readonly damaged: (error: RecordError) => boolean;
}

/** Every whole record, in order, each in memory of its own; those of a chunk together, as every `yield` has its price. */
export async function* frames(
  chunks: Chunks,
  options: FrameOptions,
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const { checkCrc, damaged } = options;
  const held = new HeldBytes();
  let record = 0;
  let offset = 0;
  const error = (problem: RecordProblem, what: string, cause?: unknown): RecordError =>
    new RecordError(problem, { ...options, record, offset }, what, cause);
  try {
    for await (const chunk of chunks) {
      const bytes = held.join(chunk);
      let records: Uint8Array[] = [];
      let at = 0;
      for (;;) {
        const found = readRecord(bytes, at, checkCrc);
        if (found.kind === "truncated") break;
        if (found.kind === "record") {
          // A copy (which Buffer's slice is not): a view would keep the whole chunk in memory, in a shuffle for long.
          records.push(new Uint8Array(found.data));
        } else {
          yield records;
          records = [];
          if (!damaged(error(found.kind, WORDS[found.kind])) || found.kind === "bad-length") return;
        }
        record++;
        offset += found.end - at;
        at = found.end;
      }
      held.keep(bytes, at);
      yield records;
    }
  } catch (failure) {
    if (!(failure instanceof CompressionError)) throw failure;
    damaged(error("bad-compression", failure.message, failure.cause));
    return;
  }
  if (held.length > 0) damaged(error("torn", `the input ends inside it, after ${held.length} bytes`));
}

const WORDS = {
  "bad-length": "its length does not match its CRC; what follows cannot be read",
  "bad-data": "its data does not match its CRC",
};
