/**
 * Writes TFRecord files: frames gather in a block of memory, and whoever awaits `write` is slowed down to what the
 * target takes. Two blocks at most are held then, one filling and one on its way.
 */
import { platform } from "#platform";
import { FRAME_BYTES, HEADER_BYTES, sealRecord } from "../proto/tfrecord.ts";
import type { Compression } from "./compression.ts";
import type { ByteTarget } from "./platform.ts";
import { streamTarget } from "./streams.ts";

/**
 * Where records go: a path or `file:` URL (in Node; the file is replaced), or a stream, which is closed at the end.
 *
 * @example
 * const pipe = new TransformStream<Uint8Array, Uint8Array>();
 * const target: RecordTarget = pipe.writable;
 * const written = writeRecords(target, [encodeExample({ text: "one" })]);
 * const sent = await new Response(pipe.readable).arrayBuffer();
 * console.log(await written, sent.byteLength); // 1 35
 */
export type RecordTarget = string | URL | WritableStream<Uint8Array>;

/**
 * How a TFRecord file is written.
 *
 * @example
 * const options: WriteOptions = { compression: "gzip" };
 * await writeRecords("digits.tfrecord.gz", [encodeExample({ digit: int64Feature(7) })], options);
 * const digits = await dataset(() => readRecords("digits.tfrecord.gz")).toArray();
 * console.log(digits.length); // 1
 */
export interface WriteOptions {
  /** Default `none`. TensorFlow's readers must be told: `TFRecordDataset(…, compression_type="GZIP")`. */
  readonly compression?: Compression | undefined;
}

/**
 * Writes one TFRecord file record by record. `await using` closes it where its block ends.
 *
 * @example
 * const writeDigits = async (file: RecordWriter, digits: readonly number[]) => {
 *   for (const digit of digits) await file.write(encodeExample({ digit: int64Feature(digit) }));
 * };
 * const train = createRecordWriter("train.tfrecord");
 * await writeDigits(train, [3, 1, 4]);
 * await train.close();
 * console.log(train.records); // 3
 */
export interface RecordWriter extends AsyncDisposable {
  /** Records written so far. */
  readonly records: number;
  /**
   * Appends a record, which is copied. Resolves when the next may come: loops that await it hold little memory.
   *
   * @throws what the target said, also when that was at an earlier record; TypeError when it is not bytes
   */
  write(record: Uint8Array): Promise<void>;
  /** Writes what is left and closes the target. A second call does nothing. */
  close(): Promise<void>;
  /** Lets go of the target without completing it. */
  abort(reason?: unknown): Promise<void>;
}

/** Bytes of frames that are given on together. */
const BLOCK_BYTES = 1 << 18;

/**
 * A writer of a new TFRecord file. Where the file cannot be made, `write` or `close` rejects.
 *
 * @throws TypeError when the target is none
 * @example
 * const train = createRecordWriter("train.tfrecord");
 * const test = createRecordWriter("test.tfrecord");
 * for (let i = 0; i < 10; i++) await (i % 5 === 0 ? test : train).write(encodeExample({ x: floatFeature(i) }));
 * await Promise.all([train.close(), test.close()]);
 * console.log(train.records, test.records); // 8 2
 */
export function createRecordWriter(target: RecordTarget, options: WriteOptions = {}): RecordWriter {
  const { compression = "none" } = options;
  const raw = toTarget(target);
  const output = compression === "none" ? raw : platform.compress(raw, compression);
  let block = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  let records = 0;
  let sending: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  /** Gives the block on, after the one before it; resolves when that one is taken. */
  function send(): Promise<void> {
    const before = sending;
    const frames = block.subarray(0, filled);
    sending = before.then(() => output.write(frames));
    // Told by the call that comes next.
    sending.catch(() => {});
    return before;
  }

  function startBlock(bytes: number): void {
    block = new Uint8Array(Math.max(BLOCK_BYTES, bytes));
    filled = 0;
  }

  async function finish(): Promise<void> {
    try {
      if (filled > 0) await send();
      await sending;
    } catch (error) {
      await letGo(error);
      throw error;
    }
    await output.close();
  }

  async function letGo(reason: unknown): Promise<void> {
    await sending.catch(() => {});
    // The reason is known already; what goes wrong now adds nothing.
    await output.abort(reason).catch(() => {});
  }

  const close = (): Promise<void> => (closing ??= finish());

  return {
    get records() {
      return records;
    },
    async write(record) {
      if (closing !== undefined) throw new TypeError(`the writer of ${raw.name} is closed`);
      if (!(record instanceof Uint8Array))
        throw new TypeError(
          `a record is a Uint8Array, not ${typeof record}; encodeExample makes one of features`,
        );
      const bytes = FRAME_BYTES + record.length;
      let taken: Promise<void> | undefined;
      if (filled + bytes > block.length) {
        if (filled > 0) taken = send();
        startBlock(bytes);
      }
      block.set(record, filled + HEADER_BYTES);
      filled = sealRecord(block, filled, record.length);
      records++;
      await taken;
    },
    close,
    abort: (reason) => (closing ??= letGo(reason)),
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Writes records to a new TFRecord file, as fast as they come or the target takes them.
 *
 * @returns how many there were
 * @throws what the target or the records throw; what was written until then stays
 * @example
 * const digits = [3, 1, 4].map((digit) => encodeExample({ digit: int64Feature(digit) }));
 * console.log(await writeRecords("digits.tfrecord.gz", digits, { compression: "gzip" })); // 3
 */
export async function writeRecords(
  target: RecordTarget,
  records: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<number> {
  const writer = createRecordWriter(target, options);
  try {
    for await (const record of records) await writer.write(record);
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
  await writer.close();
  return writer.records;
}

function toTarget(target: RecordTarget): ByteTarget {
  if (typeof target === "string" || target instanceof URL) return platform.createFile(target);
  if (typeof target === "object" && target !== null && "getWriter" in target) return streamTarget(target);
  throw new TypeError(`records are written to a path or a WritableStream, not to ${typeof target}`);
}
