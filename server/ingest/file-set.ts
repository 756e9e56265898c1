/** The event files that one thread reads, by the loader's numbers; files of a run share what is known of tags. */
import { getOrInsert } from "../util/get-or-insert.ts";
import type { FileBatch } from "./batch.ts";
import { EventFile, type KnownTags, type ReadContext } from "./event-file.ts";
import { PointPacker, type SlabParts } from "./point-packer.ts";
import { Scanner } from "./scanner.ts";

/** Read a file from where its last read ended, or forget it. */
export interface ReadRequest {
  readonly file: number;
  readonly run: number;
  readonly path: string;
  /** The file is gone: forget it, and its run's tags when `lastOfRun`. */
  readonly forget?: "file" | "run";
}

/** What was read: batches of several files, with the slab that their blocks are in. */
export interface ReadMessage {
  readonly batches: readonly FileBatch[];
  readonly slab: SlabParts | null;
}

/** Batches of small files are sent together, up to so many rows of other values or so many files. */
const MESSAGE_ROWS = 4096;
const MESSAGE_FILES = 64;

export class FileSet {
  readonly #context: ReadContext;
  readonly #send: (message: ReadMessage) => void;
  readonly #files = new Map<number, EventFile>();
  readonly #known = new Map<number, KnownTags>();
  #waiting: FileBatch[] = [];
  #rows = 0;

  constructor({ checksum, send }: { checksum: boolean; send: (message: ReadMessage) => void }) {
    this.#send = send;
    this.#context = {
      checksum,
      scanner: new Scanner(),
      packer: new PointPacker(),
      post: () => this.post(),
      emit: (batch) => this.#emit(batch),
    };
  }

  serve({ file, run, path, forget }: ReadRequest): void {
    if (forget) {
      this.#files.delete(file);
      if (forget === "run") this.#known.delete(run);
      return;
    }
    const known = getOrInsert(this.#known, run, () => new Map());
    getOrInsert(this.#files, file, () => new EventFile(file, path, known)).read(this.#context);
  }

  /** Sends what waits. */
  post(): void {
    if (this.#waiting.length === 0) return;
    const batches = this.#waiting;
    this.#waiting = [];
    this.#rows = 0;
    this.#send({ batches, slab: this.#context.packer.take() });
  }

  #emit(batch: FileBatch): void {
    this.#waiting.push(batch);
    this.#rows += batch.records?.tag.length ?? 0;
    if (this.#rows >= MESSAGE_ROWS || this.#waiting.length >= MESSAGE_FILES) this.post();
  }
}
