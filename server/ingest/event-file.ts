/**
 * One event file, read from where the last read ended: whether it is still the same file, what its whole records hold
 * (see `file-scan.ts`), and where the next read goes on.
 */
import { closeSync } from "node:fs";
import { isGone, NoFileError, type OpenFile, openFile } from "../logdir/open-file.ts";
import type { FileEnd, FileState, Print } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { FileScan, handOver, type KnownTags, type ReadContext } from "./file-scan.ts";
import { continues, NO_PRINT } from "./fingerprint.ts";
import { ProblemList, reason } from "./problems.ts";

export interface EventFileOptions {
  /** The loader's number of the file, given back in every batch. */
  readonly id: number;
  readonly path: string;
  /** Folder free of links in which the file must really be; null where links may lead anywhere. */
  readonly root: string | null;
  /** The run's tags, shared by the files of a run: the first value of a tag in any of them counts. */
  readonly known: KnownTags;
  /** Where the last read ended; null before the first. */
  readonly from: FileEnd | null;
}

export class EventFile {
  readonly #path: string;
  readonly #root: string | null;
  readonly #known: KnownTags;
  readonly #batch: BatchBuilder;
  readonly #problems: ProblemList;
  readonly #from: FileEnd | null;
  /** Start of the next record. */
  #offset: number;
  #size: number;
  #inode: number;
  #modified: number;
  #head: Print;
  #tail: Print;

  constructor({ id, path, root, known, from }: EventFileOptions) {
    this.#path = path;
    this.#root = root;
    this.#known = known;
    this.#batch = new BatchBuilder(id, from === null);
    this.#from = from;
    this.#problems = new ProblemList(from?.problems);
    this.#offset = from?.offset ?? 0;
    this.#size = from?.size ?? 0;
    this.#inode = from?.inode ?? 0;
    this.#modified = 0;
    this.#head = from?.head ?? NO_PRINT;
    this.#tail = from?.tail ?? NO_PRINT;
  }

  /**
   * Reads all whole records from the offset to the file's end, or as many as a turn allows. The last batch has `end`
   * set. Nothing is read of a file that is not the one that was read before. Never throws.
   */
  read(context: ReadContext): void {
    let file: OpenFile;
    try {
      file = openFile(this.#path, this.#root);
    } catch (error) {
      this.#problems.suspect(null, reason("cannot be opened; what was read before is kept", error));
      const gone = isGone(error) || error instanceof NoFileError;
      this.#finish(context, gone ? "gone" : "unreadable");
      return;
    }
    try {
      this.#finish(context, this.#readOn(file, context));
    } catch (error) {
      this.#problems.suspect(
        this.#offset,
        reason("cannot be read from here; what came before is kept", error),
      );
      this.#modified = 0; // so that it is tried again
      this.#finish(context, "unreadable");
    } finally {
      closeSync(file.fd);
    }
  }

  #readOn({ fd, stats }: OpenFile, context: ReadContext): FileState {
    const before = this.#from;
    if (before && !continues(fd, stats, before)) return "replaced";
    this.#size = stats.size;
    this.#inode = stats.ino;
    this.#modified = stats.mtimeMs;
    this.#problems.reconsider();
    const state = this.#scan(fd, context);
    const touched = before && this.#size === before.size && this.#modified !== before.modified;
    // Written to, neither longer nor farther than it was: what was read may be another by now.
    return touched && before.inode !== 0 && this.#offset === before.offset ? "replaced" : state;
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
      if (this.#head.length === 0) this.#head = scan.head;
      if (scan.tail.length > 0) this.#tail = scan.tail;
    }
  }

  #finish(context: ReadContext, state: FileState): void {
    handOver(context, this.#batch, {
      offset: this.#offset,
      size: this.#size,
      modified: this.#modified,
      inode: this.#inode,
      head: this.#head,
      tail: this.#tail,
      state,
      problems: this.#problems.snapshot(),
    });
  }
}
