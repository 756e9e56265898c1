/** Serves reading jobs one after the other, on whatever thread it is made: all that a job needs comes with it. */
import type { FileBatch, FileEnd } from "./batch.ts";
import { EventFile } from "./event-file.ts";
import type { ReadContext } from "./file-scan.ts";
import { PointPacker, type SlabParts } from "./point-packer.ts";
import { Scanner } from "./scanner.ts";
import { MetadataPool } from "./series-metadata.ts";

/** Files of one run to be read on, in this order. */
export interface ReadJob {
  readonly run: number;
  readonly files: readonly FileRequest[];
  /** Tags of the run that are known, and whether they are scalars; the reader adds to it. */
  readonly known: Map<string, boolean>;
}

export interface FileRequest {
  readonly file: number;
  readonly path: string;
  /** Where the last read ended; null before the first. */
  readonly from: FileEnd | null;
}

/** What was read: batches of several files, with the slab that their blocks are in. */
export interface ReadMessage {
  readonly batches: readonly FileBatch[];
  readonly slab: SlabParts | null;
  /** Runs whose jobs are done. */
  readonly done: readonly number[];
}

/** Batches of small files are sent together, up to so many rows of other values or so many files. */
const MESSAGE_ROWS = 4096;
const MESSAGE_FILES = 64;

export class JobReader {
  readonly #context: ReadContext;
  readonly #send: (message: ReadMessage) => void;
  #waiting: FileBatch[] = [];
  #rows = 0;
  #done: number[] = [];
  #lastEnd: FileEnd | null = null;

  constructor({ checksum, send }: { checksum: boolean; send: (message: ReadMessage) => void }) {
    this.#send = send;
    this.#context = {
      checksum,
      scanner: new Scanner(),
      pool: new MetadataPool(),
      packer: new PointPacker(),
      post: () => this.post(),
      emit: (batch) => this.#emit(batch),
    };
  }

  /** Reads a job's files; what was read is sent with the next {@link post}, or before when it is much. */
  serve({ run, files, known }: ReadJob): void {
    for (const { file: id, path, from } of files) {
      new EventFile({ id, path, known, from }).read(this.#context);
      // The files after one that is not at its end have to wait for it.
      if (this.#lastEnd?.state === "more") break;
    }
    this.#done.push(run);
  }

  /** Sends what waits. */
  post(): void {
    if (this.#waiting.length === 0 && this.#done.length === 0) return;
    const message = { batches: this.#waiting, slab: this.#context.packer.take(), done: this.#done };
    this.#waiting = [];
    this.#done = [];
    this.#rows = 0;
    this.#send(message);
  }

  #emit(batch: FileBatch): void {
    this.#waiting.push(batch);
    this.#lastEnd = batch.end;
    this.#rows += batch.records?.tag.length ?? 0;
    if (this.#rows >= MESSAGE_ROWS || this.#waiting.length >= MESSAGE_FILES) this.post();
  }
}
