/**
 * Keeps a store in step with log directories: finds event files, has them read, and has them read on whenever one
 * grows. Nothing here blocks: directories are walked in small turns, and files read elsewhere or likewise.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Loading, Problem } from "../api/types.ts";
import { type FoundDirectory, isEventFile, messageOf, type WalkOptions, walk } from "../logdir/discover.ts";
import { type LogSource, runName } from "../logdir/source.ts";
import { DirectoryWatcher, isNetworkMount } from "../logdir/watch.ts";
import type { Store } from "../store/store.ts";
import { Intake, type ReadOptions } from "./intake.ts";
import type { EventFileEntry } from "./run-files.ts";

export interface LoaderOptions extends ReadOptions {
  /**
   * Seconds between sweeps of what cannot be watched, and before a missing directory is looked for again. 0: everything
   * is read once, and nothing is followed.
   */
  readonly reloadInterval: number;
  readonly followLinks?: boolean;
  /** Runs to read. Default: all. */
  readonly wanted?: (run: string) => boolean;
  /** Told when progress, problems or the readability of a directory changed. */
  readonly onStatus?: () => void;
}

/** A sweep of everything takes at most this share of the time, where directories are watched. */
const SWEEP_SHARE = 0.02;

export class Loader {
  readonly #store: Store;
  readonly #sources: readonly LogSource[];
  readonly #options: LoaderOptions;
  readonly #intake: Intake;
  readonly #watcher: DirectoryWatcher;
  /** Directory on disk to where its runs belong. */
  readonly #directories = new Map<string, { source: LogSource; relative: string }>();
  /** Problems of directories and links, by path, as the last sweep found them; those of files are with the files. */
  #walkProblems = new Map<string, string>();
  /** Problems of other things. */
  readonly #problems = new Map<string, string>();
  readonly #unreadable = new Map<LogSource, string>();
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #walkedOnce = false;
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
    this.#intake = new Intake(store, options, {
      idle: () => this.#idle(),
      problemsChanged: () => this.#options.onStatus?.(),
      gone: () => this.#sweepSoon(),
      forgotten: () => this.#sweepSoon(),
    });
    this.#watcher = new DirectoryWatcher({
      changed: (directory, name) => this.#changed(directory, name),
      unwatchable: (directory, error) =>
        this.report(
          directory,
          `cannot be watched (${error.message}); its changes are found every ${options.reloadInterval} s instead`,
        ),
    });
  }

  /** Starts to find and read. Ends when the first walk is done; reading goes on. */
  async start(): Promise<void> {
    const mounts = await Promise.all(this.#sources.map((s) => isNetworkMount(s.directory)));
    this.#networkMount = mounts.includes(true);
    this.#intake.readsHere = !this.#networkMount;
    await this.sweep();
    if (this.#follows) this.#schedule(0);
  }

  get #follows(): boolean {
    return this.#options.reloadInterval > 0;
  }

  /** Resolves once everything found at the start has been read. */
  get firstLoad(): Promise<void> {
    return this.#firstLoad;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#watcher.close();
    await this.#intake.close();
  }

  /** Path of an event file by its number: where records can be read again. */
  pathOf(file: number): string | undefined {
    return this.#intake.files.byId(file)?.path;
  }

  /** Log directories that cannot be read, and why. */
  get unreadable(): Problem[] {
    return [...this.#unreadable].map(([{ directory }, message]) => ({
      file: directory,
      offset: null,
      message,
    }));
  }

  get problems(): Problem[] {
    const found = [...this.#problems, ...this.#walkProblems];
    return [...found.map(([file, message]) => ({ file, offset: null, message })), ...this.#intake.problems];
  }

  get loading(): Loading {
    return {
      loading: !this.#walkedOnce || this.#intake.isBusy,
      ...this.#intake.files.progress,
      points: this.#store.points,
    };
  }

  /** Shows a problem of something other than an event file; null takes it back. */
  report(what: string, message: string | null): void {
    if ((this.#problems.get(what) ?? null) === message) return;
    if (message === null) this.#problems.delete(what);
    else this.#problems.set(what, message);
    this.#options.onStatus?.();
  }

  /** Looks at every directory and file once. Sweeps do not overlap. */
  sweep(): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#sweepAll());
    return this.#sweeping;
  }

  #sweepSoon(): void {
    if (!this.#closed) void this.sweep();
  }

  async #sweepAll(): Promise<void> {
    const seen = new Set<string>();
    const files = new Set<string>();
    const before = this.#walkProblems;
    this.#walkProblems = new Map();
    for (const source of this.#sources) {
      if (this.#closed) return;
      await this.#sweepSource(source, seen, files);
    }
    if (this.#closed) return;
    this.#watcher.retain(seen);
    for (const directory of this.#directories.keys())
      if (!seen.has(directory)) this.#directories.delete(directory);
    for (const file of [...this.#intake.files.all()]) if (!files.has(file.path)) this.#intake.forget(file);
    this.#walkedOnce = true;
    if (!sameEntries(before, this.#walkProblems)) this.#options.onStatus?.();
    if (!this.#intake.isBusy) this.#idle();
  }

  async #sweepSource(source: LogSource, seen: Set<string>, files: Set<string>): Promise<void> {
    try {
      await walk(source.directory, {
        ...this.#walkOptions(source),
        enter: (directory) => {
          seen.add(directory);
          this.#enter(directory);
        },
        found: (directory) => {
          for (const name of directory.files) files.add(path.join(directory.path, name));
          this.#found(source, directory);
        },
      });
      if (this.#unreadable.delete(source)) this.#options.onStatus?.();
    } catch (error) {
      this.#setUnreadable(source, messageOf(error));
    }
  }

  #walkOptions(source: LogSource): WalkOptions & { readonly enter: (directory: string) => void } {
    return {
      followLinks: this.#options.followLinks ?? false,
      slow: this.#networkMount,
      enter: (directory) => this.#enter(directory),
      found: (directory) => this.#found(source, directory),
      problem: (file, message) => this.#walkProblems.set(file, message),
    };
  }

  #enter(directory: string): void {
    if (this.#follows) this.#watcher.add(directory);
  }

  #setUnreadable(source: LogSource, message: string): void {
    const words = message.includes("ENOENT") ? "does not exist (yet)" : `cannot be read: ${message}`;
    if (this.#unreadable.get(source) === words) return;
    this.#unreadable.set(source, words);
    this.#options.onStatus?.();
  }

  #found(source: LogSource, { path: directory, relative, files }: FoundDirectory): void {
    this.#directories.set(directory, { source, relative });
    const name = runName(source, relative);
    if (files.length === 0 || this.#options.wanted?.(name) === false) return;
    const run = this.#store.addRun(name);
    const fresh: EventFileEntry[] = [];
    for (const base of files) {
      const file = path.join(directory, base);
      const known = this.#intake.files.get(file);
      if (known) void this.#readIfGrown(known);
      else fresh.push(this.#intake.files.add(file, run));
    }
    this.#intake.read(...fresh);
  }

  /** For sweeps: reads only what changed since the last read. */
  async #readIfGrown(file: EventFileEntry): Promise<void> {
    if (!file.end || file.wanted) return;
    try {
      const { size, mtimeMs } = await stat(file.path);
      if (size !== file.end.size || mtimeMs !== file.end.modified) this.#intake.read(file);
    } catch {
      // It went between the listing and now: the next sweep finds out.
    }
  }

  /** A watched directory changed. */
  #changed(directory: string, name: string | null): void {
    if (this.#closed) return;
    const file = name === null ? undefined : this.#intake.files.get(path.join(directory, name));
    if (file) this.#intake.read(file);
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
    await walk(source.directory, this.#walkOptions(source), from).catch(() => {});
  }

  #idle(): void {
    if (!this.#walkedOnce) return;
    this.#firstLoadDone();
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
      await this.sweep().catch((error: unknown) => this.report("sweep", messageOf(error)));
      this.#schedule(performance.now() - start);
    }, pause);
    this.#timer.unref();
  }
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
