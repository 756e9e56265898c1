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
import { Slab } from "../store/slab.ts";
import type { Store } from "../store/store.ts";
import type { FileBatch } from "./batch.ts";
import { createReaders, type Readers } from "./readers.ts";
import { type EventFileEntry, RunFiles } from "./run-files.ts";

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
  #outstanding = 0;
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
    this.#readers = createReaders({
      ...(options.threads !== undefined && { threads: options.threads }),
      ...(options.checksum !== undefined && { checksum: options.checksum }),
      onRead: ({ batches, slab }) => {
        const packed = slab && new Slab(slab.directory, slab.data);
        for (const batch of batches) this.#take(batch, packed);
      },
      onError: (error) => this.#setProblem("reader", `a reading thread stopped: ${error.message}`),
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
    for (const { path: file, end } of this.#files.all())
      for (const problem of end?.problems ?? []) found.push({ file, ...problem });
    return found;
  }

  get loading(): Loading {
    let files = 0;
    let filesRead = 0;
    let bytes = 0;
    let bytesRead = 0;
    for (const file of this.#files.all()) {
      files++;
      bytes += Math.max(file.size, file.end?.size ?? 0);
      bytesRead += file.end?.offset ?? 0;
      if (file.end) filesRead++;
    }
    return {
      loading: !this.#loadedOnce || this.#outstanding > 0,
      files,
      files_read: filesRead,
      bytes,
      bytes_read: bytesRead,
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
    this.#settle();
  }

  async #sweepSource(source: LogSource, seen: Set<string>, files: Set<string>): Promise<void> {
    try {
      await walk(source.directory, {
        followLinks: this.#options.followLinks ?? false,
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
    for (const name of files) {
      const file = path.join(directory, name);
      const known = this.#files.get(file);
      if (known) void this.#readIfGrown(known);
      else this.#read(this.#files.add(file, run));
    }
  }

  /** For sweeps: reads only what changed since the last read. */
  async #readIfGrown(file: EventFileEntry): Promise<void> {
    if (!file.end || file.reading) return;
    try {
      const { size, mtimeMs } = await stat(file.path);
      if (size !== file.end.size || mtimeMs !== file.end.modified) this.#read(file);
    } catch {
      // It went between the listing and now: the next sweep finds out.
    }
  }

  #read(file: EventFileEntry): void {
    if (file.reading) {
      file.again = true;
      return;
    }
    file.reading = true;
    this.#outstanding++;
    try {
      if (!file.end) file.size = statSync(file.path).size;
    } catch {
      // The reader will say why it cannot be opened.
    }
    this.#readers.send({ file: file.id, run: file.run.id, path: file.path }, file.size);
  }

  #forget(file: EventFileEntry): void {
    const last = this.#files.remove(file);
    this.#readers.send(
      { file: file.id, run: file.run.id, path: file.path, forget: last ? "run" : "file" },
      0,
    );
    if (last) this.#store.removeRun(file.run.name);
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
        enter: (entered) => this.#watcher.add(entered),
        found: (found) => this.#found(source, found),
        problem: (file, message) => this.#setProblem(file, message),
      },
      from,
    ).catch(() => {});
  }

  #take(batch: FileBatch, slab: Slab | null): void {
    const file = this.#files.byId(batch.file);
    if (!file) return;
    this.#store.append(file.run, batch, file.id, slab);
    if (!batch.end) return;
    const worse = batch.end.problems.length !== (file.end?.problems.length ?? 0);
    file.end = batch.end;
    file.reading = false;
    this.#outstanding--;
    if (worse) this.#options.onStatus?.();
    if (file.again) {
      file.again = false;
      this.#read(file);
    } else if (batch.end.state === "gone") this.#goneSoon();
    this.#settle();
  }

  /** A file that could not be opened may have been deleted: a sweep tells, and forgets it. */
  #goneSoon(): void {
    if (!this.#closed) void this.sweep();
  }

  #settle(): void {
    if (!this.#loadedOnce || this.#outstanding > 0) return;
    this.#firstLoadDone();
    this.#options.onStatus?.();
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
