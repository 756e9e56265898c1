/**
 * An event file that grows by what a writer sends. The file itself is the only state: where its last whole record ends is
 * where it is continued, by whichever server process, and bytes that it has already are never written again.
 */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { readRecord } from "../../proto/tfrecord.ts";
import { checkFileStart, RecordsError } from "./whole-records.ts";

/** What came does not follow what is there: bytes in between are missing. */
export class OffsetError extends Error {
  override name = "OffsetError";
  /** Bytes that the file has. */
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const CHUNK_BYTES = 1 << 20;

/** Links are not followed: they could lead out of the log directory. */
const NO_LINKS = constants.O_NOFOLLOW ?? 0;

export class ReceivedFile {
  readonly #path: string;
  /** Where the last whole record ends, once that is known. */
  #end: number | undefined;
  /** Appends wait for each other. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Puts whole records at `offset`; those that are there already are only compared.
   *
   * @returns bytes that the file has then
   * @throws OffsetError when they would leave a gap
   * @throws RecordsError when they differ from what is there, or would start the file without a version
   */
  append(offset: number, records: Uint8Array): Promise<number> {
    this.#waiting++;
    const create = (): void => checkPlace(offset, records, 0);
    const append = (file: FileHandle): Promise<number> => this.#appendTo(file, offset, records);
    const result = this.#last.then(() => withFile(this.#path, create, append)).finally(() => this.#waiting--);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  async #appendTo(file: FileHandle, offset: number, records: Uint8Array): Promise<number> {
    const end = await this.#endOf(file);
    checkPlace(offset, records, end);
    const known = Math.min(end - offset, records.length);
    if (!(await holds(file, offset, records.subarray(0, known))))
      throw new RecordsError(`the file has other records at byte ${offset}: is this another writer?`);
    const rest = records.subarray(known);
    await writeAll(file, end, rest);
    this.#end = end + rest.length;
    return this.#end;
  }

  /** Finds the end again where the file is not as it was left; what follows the last whole record is cut off. */
  async #endOf(file: FileHandle): Promise<number> {
    const { size } = await file.stat();
    if (this.#end === size) return size;
    this.#end = await lastWholeRecord(file, size);
    if (this.#end < size) await file.truncate(this.#end);
    return this.#end;
  }

  /** Opens the file once what came before is done. */
}

/** Throws where records cannot go into a file that ends at `end`. */
function checkPlace(offset: number, records: Uint8Array, end: number): void {
  if (offset > end) throw new OffsetError(end, `the file has ${end} bytes, what came starts at ${offset}`);
  if (end === 0) checkFileStart(records);
}

/** Opens the file and closes it after the work; where it is not there, `create` may refuse to make it. */
async function withFile(
  path: string,
  create: () => void,
  work: (file: FileHandle) => Promise<number>,
): Promise<number> {
  const file = await openOrCreate(path, create);
  try {
    if (!(await file.stat()).isFile()) throw new RecordsError("something else than a file has its name");
    return await work(file);
  } finally {
    await file.close();
  }
}

async function openOrCreate(path: string, create: () => void): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | NO_LINKS);
  } catch (error) {
    if (hasCode(error, "ELOOP")) throw new RecordsError("a link has the file's name");
    if (!hasCode(error, "ENOENT")) throw error;
    create();
    return open(path, constants.O_RDWR | constants.O_CREAT | NO_LINKS, 0o644);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Whether the file has these bytes at `offset`. */
async function holds(file: FileHandle, offset: number, bytes: Uint8Array): Promise<boolean> {
  if (bytes.length === 0) return true;
  const there = Buffer.alloc(bytes.length);
  let read = 0;
  while (read < there.length) {
    const { bytesRead } = await file.read(there, read, there.length - read, offset + read);
    if (bytesRead === 0) return false;
    read += bytesRead;
  }
  return there.equals(bytes);
}

/** Writes everything, or leaves the file as long as it was. */
async function writeAll(file: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; )
      done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
  } catch (error) {
    await file.truncate(offset).catch(() => {});
    throw error;
  }
}

/**
 * Where the last whole record ends. A torn tail is what a server that was killed left behind, and is sent again.
 *
 * @throws RecordsError when the file is damaged before its end: nothing is cut off then
 */
async function lastWholeRecord(file: FileHandle, size: number): Promise<number> {
  let buffer = Buffer.alloc(CHUNK_BYTES);
  let start = 0;
  let filled = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    filled += bytesRead;
    let at = 0;
    for (;;) {
      const found = readRecord(buffer.subarray(0, filled), at, false);
      if (found.kind === "truncated") break;
      if (found.kind !== "record")
        throw new RecordsError(`the file is damaged at byte ${start + at} and cannot be continued`);
      at = found.end;
    }
    start += at;
    buffer.copyWithin(0, at, filled);
    filled -= at;
    if (bytesRead === 0 || start + filled >= size) return start;
    if (filled === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
  }
}
