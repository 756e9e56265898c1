/**
 * From event files to the store: has files read on by whoever reads (see `readers.ts`), a run's in order and never two at
 * a time, and stores what comes. What does not simply follow what was read before (another file in the place of one, one
 * that was written anew or has gone, one that was continued though a later one has the same tags) has the whole run read
 * anew, beside what is shown of it, which it then replaces: so the store says what a fresh start would.
 */
import { rmSync, statSync } from "node:fs";
import { stat } from "node:fs/promises";
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
import type { FilePlace } from "./read-record.ts";
import { Readers, type ReadersOptions } from "./readers.ts";
import { RereadPauses } from "./reread-pauses.ts";
import { type EventFileEntry, RunFiles, type RunGroup } from "./run-files.ts";
import { tagKind } from "./tag-kind.ts";

export type ReadOptions = Omit<ReadersOptions, "onRead" | "onLost">;

export interface IntakeHandlers {
  /** Everything that was wanted has been read. */
  readonly idle: () => void;
  /** What is wrong with some file changed. */
  readonly problemsChanged: () => void;
  /** A path stands for something else than it did: nothing, another file, or a link to one. */
  readonly changed: (path: string) => void;
}

/** How often a run may be the end of a reading thread before it is left alone. */
const MOST_DEATHS = 2;

export class Intake {
  readonly #files = new RunFiles();
  /** The newest reading of each run, by the run's name. */
  readonly #runs = new Map<string, RunGroup>();
  readonly #pauses = new RereadPauses();
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

  get progress(): RunFiles["progress"] {
    return this.#files.progress;
  }

  /** Whether little may be read on this thread; not where files are slow to read. */
  set readsHere(yes: boolean) {
    this.#readers.readsHere = yes;
  }

  get problems(): Problem[] {
    const found: Problem[] = [...this.#deadly].map(([file, message]) => ({ file, offset: null, message }));
    for (const { path: file, end } of this.#files.withProblems())
      if (end) for (const problem of listProblems(end.problems)) found.push({ file, ...problem });
    return found;
  }

  close(): Promise<void> {
    this.#pauses.close();
    return this.#readers.close();
  }

  /** Where records can be read again. */
  fileOf(id: number): FilePlace | undefined {
    const file = this.#files.byId(id);
    return file && { path: file.path, root: file.root, inode: file.end?.inode ?? null };
  }

  /**
   * Files of a run are there: new ones are read, the others where they changed.
   *
   * @param root folder free of links in which they must really be; null where links may lead anywhere
   */
  found(run: string, paths: readonly string[], root: string | null): void {
    let group = this.#runs.get(run);
    if (!group) {
      group = this.#files.addGroup(this.#store.addRun(run));
      this.#runs.set(run, group);
    }
    const fresh: EventFileEntry[] = [];
    for (const path of paths) {
      const known = this.#files.get(path);
      if (!known) fresh.push(this.#files.add(path, root, group));
      else {
        known.root = root;
        void this.#readIfChanged(known);
      }
    }
    this.#read(fresh);
  }

  /** A file changed, if it is known. False when it is not. */
  changed(path: string): boolean {
    const file = this.#files.get(path);
    if (file) this.#read([file]);
    return file !== undefined;
  }

  /** There is no such file any more. */
  forget(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    const { group } = file;
    this.#deadly.delete(path);
    this.#files.remove(file);
    if (group.files.length === 0) this.#forgetRun(group);
    else if (file.end || group.busy) this.#reread(group);
  }

  #forgetRun(group: RunGroup): void {
    const { name } = group.run;
    this.#pauses.forget(name);
    this.#runs.delete(name);
    if (group.shown) this.#drop(group.shown);
    this.#drop(group);
    this.#store.removeRun(name);
  }

  /** Forgets a reading; what is still on its way for it belongs to nobody. */
  #drop(group: RunGroup): void {
    if (group.busy) this.#busy--;
    this.#files.removeGroup(group);
  }

  /** For sweeps: reads only what changed since the last read. */
  async #readIfChanged(file: EventFileEntry): Promise<void> {
    const { end } = file;
    if (!end || file.wanted || file.held) return;
    try {
      const { size, mtimeMs, ino } = this.#readers.readsHere ? statSync(file.path) : await stat(file.path);
      if (size !== end.size || mtimeMs !== end.modified || ino !== end.inode) this.#read([file]);
    } catch {
      this.#read([file]); // which says in words what is wrong
    }
  }

  /** Has files of one run read on. */
  #read(files: readonly EventFileEntry[]): void {
    for (const file of files) {
      file.wanted = true;
      const size = sizeOf(file.path);
      if (size !== null) this.#files.setSize(file, size);
    }
    if (files[0]) this.#dispatch(files[0].group);
  }

  /** Gives what is wanted of a run to a reader, unless one is at it, or the run is read anew. */
  #dispatch(group: RunGroup): void {
    const files = group.files.filter((file) => file.wanted && !file.held);
    if (group.busy || files.length === 0 || this.#runs.get(group.run.name) !== group) return;
    for (const file of files) file.wanted = false;
    group.busy = true;
    this.#busy++;
    const bytes = files.reduce((sum, { size, read }) => sum + Math.max(0, size - read), 0);
    const requests = files.map(({ id, path, root, size, end }) => ({
      file: id,
      path,
      root,
      size,
      from: end,
    }));
    this.#readers.send({ group: group.id, files: requests, known: knownTags(group.run) }, bytes);
  }

  #take({ batches, slab, done }: ReadMessage): void {
    const packed = slab && this.#slabOf(slab, batches);
    for (const batch of batches) this.#append(batch, packed);
    for (const id of done) {
      const group = this.#files.group(id);
      if (group?.busy) this.#settle(group);
    }
    if (this.#busy === 0) this.#handlers.idle();
  }

  #append(batch: FileBatch, slab: Slab | null): void {
    const file = this.#files.byId(batch.file);
    if (!file || file.held) return;
    const replaced = batch.end?.state === "replaced";
    if (replaced) this.#handlers.changed(file.path);
    if (replaced || !follows(file, batch)) {
      file.held = true;
      if (this.#runs.get(file.group.run.name) === file.group) this.#reread(file.group);
      return;
    }
    this.#store.append(file.group.run, batch, file.id, slab);
    this.#files.setRead(file, batch.offset);
    if (!batch.end) return;
    if (this.#files.setEnd(file, batch.end)) this.#handlers.problemsChanged();
    if (batch.end.state === "gone") this.#handlers.changed(file.path);
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
    const name = this.#files.byId(batches[0]?.file ?? -1)?.group.run.name;
    slab.onLost = () => {
      // Somebody emptied or damaged the cache: the event files are still there.
      rmSync(stored.path, { force: true });
      const group = name === undefined ? undefined : this.#runs.get(name);
      if (group) this.#reread(group);
    };
    return slab;
  }

  /** Reads a run anew from the start of its files. At once, but for one that keeps needing it. */
  #reread(group: RunGroup): void {
    const { name } = group.run;
    if (!this.#pauses.mayStart(name, () => this.#rereadNow(name))) return;
    this.#rereadNow(name);
  }

  #rereadNow(name: string): void {
    const before = this.#runs.get(name);
    if (!before) return;
    const places = before.files.map(({ path, root }) => [path, root] as const);
    const next = this.#files.addGroup(this.#store.newRun(name), before.shown ?? before);
    for (const [path, root] of places) this.#files.add(path, root, next);
    this.#runs.set(name, next);
    if (before.shown) {
      this.#pauses.ended(name, before.begun);
      this.#drop(before);
    }
    this.#read([...next.files]);
  }

  /** Shows a run as it was read anew. */
  #install(group: RunGroup, shown: RunGroup): void {
    group.shown = null;
    this.#drop(shown);
    this.#store.replaceRun(group.run);
    this.#pauses.ended(group.run.name, group.begun);
    this.#handlers.problemsChanged();
  }

  /** A run's job is done; perhaps there is more by now. */
  #settle(group: RunGroup): void {
    group.busy = false;
    this.#busy--;
    // Files behind one that takes several turns had to wait for it.
    const unfinished = group.files.findIndex(({ end }) => end?.state === "more");
    if (unfinished >= 0) for (const file of group.files.slice(unfinished)) file.wanted = true;
    this.#dispatch(group);
    const { shown } = group;
    if (shown && !group.busy && this.#runs.get(group.run.name) === group) this.#install(group, shown);
  }

  /** A reader died: what it had is read again, but for a run that it seems to die of. */
  #lost(jobs: readonly ReadJob[], error: Error): void {
    for (const { group: id } of jobs) {
      const group = this.#files.group(id);
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

/**
 * Whether what was read of a file comes after all that is known of its tags: a run's files are read in order of name, and
 * another order would give another result.
 */
function follows(file: EventFileEntry, { heads, points, blocks, records }: FileBatch): boolean {
  const { lastOf } = file.group;
  if (lastOf === null) return true;
  const tags = [...heads.map(({ tag }) => tag), ...(points?.tags ?? []), ...(blocks?.tags ?? [])];
  for (const tag of [...tags, ...(records?.tags ?? [])]) {
    const last = lastOf.get(tag);
    if (last && last.path > file.path) return false;
    lastOf.set(tag, file);
  }
  return true;
}

/** Null where it cannot be told: whoever reads the file will say why. */
function sizeOf(path: string): number | null {
  try {
    return statSync(path).size;
  } catch {
    return null;
  }
}

/** Tags of a run that have been seen, and what their values are taken for; null for none. */
function knownTags(run: Run): KnownTags | null {
  if (run.isEmpty) return null;
  const known: KnownTags = new Map();
  for (const [tag, { metadata }] of run.series) known.set(tag, tagKind(metadata));
  return known;
}
