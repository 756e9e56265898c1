/** The event files that the loader knows: where each is, whose it is, and how far it has been read. */
import type { Loading } from "../api/types.ts";
import type { Run } from "../store/run.ts";
import type { FileEnd } from "./batch.ts";

export interface EventFileEntry {
  readonly id: number;
  readonly path: string;
  /** Folder free of links in which it must really be; null where links may lead anywhere. */
  root: string | null;
  readonly group: RunGroup;
  /** It has changed since it was last given to a reader. */
  wanted: boolean;
  /** What was read last is not stored, since it does not fit: the whole run is to be read anew. */
  held: boolean;
  /** Result of the last read that was stored. */
  end: FileEnd | null;
  /** Bytes known to be there, and how many of them have been read, for the progress shown. */
  size: number;
  read: number;
}

/** The files of a run, as they are read into one `Run`: in order, never two at a time. */
export interface RunGroup {
  /** Number of this reading of the run. */
  readonly id: number;
  readonly run: Run;
  /** In order of their names. */
  readonly files: EventFileEntry[];
  /** The reading that is shown, until this one can take its place. */
  shown: RunGroup | null;
  /** When it was begun, as performance.now() has it. */
  readonly begun: number;
  /** Last file that gave something of each tag, once there are several files. */
  lastOf: Map<string, EventFileEntry> | null;
  /** A reader has a job of it. */
  busy: boolean;
  /** How often a reader died of it. */
  deaths: number;
}

/** Event files by path, by number and by run, with running totals of how far they are read. */
export class RunFiles {
  readonly #byPath = new Map<string, EventFileEntry>();
  readonly #byId = new Map<number, EventFileEntry>();
  readonly #groups = new Map<number, RunGroup>();
  readonly #withProblems = new Set<EventFileEntry>();
  #nextFile = 0;
  #nextGroup = 0;
  #bytes = 0;
  #bytesRead = 0;
  #filesRead = 0;

  get(path: string): EventFileEntry | undefined {
    return this.#byPath.get(path);
  }

  byId(id: number): EventFileEntry | undefined {
    return this.#byId.get(id);
  }

  group(id: number): RunGroup | undefined {
    return this.#groups.get(id);
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

  /** @param shown the reading that the new one is to take the place of */
  addGroup(run: Run, shown: RunGroup | null = null): RunGroup {
    const group: RunGroup = {
      id: this.#nextGroup++,
      run,
      files: [],
      shown,
      begun: performance.now(),
      lastOf: null,
      busy: false,
      deaths: 0,
    };
    this.#groups.set(group.id, group);
    return group;
  }

  /** A file of a path, in the place of the one that has it. */
  add(path: string, root: string | null, group: RunGroup): EventFileEntry {
    const before = this.#byPath.get(path);
    if (before) this.#uncount(before);
    const [only] = group.files;
    if (only) group.lastOf ??= new Map(Array.from(group.run.series.keys(), (tag) => [tag, only]));
    const entry: EventFileEntry = {
      id: this.#nextFile++,
      path,
      root,
      group,
      wanted: false,
      held: false,
      end: null,
      size: 0,
      read: 0,
    };
    this.#byId.set(entry.id, entry);
    this.#byPath.set(path, entry);
    const after = group.files.findIndex((other) => other.path > path);
    group.files.splice(after < 0 ? group.files.length : after, 0, entry);
    return entry;
  }

  setSize(entry: EventFileEntry, size: number): void {
    if (this.#byPath.get(entry.path) === entry) this.#bytes += size - entry.size;
    entry.size = size;
  }

  setRead(entry: EventFileEntry, read: number): void {
    if (this.#byPath.get(entry.path) === entry) this.#bytesRead += read - entry.read;
    entry.read = read;
  }

  /** Notes how a read ended; gives whether what is wrong with the file changed. */
  setEnd(entry: EventFileEntry, end: FileEnd): boolean {
    const before = entry.end?.problems;
    const known = this.#byPath.get(entry.path) === entry;
    if (!entry.end && known) this.#filesRead++;
    entry.end = end;
    this.setSize(entry, Math.max(end.size, end.offset));
    this.setRead(entry, end.offset);
    if (end.problems.found.length > 0 && known) this.#withProblems.add(entry);
    else this.#withProblems.delete(entry);
    return (
      (before?.found.length ?? 0) !== end.problems.found.length ||
      (before?.more ?? 0) !== end.problems.more ||
      before?.found.some(({ message }, i) => message !== end.problems.found[i]?.message) === true
    );
  }

  remove(entry: EventFileEntry): void {
    this.#byId.delete(entry.id);
    if (this.#byPath.get(entry.path) === entry) {
      this.#uncount(entry);
      this.#byPath.delete(entry.path);
    }
    const { files } = entry.group;
    files.splice(files.indexOf(entry), 1);
  }

  /** Forgets a reading of a run: what is still read for it belongs to nobody. */
  removeGroup(group: RunGroup): void {
    for (const file of [...group.files]) this.remove(file);
    this.#groups.delete(group.id);
  }

  #uncount(entry: EventFileEntry): void {
    this.#withProblems.delete(entry);
    this.#bytes -= entry.size;
    this.#bytesRead -= entry.read;
    if (entry.end) this.#filesRead--;
  }
}
