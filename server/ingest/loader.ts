/**
 * Keeps a store in step with log directories: has event files found (`logdir/tree.ts`), read, and read on whenever
 * something changes. Nothing here blocks: directories are walked in small turns, and files read elsewhere or likewise.
 */
import path from "node:path";
import type { Loading, Problem } from "../api/types.ts";
import { messageOf } from "../logdir/discover.ts";
import type { LogSource } from "../logdir/source.ts";
import { LogTree } from "../logdir/tree.ts";
import { DirectoryWatcher } from "../logdir/watch.ts";
import type { Store } from "../store/store.ts";
import { Intake, type ReadOptions } from "./intake.ts";
import type { FilePlace } from "./read-record.ts";

export interface LoaderOptions extends ReadOptions {
  /**
   * Seconds between looks at what cannot be watched. 0: everything is read once, and nothing is followed.
   */
  readonly reloadInterval: number;
  readonly followLinks?: boolean;
  /** Runs to read. Default: all. */
  readonly wanted?: (run: string) => boolean;
  /** Told when progress, problems or the readability of a directory changed. */
  readonly onStatus?: () => void;
}

/** Sweeps of everything take at most this share of the time where directories are watched, and where they cannot be. */
const SWEEP_SHARE = 0.02;
const UNWATCHED_SWEEP_SHARE = 0.2;
/** Watching begins when all is read, or after so long: what there is comes first. */
const WATCH_MILLIS = 5000;

export class Loader {
  readonly #store: Store;
  readonly #options: LoaderOptions;
  readonly #intake: Intake;
  readonly #watcher: DirectoryWatcher | null;
  readonly #trees: readonly LogTree[];
  /** Problems of other things than files and directories. */
  readonly #problems = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #watchTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #walkedOnce = false;
  readonly #firstLoad: Promise<void>;
  #firstLoadDone!: () => void;
  readonly #watching: Promise<void>;
  #watchingDone!: () => void;

  constructor(store: Store, sources: readonly LogSource[], options: LoaderOptions) {
    this.#store = store;
    this.#options = options;
    this.#firstLoad = new Promise((resolve) => {
      this.#firstLoadDone = resolve;
    });
    this.#watching = new Promise((resolve) => {
      this.#watchingDone = resolve;
    });
    this.#intake = new Intake(store, options, {
      idle: () => this.#idle(),
      problemsChanged: () => this.#options.onStatus?.(),
      changed: (file) => this.#look(path.dirname(file), path.basename(file)),
    });
    this.#watcher = options.reloadInterval > 0 ? this.#newWatcher() : null;
    this.#trees = sources.map((source) => this.#newTree(source));
  }

  #newWatcher(): DirectoryWatcher {
    const { reloadInterval } = this.#options;
    return new DirectoryWatcher(this.#intervalMillis, {
      changed: (directory, name) => this.#changed(directory, name),
      watching: () => {
        if (!this.#closed) void this.sweep().then(this.#watchingDone);
      },
      watchingOne: (directory) => this.#look(directory, null),
      unwatchable: (directory, message) =>
        this.report(
          directory,
          `cannot be watched (${message}); its changes are found every ${reloadInterval} s instead`,
        ),
    });
  }

  #newTree(source: LogSource): LogTree {
    const { followLinks = false, wanted = () => true } = this.#options;
    const tree: LogTree = new LogTree(source, {
      followLinks,
      watcher: this.#watcher,
      found: (run, files) => {
        if (tree.slow) this.#intake.readsHere = false;
        if (wanted(run)) this.#intake.found(run, files, followLinks ? null : tree.root);
      },
      gone: (file) => this.#intake.forget(file),
      noted: () => {
        this.#store.setAliases(this.#trees.flatMap(({ aliases }) => aliases));
        this.#options.onStatus?.();
      },
    });
    return tree;
  }

  /** Starts to find and read. Ends when the first walk is done; reading goes on. */
  async start(): Promise<void> {
    await this.sweep();
    this.#walkedOnce = true;
    this.#watchTimer = setTimeout(() => this.#watcher?.start(), WATCH_MILLIS).unref();
    void this.#firstLoad.then(() => this.#watcher?.start());
    if (!this.#intake.isBusy) this.#idle();
    if (this.#watcher) this.#schedule(0);
  }

  /** Resolves once everything found at the start has been read. */
  get firstLoad(): Promise<void> {
    return this.#firstLoad;
  }

  /** Resolves once changes are told of as they happen: some time after the first load; never where nothing is followed. */
  get watching(): Promise<void> {
    return this.#watching;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#watchTimer);
    for (const tree of this.#trees) tree.close();
    this.#watcher?.close();
    await this.#intake.close();
  }

  /** Where records of an event file can be read again, by its number. */
  fileOf(file: number): FilePlace | undefined {
    return this.#intake.fileOf(file);
  }

  /** Log directories that cannot be read, and why. */
  get unreadable(): Problem[] {
    return this.#trees.flatMap(({ source, unreadable }) =>
      unreadable === null ? [] : [{ file: source.directory, offset: null, message: unreadable }],
    );
  }

  get problems(): Problem[] {
    const found = [...this.#problems, ...this.#trees.flatMap(({ problems }) => [...problems])];
    return [...found.map(([file, message]) => ({ file, offset: null, message })), ...this.#intake.problems];
  }

  get loading(): Loading {
    return {
      loading: !this.#walkedOnce || this.#intake.isBusy,
      ...this.#intake.progress,
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

  /** Looks at every directory and file once. */
  async sweep(): Promise<void> {
    for (const tree of this.#trees) await tree.sweep();
  }

  /** A watched directory changed. */
  #changed(directory: string, name: string | null): void {
    if (this.#closed) return;
    if (name !== null) {
      for (const tree of this.#trees)
        for (const link of tree.linksTo(directory, name))
          if (!this.#intake.changed(link)) tree.changed(path.dirname(link), path.basename(link));
      if (this.#intake.changed(path.join(directory, name))) return;
    }
    this.#look(directory, name);
  }

  /** Something unknown came, or a known thing may have gone. */
  #look(directory: string, name: string | null): void {
    if (!this.#closed) for (const tree of this.#trees) tree.changed(directory, name);
  }

  #idle(): void {
    if (!this.#walkedOnce) return;
    this.#firstLoadDone();
    this.#options.onStatus?.();
  }

  get #intervalMillis(): number {
    return Math.max(this.#options.reloadInterval, 0.1) * 1000;
  }

  /** Sweeps at the interval where needed, else so rarely that their cost does not show. */
  #schedule(lastSweepMillis: number): void {
    if (this.#closed) return;
    const interval = this.#intervalMillis;
    const needed = !this.#watcher?.complete || this.unreadable.length > 0;
    const share = needed ? UNWATCHED_SWEEP_SHARE : SWEEP_SHARE;
    const pause = Math.max(interval, lastSweepMillis / share);
    this.#timer = setTimeout(async () => {
      const start = performance.now();
      await this.sweep().catch((error: unknown) => this.report("sweep", messageOf(error)));
      this.#schedule(performance.now() - start);
    }, pause);
    this.#timer.unref();
  }
}
