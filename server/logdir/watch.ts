/**
 * Notices changes below a log directory. One watch a directory tells at once what changed in it; a sweep of
 * everything finds what notifications do not reach (network mounts, too many directories).
 *
 * Node's own `fs.watch` is used a directory at a time: libraries watch each file as well, or wait some tens of
 * milliseconds to gather changes, and here thousands of files grow and every millisecond shows.
 */
import { type FSWatcher, watch } from "node:fs";
import { statfs } from "node:fs/promises";

export interface WatchHandlers {
  /** Something named `name` changed in `directory`; null when the system did not say what. */
  readonly changed: (directory: string, name: string | null) => void;
  /** A directory cannot be watched: only sweeps will see its changes. Told once. */
  readonly unwatchable: (directory: string, error: Error) => void;
}

export class DirectoryWatcher {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #handlers: WatchHandlers;
  #failed = false;

  constructor(handlers: WatchHandlers) {
    this.#handlers = handlers;
  }

  /** Whether every directory is watched, so that sweeps may be rare. */
  get complete(): boolean {
    return !this.#failed;
  }

  add(directory: string): void {
    if (this.#watchers.has(directory)) return;
    try {
      const watcher = watch(directory, { persistent: false }, (_event, name) =>
        this.#handlers.changed(directory, name),
      );
      watcher.on("error", () => this.#remove(directory));
      this.#watchers.set(directory, watcher);
    } catch (error) {
      // What is gone, or closed to us, is said by whoever lists it; the next sweep tries again.
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (!this.#failed && error instanceof Error && code !== "ENOENT" && code !== "EACCES") {
        this.#failed = true;
        this.#handlers.unwatchable(directory, error);
      }
    }
  }

  /** Forgets directories that no longer exist. */
  retain(directories: ReadonlySet<string>): void {
    for (const directory of this.#watchers.keys()) if (!directories.has(directory)) this.#remove(directory);
  }

  #remove(directory: string): void {
    this.#watchers.get(directory)?.close();
    this.#watchers.delete(directory);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

/** Types of file systems whose changes by other machines cause no notification here (statfs(2), f_type). */
const NETWORK_FILE_SYSTEMS = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x65735546, // FUSE: sshfs, gcsfuse, s3fs
  0x01021997, // 9p
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0xc36400, // Ceph
]);

/** Whether a directory is on a file system that only polling can follow. */
export async function isNetworkMount(directory: string): Promise<boolean> {
  try {
    return NETWORK_FILE_SYSTEMS.has((await statfs(directory)).type >>> 0);
  } catch {
    return false;
  }
}
