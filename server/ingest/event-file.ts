/**
 * One event file, read from where the last read ended: whether it is still the same file, what its whole records hold
 * (see `file-scan.ts`), and where the next read goes on.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32c } from "@node-rs/crc32";
import type { FileEnd, FileState } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { FileScan, handOver, type KnownTags, type ReadContext } from "./file-scan.ts";
import { ProblemList, reason } from "./problems.ts";

export interface EventFileOptions {
  /** The loader's number of the file, given back in every batch. */
  readonly id: number;
  readonly path: string;
  /** The run's tags, shared by the files of a run: the first value of a tag in any of them counts. */
  readonly known: KnownTags;
  /** Where the last read ended; null before the first. */
  readonly from: FileEnd | null;
}

export class EventFile {
  readonly #path: string;
  readonly #known: KnownTags;
  readonly #batch: BatchBuilder;
  readonly #problems: ProblemList;
  readonly #from: FileEnd | null;
  /** Start of the next record. */
  #offset: number;
  #size = 0;
  #inode = 0;
  #tail: number;

  constructor({ id, path, known, from }: EventFileOptions) {
    this.#path = path;
    this.#known = known;
    this.#batch = new BatchBuilder(id);
    this.#from = from;
    this.#problems = new ProblemList(from?.problems);
    this.#offset = from?.offset ?? 0;
    this.#inode = from?.inode ?? 0;
    this.#tail = from?.tail ?? 0;
  }

  /**
   * Reads all whole records from the offset to the file's end, or as many as a turn allows. The last batch has `end`
   * set. Never throws.
   */
  read(context: ReadContext): void {
    let fd: number;
    try {
      fd = openSync(this.#path, "r");
    } catch (error) {
      this.#problems.suspect(null, reason("cannot be opened; what was read before is kept", error));
      this.#finish(context, isMissing(error) ? "gone" : "unreadable", 0);
      return;
    }
    try {
      const { size, ino, mtimeMs } = fstatSync(fd);
      this.#noticeReplacement(fd, size, ino);
      this.#problems.reconsider();
      this.#finish(context, this.#scan(fd, context), mtimeMs);
    } catch (error) {
      this.#problems.suspect(
        this.#offset,
        reason("cannot be read from here; what came before is kept", error),
      );
      this.#finish(context, "unreadable", 0);
    } finally {
      closeSync(fd);
    }
  }

  /** A file that shrank, that is another file now or that has other bytes is read from its start. */
  #noticeReplacement(fd: number, size: number, inode: number): void {
    this.#size = size;
    this.#inode = inode;
    const before = this.#from;
    if (!before || before.inode === 0) return;
    if (inode === before.inode && size >= before.offset && tailHash(fd, before.offset) === before.tail)
      return;
    this.#offset = 0;
    this.#problems.clear();
    this.#batch.restart();
  }

  #scan(fd: number, context: ReadContext): FileState {
    const [known, batch, problems] = [this.#known, this.#batch, this.#problems];
    const scan = new FileScan({
      fd,
      offset: this.#offset,
      size: this.#size,
      known,
      batch,
      problems,
      context,
    });
    try {
      return scan.run();
    } finally {
      this.#offset = scan.offset;
      this.#size = scan.size;
      this.#tail = tailHash(fd, scan.offset);
    }
  }

  #finish(context: ReadContext, state: FileState, modified: number): void {
    handOver(context, this.#batch, {
      offset: this.#offset,
      size: this.#size,
      modified,
      inode: this.#inode,
      tail: this.#tail,
      state,
      problems: this.#problems.snapshot(),
    });
  }
}

/** Bytes before an offset by which a file is recognised. */
const TAIL_BYTES = 1024;

/** CRC of the bytes before an offset: another file in the place of this one would hardly have the same there. */
export function tailHash(fd: number, offset: number): number {
  const bytes = Buffer.alloc(Math.min(TAIL_BYTES, offset));
  const read = readSync(fd, bytes, 0, bytes.length, offset - bytes.length);
  return crc32c(bytes.subarray(0, read));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
