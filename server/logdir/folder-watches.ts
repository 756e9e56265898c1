/**
 * Chokidar at work, a watcher a folder: what changes in a folder is told by name, as the system says it, without looking at
 * the files. Chokidar by itself would watch each file too, or gather changes for tens of milliseconds; and a watcher of a
 * whole tree cannot be told that a folder is another one by now.
 */
import { statSync } from "node:fs";
import path from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { isEventFile } from "./discover.ts";

/** A folder to be watched. */
export interface WatchedFolder {
  readonly directory: string;
  /** The one name whose changes matter; null for all. */
  readonly only: string | null;
  /** Look at it again and again, every so many milliseconds; null where the system tells of changes. */
  readonly polling: number | null;
}

/** What there is to tell, all of it that came together. */
export interface WatchNews {
  /** What changed in which folder; null when it is not known what. */
  readonly changes: readonly (readonly [directory: string, name: string | null])[];
  /** Folders whose changes are told from now on. */
  readonly watching: readonly string[];
  /** A folder that cannot be watched, and why. */
  readonly failed: { readonly directory: string; readonly message: string } | null;
}

/** Watchers that are set up at once: each reads its folder, and all together would take much memory. */
const AT_ONCE = 16;
/** What is gone, or closed to us, is said by whoever lists it. */
const HARMLESS = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP"]);

export class FolderWatches {
  readonly #tell: (news: WatchNews) => void;
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly identity: string | null }>();
  /** Those that are being set up; one that is closed before then never says that it is ready. */
  readonly #starting = new Set<FSWatcher>();
  #waiting = new Map<string, WatchedFolder>();
  #changes = new Map<string, readonly [string, string | null]>();
  #watching: string[] = [];
  #failed: WatchNews["failed"] = null;
  #telling = false;

  constructor(tell: (news: WatchNews) => void) {
    this.#tell = tell;
  }

  /** Watches a folder, in the place of the watch there was under the same key, unless it is the same folder still. */
  add(key: string, folder: WatchedFolder): void {
    const known = this.#watchers.get(key);
    if (known?.identity && known.identity === identityOf(folder.directory)) {
      if (!this.#starting.has(known.watcher)) this.#told(folder.directory);
      return;
    }
    this.remove(key);
    this.#waiting.set(key, folder);
    this.#startSome();
  }

  remove(key: string): void {
    this.#waiting.delete(key);
    const known = this.#watchers.get(key);
    if (!known) return;
    this.#watchers.delete(key);
    void known.watcher.close();
    this.#started(known.watcher);
  }

  close(): void {
    this.#waiting.clear();
    for (const key of [...this.#watchers.keys()]) this.remove(key);
  }

  #startSome(): void {
    for (const [key, folder] of this.#waiting) {
      if (this.#starting.size >= AT_ONCE) return;
      this.#waiting.delete(key);
      this.#start(key, folder);
    }
  }

  #start(key: string, { directory, only, polling }: WatchedFolder): void {
    const own = normalized(directory);
    const identity = identityOf(directory);
    const watcher = watch(directory, {
      depth: 0,
      ignoreInitial: true,
      atomic: false,
      // Polling sees a file grow by looking at it, and only then.
      ignored: (file) => normalized(file) !== own && (polling === null || !isEventFile(path.basename(file))),
      ...(polling !== null && { usePolling: true, interval: polling, binaryInterval: polling }),
    });
    this.#watchers.set(key, { watcher, identity });
    this.#starting.add(watcher);
    watcher.on("raw", (_event, file) =>
      this.#changed(directory, only, polling === null ? file : nameOf(directory, file)),
    );
    watcher.on("ready", () => {
      this.#told(directory);
      this.#started(watcher);
    });
    watcher.on("error", (error) => {
      this.#fail(directory, error);
      this.#started(watcher);
    });
  }

  /** What changes in a directory from now on is told. */
  #told(directory: string): void {
    this.#watching.push(directory);
    this.#tellSoon();
  }

  #started(watcher: FSWatcher): void {
    if (this.#starting.delete(watcher)) this.#startSome();
  }

  #changed(directory: string, only: string | null, name: string | null): void {
    if (only !== null && name !== null && name !== only) return;
    this.#changes.set(`${directory}\0${name ?? ""}`, [directory, only ?? name]);
    this.#tellSoon();
  }

  #fail(directory: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (HARMLESS.has(code)) return;
    this.#failed = { directory, message: error instanceof Error ? error.message : String(error) };
    this.#tellSoon();
  }

  /** What comes in one turn of the event loop is told together: a write may be several changes of a file. */
  #tellSoon(): void {
    if (this.#telling) return;
    this.#telling = true;
    setImmediate(() => {
      const news = { changes: [...this.#changes.values()], watching: this.#watching, failed: this.#failed };
      this.#telling = false;
      this.#changes = new Map();
      this.#watching = [];
      this.#failed = null;
      this.#tell(news);
    });
  }
}

/** By what a folder is told from others of its name; null where the system does not say when it was made. */
function identityOf(directory: string): string | null {
  try {
    const { dev, ino, birthtimeMs } = statSync(directory);
    return birthtimeMs > 0 ? `${dev} ${ino} ${birthtimeMs}` : null;
  } catch {
    return null;
  }
}

/** As chokidar has paths when it asks. */
function normalized(file: string): string {
  return file.replaceAll("\\", "/");
}

/** Polling tells of a folder and of the files in it by their paths. */
function nameOf(directory: string, file: string): string | null {
  return file === directory ? null : path.basename(file);
}
