/** Serves reading jobs one after the other, on whatever thread it is made: all that a job needs comes with it. */
import type { FileBatch, FileEnd } from "./batch.ts";
import { EventFile } from "./event-file.ts";
import type { KnownTags, ReadContext } from "./file-scan.ts";
import { IndexCache, LEAST_BYTES, type LinkRecorder, type StoredSlab } from "./index-cache.ts";
import { PointPacker, type SlabParts } from "./point-packer.ts";
import { Scanner } from "./scanner.ts";
import { MetadataPool } from "./series-metadata.ts";
import { tagKind } from "./tag-kind.ts";

/** Files of one run to be read on, in this order. */
export interface ReadJob {
  /** Number of the reading that the files are of. */
  readonly group: number;
  readonly files: readonly FileRequest[];
  /** Tags of the run that are known, and what their values are taken for; null for none. */
  readonly known: KnownTags | null;
}

export interface FileRequest {
  readonly file: number;
  readonly path: string;
  /** Folder free of links in which it must really be; null where links may lead anywhere. */
  readonly root: string | null;
  /** Bytes that it had when the job was made; of a file that could not be looked at none. */
  readonly size: number;
  /** Where the last read ended; null before the first. */
  readonly from: FileEnd | null;
}

/** What was read: batches of several files, with the slab that their blocks are in. */
export interface ReadMessage {
  readonly batches: readonly FileBatch[];
  readonly slab: SlabParts | StoredSlab | null;
  /** Readings whose jobs are done. */
  readonly done: readonly number[];
}

/** Batches of small files are sent together, up to so many rows of other values or so many files. */
const MESSAGE_ROWS = 4096;
const MESSAGE_FILES = 64;

export interface JobReaderOptions {
  readonly checksum: boolean;
  /** Folder in which what large files hold is remembered; null for not at all. */
  readonly indexCache: string | null;
  /** How long a file may hold the thread, milliseconds; it is read on in a later job. Default: to its end. */
  readonly turnMillis?: number;
  readonly send: (message: ReadMessage) => void;
}

export class JobReader {
  readonly #context: ReadContext;
  readonly #packer = new PointPacker();
  readonly #send: (message: ReadMessage) => void;
  #waiting: FileBatch[] = [];
  #rows = 0;
  #done: number[] = [];
  #lastEnd: FileEnd | null = null;
  readonly #cache: IndexCache | null;
  /** Remembers what is read. */
  #recorder: LinkRecorder | null = null;

  constructor({ checksum, indexCache, turnMillis, send }: JobReaderOptions) {
    this.#send = send;
    this.#cache = indexCache === null ? null : new IndexCache(indexCache);
    this.#context = {
      checksum,
      ...(turnMillis !== undefined && { turnMillis }),
      scanner: new Scanner(),
      pool: new MetadataPool(),
      packer: this.#packer,
      post: () => this.post(),
      emit: (batch) => this.#emit(batch),
    };
  }

  /** Reads a job's files; what was read is sent with the next {@link post}, or before when it is much. */
  serve({ group, files, known: before }: ReadJob): void {
    const known: KnownTags = before ?? new Map();
    for (const request of files) {
      const end = this.#serveFile(request, known);
      // The files after one that is not at its end have to wait for it.
      if (end?.state === "more") break;
    }
    this.#done.push(group);
  }

  #serveFile(request: FileRequest, known: KnownTags): FileEnd | null {
    const { file: id, path, root, size } = request;
    const from = request.from ?? this.#replay(request, known);
    const large = this.#cache !== null && size - (from?.offset ?? 0) >= LEAST_BYTES;
    if (this.#cache && large) {
      // What is remembered is of this file alone.
      this.post();
      this.#recorder = this.#cache.record(path, from);
    }
    new EventFile({ id, path, root, known, from }).read(this.#context);
    const end = this.#lastEnd;
    if (large) {
      this.post();
      this.#recorder?.finish(end);
      this.#recorder = null;
    }
    return end;
  }

  /** Sends what is remembered of a file; gives where to go on. Nothing is of small ones. */
  #replay({ file, path, root, size }: FileRequest, known: KnownTags): FileEnd | null {
    if (size < LEAST_BYTES) return null;
    let last: FileEnd | null = null;
    for (const { end, messages } of this.#cache?.load(path, root) ?? []) {
      this.post();
      for (const { batches, slab } of messages) {
        for (const { heads } of batches)
          for (const { tag, metadata } of heads) known.set(tag, tagKind(metadata));
        this.#send({ batches: batches.map((batch) => ({ ...batch, file })), slab, done: [] });
      }
      last = end;
    }
    return last;
  }

  /** Sends what waits. */
  post(): void {
    if (this.#waiting.length === 0 && this.#done.length === 0) return;
    const slab = this.#packer.take();
    this.#recorder?.add(this.#waiting, slab);
    const message = { batches: this.#waiting, slab, done: this.#done };
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
