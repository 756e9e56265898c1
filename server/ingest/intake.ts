/**
 * From event files to the store: has files read on by whoever reads (see `readers.ts`), a run's in order and never two at
 * a time, and stores what comes. Keeps what is known of each file.
 */
import { rmSync, statSync } from "node:fs";
import type { Problem } from "../api/types.ts";
import type { Run } from "../store/run.ts";
import { Slab } from "../store/slab.ts";
import type { Store } from "../store/store.ts";
import type { FileBatch } from "./batch.ts";
import type { KnownTags } from "./file-scan.ts";
import { readStored, type StoredSlab } from "./index-cache.ts";
import type { ReadJob, ReadMessage } from "./job-reader.ts";
import type { SlabParts } from "./point-packer.ts";
import { listProblems } from "./problems.ts";
import { Readers, type ReadersOptions } from "./readers.ts";
import { type EventFileEntry, RunFiles, type RunGroup } from "./run-files.ts";
import { tagKind } from "./tag-kind.ts";

export type ReadOptions = Omit<ReadersOptions, "onRead" | "onLost">;

export interface IntakeHandlers {
  /** Everything that was wanted has been read. */
  readonly idle: () => void;
  /** What is wrong with some file changed. */
  readonly problemsChanged: () => void;
  /** A file could not be opened: perhaps it was deleted. */
  readonly gone: () => void;
  /** A run has to be found again: it was forgotten, though its files are there. */
  readonly forgotten: () => void;
}

/** How often a run may be the end of a reading thread before it is left alone. */
const MOST_DEATHS = 2;

export class Intake {
  readonly files = new RunFiles();
  readonly #store: Store;
  readonly #handlers: IntakeHandlers;
  readonly #readers: Readers;
  /** Files that no thread survived. */
  readonly #deadly = new Map<string, string>();
  /** Runs that a reader has a job of. */
  #busy = 0;

  constructor(store: Store, options: ReadOptions, handlers: IntakeHandlers) {
    this.#store = store;
    this.#handlers = handlers;
    this.#readers = new Readers({
      ...options,
      onRead: (message) => this.#take(message),
      onLost: (jobs, error) => this.#lost(jobs, error),
    });
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Whether little may be read on this thread; not where files are slow to read. */
  set readsHere(yes: boolean) {
    this.#readers.readsHere = yes;
  }

  get problems(): Problem[] {
    const found: Problem[] = [...this.#deadly].map(([file, message]) => ({ file, offset: null, message }));
    for (const { path: file, end } of this.files.withProblems())
      if (end) for (const problem of listProblems(end.problems)) found.push({ file, ...problem });
    return found;
  }

  close(): Promise<void> {
    return this.#readers.close();
  }

  /** Has files of one run read on. */
  read(...files: readonly EventFileEntry[]): void {
    for (const file of files) {
      file.wanted = true;
      const size = statSync(file.path, { throwIfNoEntry: false })?.size;
      if (size !== undefined) this.files.setSize(file, size);
    }
    if (files[0]) this.#dispatch(files[0].group);
  }

  forget(file: EventFileEntry): void {
    const { group } = file;
    this.#deadly.delete(file.path);
    if (!this.files.remove(file)) return;
    if (group.busy) this.#busy--;
    this.#store.removeRun(group.run.name);
  }

  /** Gives what is wanted of a run to a reader, unless one is at it. */
  #dispatch(group: RunGroup): void {
    const files = group.files.filter((file) => file.wanted);
    if (group.busy || files.length === 0) return;
    for (const file of files) file.wanted = false;
    group.busy = true;
    this.#busy++;
    const bytes = files.reduce((sum, { size, read }) => sum + Math.max(0, size - read), 0);
    const requests = files.map(({ id, path, end }) => ({ file: id, path, from: end }));
    this.#readers.send({ run: group.run.id, files: requests, known: knownTags(group.run) }, bytes);
  }

  #take({ batches, slab, done }: ReadMessage): void {
    const packed = slab && this.#slabOf(slab, batches);
    for (const batch of batches) this.#append(batch, packed);
    for (const run of done) {
      const group = this.files.group(run);
      if (group?.busy) this.#settle(group);
    }
    if (this.#busy === 0) this.#handlers.idle();
  }

  #append(batch: FileBatch, slab: Slab | null): void {
    const file = this.files.byId(batch.file);
    if (!file) return;
    this.#store.append(file.group.run, batch, file.id, slab);
    this.files.setRead(file, batch.offset);
    if (!batch.end) return;
    if (this.files.setEnd(file, batch.end)) this.#handlers.problemsChanged();
    if (batch.end.state === "gone") this.#handlers.gone();
  }

  #slabOf(parts: SlabParts | StoredSlab, batches: readonly FileBatch[]): Slab {
    if ("data" in parts) {
      const slab = new Slab(parts.directory, parts.data);
      this.#store.adopt(slab);
      return slab;
    }
    const { directory, stored } = parts;
    const slab = new Slab(directory, stored.bytes, { read: () => readStored(stored) });
    this.#store.adopt(slab);
    const group = this.files.byId(batches[0]?.file ?? -1)?.group;
    slab.onLost = () => {
      // Somebody emptied or damaged the cache: the event files are still there.
      rmSync(stored.path, { force: true });
      if (group) this.#forgetRun(group);
    };
    return slab;
  }

  /** Forgets a run, to be found and read anew. */
  #forgetRun(group: RunGroup): void {
    for (const file of [...group.files]) this.forget(file);
    this.#handlers.forgotten();
  }

  /** A run's job is done; perhaps there is more by now. */
  #settle(group: RunGroup): void {
    group.busy = false;
    this.#busy--;
    // Files behind one that takes several turns had to wait for it.
    const unfinished = group.files.findIndex(({ end }) => end?.state === "more");
    if (unfinished >= 0) for (const file of group.files.slice(unfinished)) file.wanted = true;
    this.#dispatch(group);
  }

  /** A reader died: what it had is read again, but for a run that it seems to die of. */
  #lost(jobs: readonly ReadJob[], error: Error): void {
    for (const { run } of jobs) {
      const group = this.files.group(run);
      if (!group?.busy) continue;
      group.deaths++;
      for (const file of group.files) {
        if (group.deaths <= MOST_DEATHS) file.wanted = true;
        else this.#deadly.set(file.path, `cannot be read: the thread that tried stopped (${error.message})`);
      }
      this.#settle(group);
    }
    this.#handlers.problemsChanged();
    if (this.#busy === 0) this.#handlers.idle();
  }
}

/** Tags of a run that have been seen, and what their values are taken for. */
function knownTags({ series }: Run): KnownTags {
  const known: KnownTags = new Map();
  for (const [tag, { metadata }] of series) known.set(tag, tagKind(metadata));
  return known;
}
