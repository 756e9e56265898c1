/** The event files that the loader knows: where each is, whose it is, and how far it has been read. */
import type { Loading } from "../api/types.ts";
import type { Run } from "../store/run.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { FileEnd } from "./batch.ts";

export interface EventFileEntry {
  readonly id: number;
  readonly path: string;
  readonly group: RunGroup;
  /** It has changed since it was last given to a reader. */
  wanted: boolean;
  /** Result of the last read. */
  end: FileEnd | null;
  /** Bytes known to be there, and how many of them have been read, for the progress shown. */
  size: number;
  read: number;
}

/** The files of a run: read in order, never two at a time. */
export interface RunGroup {
  readonly run: Run;
  /** In order of their names. */
  readonly files: EventFileEntry[];
  /** A reader has a job of it. */
  busy: boolean;
  /** How often a reader died of it. */
  deaths: number;
}

/** Event files by path, by number and by run, with running totals of how far they are read. */
export class RunFiles {
  readonly #byPath = new Map<string, EventFileEntry>();
  readonly #byId: (EventFileEntry | undefined)[] = [];
  readonly #groups = new Map<number, RunGroup>();
  readonly #withProblems = new Set<EventFileEntry>();
  #bytes = 0;
  #bytesRead = 0;
  #filesRead = 0;

  get(path: string): EventFileEntry | undefined {
    return this.#byPath.get(path);
  }

  byId(id: number): EventFileEntry | undefined {
    return this.#byId[id];
  }

  group(run: number): RunGroup | undefined {
    return this.#groups.get(run);
  }

  all(): IterableIterator<EventFileEntry> {
    return this.#byPath.values();
  }

  /** Files with which something is wrong. */
  withProblems(): Iterable<EventFileEntry> {
    return this.#withProblems;
  }

  get progress(): Omit<Loading, "loading" | "points"> {
    return {
      files: this.#byPath.size,
      files_read: this.#filesRead,
      bytes: this.#bytes,
      bytes_read: this.#bytesRead,
    };
  }

  add(path: string, run: Run): EventFileEntry {
    const id = this.#byId.length;
    const group = getOrInsert(this.#groups, run.id, () => ({
      run,
      files: [],
      busy: false,
      deaths: 0,
    }));
    const entry: EventFileEntry = { id, path, group, wanted: false, end: null, size: 0, read: 0 };
    this.#byId.push(entry);
    this.#byPath.set(path, entry);
    const after = group.files.findIndex((other) => other.path > path);
    group.files.splice(after < 0 ? group.files.length : after, 0, entry);
    return entry;
  }

  setSize(entry: EventFileEntry, size: number): void {
    this.#bytes += size - entry.size;
    entry.size = size;
  }

  setRead(entry: EventFileEntry, read: number): void {
    this.#bytesRead += read - entry.read;
    entry.read = read;
  }

  /** Notes how a read ended; gives whether what is wrong with the file changed. */
  setEnd(entry: EventFileEntry, end: FileEnd): boolean {
    const before = entry.end?.problems;
    if (!entry.end) this.#filesRead++;
    entry.end = end;
    this.setSize(entry, Math.max(end.size, end.offset));
    this.setRead(entry, end.offset);
    if (end.problems.found.length > 0) this.#withProblems.add(entry);
    else this.#withProblems.delete(entry);
    return before?.found.length !== end.problems.found.length || before?.more !== end.problems.more;
  }

  /** Forgets a file; true when it was the last of its run. */
  remove(entry: EventFileEntry): boolean {
    this.#byPath.delete(entry.path);
    this.#withProblems.delete(entry);
    this.setSize(entry, 0);
    this.setRead(entry, 0);
    if (entry.end) this.#filesRead--;
    const { group } = entry;
    group.files.splice(group.files.indexOf(entry), 1);
    if (group.files.length > 0) return false;
    this.#groups.delete(group.run.id);
    for (const [id, file] of this.#byId.entries()) if (file?.group === group) this.#byId[id] = undefined;
    return true;
  }
}
