/**
 * Notices changes in folders, whichever it is told to watch: on this thread, which tells of them soonest, or in a thread of
 * its own where setting so many watches up would hold this one. Watching starts when it is told to, so that it takes no
 * time from what is more urgent.
 */
import { Worker } from "node:worker_threads";
import type { FolderWatches, WatchedFolder, WatchNews } from "./folder-watches.ts";
import type { WatchOrder } from "./watch-thread.ts";

export interface WatchHandlers {
  /** Something named `name` changed in `directory`; null when the system did not say what. */
  readonly changed: (directory: string, name: string | null) => void;
  /** Everything that was to be watched is watched: what changed before then was not told. */
  readonly watching: () => void;
  /** Changes in a directory are told from now on; what changed before then was not. */
  readonly watchingOne: (directory: string) => void;
  /** A directory cannot be watched: only sweeps will see its changes. Told once. */
  readonly unwatchable: (directory: string, message: string) => void;
}

export interface WatchOptions {
  /** Whether only polling sees changes there. */
  readonly polling: boolean;
  /** Whether it may be another directory than the one that is watched under this name. */
  readonly anew: boolean;
  /** The one name in it whose changes matter. Default: all do. */
  readonly only?: string;
}

/** Beside this file, under the same ending. Threads do not inherit what makes Node 20 run TypeScript. */
const THREAD = new URL("./watch-thread.js", import.meta.url);
const FROM_SOURCES = import.meta.url.endsWith(".ts");
/** So many folders are watched on this thread: each takes about a quarter of a millisecond, once. */
const MOST_HERE = 2000;

export class DirectoryWatcher {
  readonly #handlers: WatchHandlers;
  readonly #pollingMillis: number;
  readonly #folders = new Map<string, WatchedFolder>();
  /** Folders that are on their way to be watched. */
  readonly #coming = new Set<string>();
  /** Orders that are not sent yet: what goes goes first. */
  #remove = new Set<string>();
  #add = new Map<string, WatchedFolder>();
  #sending = false;
  #started = false;
  #complete = false;
  #thread: Worker | null = null;
  #here: FolderWatches | null = null;
  #failed = false;
  #closed = false;

  /** @param pollingMillis how often is looked where only that sees changes */
  constructor(pollingMillis: number, handlers: WatchHandlers) {
    this.#pollingMillis = pollingMillis;
    this.#handlers = handlers;
  }

  /** Whether everything can be watched, so that sweeps may be rare. */
  get complete(): boolean {
    return !this.#failed;
  }

  add(directory: string, { polling, anew, only }: WatchOptions): void {
    const key = keyOf(directory, only);
    if (this.#closed || (this.#folders.has(key) && !anew)) return;
    const folder = { directory, only: only ?? null, polling: polling ? this.#pollingMillis : null };
    this.#folders.set(key, folder);
    if (!this.#started) return;
    this.#coming.add(directory);
    this.#add.set(key, folder);
    this.#sendSoon();
  }

  remove(directory: string, only?: string): void {
    const key = keyOf(directory, only);
    if (!this.#folders.delete(key)) return;
    this.#coming.delete(directory);
    this.#add.delete(key);
    this.#remove.add(key);
    this.#sendSoon();
  }

  /** Begins to watch what was added. */
  start(): void {
    if (this.#started || this.#closed) return;
    this.#started = true;
    for (const [key, folder] of this.#folders) {
      this.#coming.add(folder.directory);
      this.#add.set(key, folder);
    }
    if (FROM_SOURCES || this.#folders.size <= MOST_HERE) void this.#startHere();
    else this.#startThread();
  }

  close(): void {
    this.#closed = true;
    this.#here?.close();
    void this.#thread?.terminate();
  }

  #startThread(): void {
    const thread = new Worker(THREAD);
    this.#thread = thread;
    thread.on("message", (news: WatchNews) => this.#take(news));
    thread.on("error", (error) => this.#fail("the log directory", error.message));
    thread.unref();
    this.#sendSoon();
  }

  async #startHere(): Promise<void> {
    const { FolderWatches } = await import("./folder-watches.ts");
    this.#here = new FolderWatches((news) => this.#take(news));
    this.#sendSoon();
  }

  /** Orders of one turn of the event loop go together. */
  #sendSoon(): void {
    if (this.#sending || !(this.#here || this.#thread)) return;
    this.#sending = true;
    setImmediate(() => {
      this.#sending = false;
      if (this.#closed) return;
      const order: WatchOrder = { remove: [...this.#remove], add: [...this.#add] };
      this.#remove = new Set();
      this.#add = new Map();
      this.#thread?.postMessage(order);
      for (const key of order.remove) this.#here?.remove(key);
      for (const [key, folder] of order.add) this.#here?.add(key, folder);
    });
  }

  #take({ changes, watching, failed }: WatchNews): void {
    if (this.#closed) return;
    if (failed) this.#fail(failed.directory, failed.message);
    for (const [directory, name] of changes) this.#handlers.changed(directory, name);
    for (const directory of watching) {
      this.#coming.delete(directory);
      if (this.#complete) this.#handlers.watchingOne(directory);
    }
    if (this.#complete || this.#coming.size > 0) return;
    this.#complete = true;
    this.#handlers.watching();
  }

  #fail(directory: string, message: string): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#handlers.unwatchable(directory, message);
  }
}

function keyOf(directory: string, only?: string): string {
  return only === undefined ? directory : `${directory}\0${only}`;
}
