/**
 * Keeps a store in step with log directories: finds event files, has them read, and reads on whenever one grows.
 * Nothing here blocks: directories are walked, and files read, elsewhere or in small turns.
 */
import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Loading, Problem } from "../api/types.ts";
import { type FoundDirectory, isEventFile, messageOf, walk } from "../logdir/discover.ts";
import { type LogSource, runName } from "../logdir/source.ts";
import { DirectoryWatcher, isNetworkMount } from "../logdir/watch.ts";
import type { Run } from "../store/run.ts";
import { Slab } from "../store/slab.ts";
import type { Store } from "../store/store.ts";
import type { FileBatch } from "./batch.ts";
import type { ReadJob, ReadMessage } from "./job-reader.ts";
import { listProblems } from "./problems.ts";
import { Readers } from "./readers.ts";
import { type EventFileEntry, RunFiles, type RunGroup } from "./run-files.ts";

export interface LoaderOptions {
  /** Seconds between sweeps of what cannot be watched, and before a missing directory is looked for again. */
  readonly reloadInterval: number;
  readonly checksum?: boolean;
  /** Reading threads; 0 reads on this thread. */
  readonly threads?: number;
  readonly followLinks?: boolean;
  /** Told when progress, problems or the readability of a directory changed. */
  readonly onStatus?: () => void;
}

/** A sweep of everything takes at most this share of the time, where directories are watched. */
const SWEEP_SHARE = 0.02;
/** How often a run may be the end of a reading thread before it is left alone. */
const MOST_DEATHS = 2;

export class Loader {
  readonly #store: Store;
  readonly #sources: readonly LogSource[];
  readonly #options: LoaderOptions;
  readonly #readers: Readers;
  readonly #files = new RunFiles();
  readonly #watcher: DirectoryWatcher;
  /** Directory on disk to where its runs belong. */
  readonly #directories = new Map<string, { source: LogSource; relative: string }>();
  /** Problems of directories and links, by path; those of files are with the files. */
  readonly #problems = new Map<string, string>();
  readonly #unreadable = new Map<LogSource, string>();
  /** Runs that a reader has a job of. */
  #busy = 0;
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #loadedOnce = false;
  readonly #firstLoad: Promise<void>;
  #firstLoadDone!: () => void;
  #networkMount = false;

  constructor(store: Store, sources: readonly LogSource[], options: LoaderOptions) {
    this.#store = store;
    this.#sources = sources;
    this.#options = options;
    this.#firstLoad = new Promise((resolve) => {
      this.#firstLoadDone = resolve;
    });
    this.#readers = new Readers({
      ...(options.threads !== undefined && { threads: options.threads }),
      ...(options.checksum !== undefined && { checksum: options.checksum }),
      onRead: (message) => this.#take(message),
      onLost: (jobs, error) => this.#lost(jobs, error),
    });
    this.#watcher = new DirectoryWatcher({
      changed: (directory, name) => this.#changed(directory, name),
      unwatchable: (directory, error) =>
        this.#setProblem(
          directory,
          `cannot be watched (${error.message}); its changes are found every ${options.reloadInterval} s instead`,
        ),
    });
  }

  /** Starts to find and read. Ends when the first walk is done; reading goes on. */
  async start(): Promise<void> {
    this.#networkMount = (await Promise.all(this.#sources.map((s) => isNetworkMount(s.directory)))).includes(
      true,
    );
    this.#readers.readsHere = !this.#networkMount;
    await this.sweep();
    this.#schedule(0);
  }

  /** Resolves once everything found at the start has been read. */
  get firstLoad(): Promise<void> {
    return this.#firstLoad;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#watcher.close();
    await this.#readers.close();
  }

  /** Path of an event file by its number: where records can be read again. */
  pathOf(file: number): string | undefined {
    return this.#files.byId(file)?.path;
  }

  /** Why a log directory cannot be read, in words; null when all can. */
  get unreadable(): string | null {
    const reasons = [...this.#unreadable.values()];
    return reasons.length > 0 ? reasons.join("; ") : null;
  }

  get problems(): Problem[] {
    const found: Problem[] = [...this.#problems].map(([file, message]) => ({ file, offset: null, message }));
    for (const { path: file, end } of this.#files.withProblems())
      if (end) for (const problem of listProblems(end.problems)) found.push({ file, ...problem });
    return found;
  }

  get loading(): Loading {
    return {
      loading: !this.#loadedOnce || this.#busy > 0,
      ...this.#files.progress,
      points: this.#store.points,
    };
  }

  /** Looks at every directory and file once. Sweeps do not overlap. */
  sweep(): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#sweepAll());
    return this.#sweeping;
  }

  async #sweepAll(): Promise<void> {
    const seen = new Set<string>();
    const files = new Set<string>();
    for (const source of this.#sources) {
      if (this.#closed) return;
      await this.#sweepSource(source, seen, files);
    }
    if (this.#closed) return;
    this.#watcher.retain(seen);
    for (const directory of this.#directories.keys())
      if (!seen.has(directory)) this.#directories.delete(directory);
    for (const file of [...this.#files.all()]) if (!files.has(file.path)) this.#forget(file);
    this.#loadedOnce = true;
    if (this.#busy === 0) this.#loaded();
  }

  async #sweepSource(source: LogSource, seen: Set<string>, files: Set<string>): Promise<void> {
    try {
      await walk(source.directory, {
        followLinks: this.#options.followLinks ?? false,
        slow: this.#networkMount,
        enter: (directory) => {
          seen.add(directory);
          this.#watcher.add(directory);
        },
        found: (directory) => {
          for (const name of directory.files) files.add(path.join(directory.path, name));
          this.#found(source, directory);
        },
        problem: (file, message) => this.#setProblem(file, message),
      });
      if (this.#unreadable.delete(source)) this.#options.onStatus?.();
    } catch (error) {
      this.#setUnreadable(source, messageOf(error));
    }
  }

  #setUnreadable(source: LogSource, message: string): void {
    const words = message.includes("ENOENT")
      ? `${source.directory} does not exist (yet)`
      : `${source.directory} cannot be read: ${message}`;
    if (this.#unreadable.get(source) === words) return;
    this.#unreadable.set(source, words);
    this.#options.onStatus?.();
  }

  #found(source: LogSource, { path: directory, relative, files }: FoundDirectory): void {
    this.#directories.set(directory, { source, relative });
    if (files.length === 0) return;
    const run = this.#store.addRun(runName(source, relative));
    const fresh: EventFileEntry[] = [];
    for (const name of files) {
      const file = path.join(directory, name);
      const known = this.#files.get(file);
      if (known) void this.#readIfGrown(known);
      else fresh.push(this.#files.add(file, run));
    }
    this.#read(...fresh);
  }

  /** For sweeps: reads only what changed since the last read. */
  async #readIfGrown(file: EventFileEntry): Promise<void> {
    if (!file.end || file.wanted) return;
    try {
      const { size, mtimeMs } = await stat(file.path);
      if (size !== file.end.size || mtimeMs !== file.end.modified) this.#read(file);
    } catch {
      // It went between the listing and now: the next sweep finds out.
    }
  }

  /** Has files of one run read on. */
  #read(...files: readonly EventFileEntry[]): void {
    for (const file of files) {
      file.wanted = true;
      try {
        this.#files.setSize(file, statSync(file.path).size);
      } catch {
        // The reader will say why it cannot be opened.
      }
    }
    if (files[0]) this.#dispatch(files[0].group);
  }

  /** Gives what is wanted of a run to a reader, unless one is at it. */
  #dispatch(group: RunGroup): void {
    const files = group.files.filter((file) => file.wanted);
    if (group.busy || files.length === 0) return;
    for (const file of files) file.wanted = false;
    group.busy = true;
    this.#busy++;
    const bytes = files.reduce((sum, { size, read }) => sum + Math.max(0, size - read), 0);
    const requests = files.map(({ id, path: file, end }) => ({ file: id, path: file, from: end }));
    this.#readers.send({ run: group.run.id, files: requests, known: knownTags(group.run) }, bytes);
  }

  #forget(file: EventFileEntry): void {
    const { group } = file;
    if (!this.#files.remove(file)) return;
    if (group.busy) this.#busy--;
    this.#store.removeRun(group.run.name);
  }

  /** A watched directory changed. */
  #changed(directory: string, name: string | null): void {
    if (this.#closed) return;
    const file = name === null ? undefined : this.#files.get(path.join(directory, name));
    if (file) this.#read(file);
    else void this.#lookAgain(directory, name);
  }

  /** Something unknown came, or a known thing may have gone: looks at that directory, and below it, again. */
  async #lookAgain(directory: string, name: string | null): Promise<void> {
    const known = this.#directories.get(directory);
    if (!known) return;
    if (name !== null && !isEventFile(name)) {
      const info = await stat(path.join(directory, name)).catch(() => null);
      if (!info?.isDirectory()) return;
    }
    const { source, relative } = known;
    const from =
      name === null || isEventFile(name) ? relative : relative === "." ? name : `${relative}/${name}`;
    await walk(
      source.directory,
      {
        followLinks: this.#options.followLinks ?? false,
        slow: this.#networkMount,
        enter: (entered) => this.#watcher.add(entered),
        found: (found) => this.#found(source, found),
        problem: (file, message) => this.#setProblem(file, message),
      },
      from,
    ).catch(() => {});
  }

  #take({ batches, slab, done }: ReadMessage): void {
    const packed = slab && new Slab(slab.directory, slab.data);
    if (packed) this.#store.adopt(packed);
    for (const batch of batches) this.#append(batch, packed);
    for (const run of done) {
      const group = this.#files.group(run);
      if (group?.busy) this.#settle(group);
    }
    if (this.#loadedOnce && this.#busy === 0) this.#loaded();
  }

  #append(batch: FileBatch, slab: Slab | null): void {
    const file = this.#files.byId(batch.file);
    if (!file) return;
    const { group } = file;
    this.#store.append(group.run, batch, file.id, slab);
    this.#files.setRead(file, batch.offset);
    if (!batch.end) return;
    if (this.#files.setEnd(file, batch.end)) this.#options.onStatus?.();
    if (batch.end.state === "gone") this.#goneSoon();
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
      const group = this.#files.group(run);
      if (!group?.busy) continue;
      group.deaths++;
      if (group.deaths > MOST_DEATHS)
        for (const { path: file } of group.files)
          this.#setProblem(file, `cannot be read: the thread that tried stopped (${error.message})`);
      else for (const file of group.files) file.wanted = true;
      this.#settle(group);
    }
    if (this.#loadedOnce && this.#busy === 0) this.#loaded();
  }

  /** A file that could not be opened may have been deleted: a sweep tells, and forgets it. */
  #goneSoon(): void {
    if (!this.#closed) void this.sweep();
  }

  #loaded(): void {
    this.#firstLoadDone();
    this.#options.onStatus?.();
  }

  /** Shows a problem of something other than a file. */
  report(what: string, message: string): void {
    this.#setProblem(what, message);
  }

  #setProblem(file: string, message: string): void {
    if (this.#problems.get(file) === message) return;
    this.#problems.set(file, message);
    this.#options.onStatus?.();
  }

  /** Sweeps at the interval where needed, else so rarely that their cost does not show. */
  #schedule(lastSweepMillis: number): void {
    if (this.#closed) return;
    const interval = Math.max(this.#options.reloadInterval, 0.1) * 1000;
    const needed = this.#networkMount || !this.#watcher.complete || this.#unreadable.size > 0;
    const pause = needed ? interval : Math.max(interval, lastSweepMillis / SWEEP_SHARE);
    this.#timer = setTimeout(async () => {
      const start = performance.now();
      await this.sweep().catch((error: unknown) => this.#setProblem("sweep", messageOf(error)));
      this.#schedule(performance.now() - start);
    }, pause);
    this.#timer.unref();
  }
}

/** Tags of a run that have been seen, and whether they are scalars. */
function knownTags({ series }: Run): Map<string, boolean> {
  const known = new Map<string, boolean>();
  for (const [tag, { metadata }] of series) known.set(tag, metadata.plugin === "scalars");
  return known;
}
