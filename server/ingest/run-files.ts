/** The event files that the loader knows: where each is, whose it is, and how far it has been read. */
import type { Run } from "../store/run.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { FileEnd } from "./batch.ts";

export interface EventFileEntry {
  readonly id: number;
  readonly path: string;
  readonly run: Run;
  /** A read is under way; `again` asks for another one after it. */
  reading: boolean;
  again: boolean;
  /** Result of the last read. */
  end: FileEnd | null;
  /** Bytes known to be there, for the progress shown. */
  size: number;
}

/** Event files by path, by number and by run. */
export class RunFiles {
  readonly #byPath = new Map<string, EventFileEntry>();
  readonly #byId: (EventFileEntry | undefined)[] = [];
  readonly #perRun = new Map<Run, Set<EventFileEntry>>();

  get(path: string): EventFileEntry | undefined {
    return this.#byPath.get(path);
  }

  byId(id: number): EventFileEntry | undefined {
    return this.#byId[id];
  }

  all(): IterableIterator<EventFileEntry> {
    return this.#byPath.values();
  }

  add(path: string, run: Run): EventFileEntry {
    const id = this.#byId.length;
    const entry: EventFileEntry = { id, path, run, reading: false, again: false, end: null, size: 0 };
    this.#byId.push(entry);
    this.#byPath.set(path, entry);
    getOrInsert(this.#perRun, run, () => new Set<EventFileEntry>()).add(entry);
    return entry;
  }

  /** Forgets a file; true when it was the last of its run. */
  remove(entry: EventFileEntry): boolean {
    this.#byPath.delete(entry.path);
    const files = this.#perRun.get(entry.run);
    files?.delete(entry);
    if (files?.size !== 0) return false;
    this.#perRun.delete(entry.run);
    for (const [id, file] of this.#byId.entries()) if (file?.run === entry.run) this.#byId[id] = undefined;
    return true;
  }
}
