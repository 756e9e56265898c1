/**
 * What is known of one log directory: its folders and the event files in them. Sweeps look at everything; in between only
 * what changed is looked at. Whatever is found is compared with what was known, so that what went is told as well as what
 * came. One look happens after the other: nothing is overlooked because two saw different moments.
 */
import { lstatSync } from "node:fs";
import { realpath } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type FolderAlias, folderAliases } from "./aliases.ts";
import { type FoundDirectory, isEventFile, messageOf, type WalkOptions, walk } from "./discover.ts";
import { entryPath, isInside } from "./inside.ts";
import { networkMounts } from "./network-mount.ts";
import { Notes } from "./notes.ts";
import { isGone, isMissing } from "./open-file.ts";
import { type LogSource, runName } from "./source.ts";
import type { DirectoryWatcher } from "./watch.ts";

export interface LogTreeOptions {
  readonly followLinks: boolean;
  /** Null where nothing is followed. */
  readonly watcher: DirectoryWatcher | null;
  /** The event files of a run, in order of name: those that are known as well as new ones. */
  readonly found: (run: string, files: readonly string[]) => void;
  /** A file is not there any more, or is no event file now. */
  readonly gone: (file: string) => void;
  /** What is wrong, or is said of links, may have changed. */
  readonly noted: () => void;
}

interface Folder {
  readonly path: string;
  readonly relative: string;
  files: readonly string[];
  folders: Set<string> | null;
}

/** A directory in which something changed; null when it is not known what. */
type Change = readonly [directory: string, name: string | null];

/** How long changes are looked at before others get their turn. */
const TURN_MILLIS = 5;

const NO_NAMES: ReadonlySet<string> = new Set();

export class LogTree {
  readonly source: LogSource;
  /** Where the log directory is, free of links; as it is itself until it was found. */
  root: string;
  /** Why the log directory cannot be read; null when it can. */
  unreadable: string | null = null;
  /** Where in it only polling sees changes; free of links. */
  #networkMounts: readonly string[] = [];
  readonly #options: LogTreeOptions;
  readonly #folders = new Map<string, Folder>();
  #notes = new Notes();
  /** Those of the sweep under way. */
  #next: Notes | null = null;
  /** See {@link WalkOptions.entered}. */
  #entered = new Map<string, string>();
  #last: Promise<void> = Promise.resolve();
  #changes = new Map<string, Change>();
  #looking = false;
  #guarded: { readonly directory: string; readonly name: string } | null = null;
  #closed = false;

  constructor(source: LogSource, options: LogTreeOptions) {
    this.source = source;
    this.root = source.directory;
    this.#options = options;
  }

  /** Whether any of it is where reading may take long, and only polling sees changes. */
  get slow(): boolean {
    return this.#networkMounts.length > 0;
  }

  /** Whether only polling sees changes in a directory; it is as watches have it. */
  #isPolled(directory: string): boolean {
    if (!this.slow) return false;
    const real = path.join(this.root, path.relative(this.source.directory, directory));
    return this.#networkMounts.some((mount) => isInside(mount, real));
  }

  get problems(): ReadonlyMap<string, string> {
    return this.#notes.problems;
  }

  /** Links to folders that are shown under their own names. */
  get aliases(): FolderAlias[] {
    return folderAliases(this.source, this.root, this.#notes.aliases);
  }

  /** Links to what changed, or to something below it; `directory` is as watches have it. */
  linksTo(directory: string, name: string): string[] {
    const notes = (this.#next ? [this.#notes, this.#next] : [this.#notes]).filter((all) => all.knowsLinks);
    if (notes.length === 0) return [];
    const file = path.join(directory, name);
    const place = isInside(this.source.directory, file)
      ? path.join(this.root, path.relative(this.source.directory, file))
      : file;
    return notes.flatMap((all) => all.linksTo(place));
  }

  /** Looks at everything once, after what is being looked at. */
  sweep(): Promise<void> {
    return this.#then(() => this.#sweep(false));
  }

  /** Something changed in a directory, of this tree or not: it is looked at soon. */
  changed(directory: string, name: string | null): void {
    const guarded = this.#guarded;
    if (guarded && directory === guarded.directory && (name === guarded.name || name === null))
      void this.#then(() => this.#sweep(name !== null));
    if (!this.#folders.has(directory)) return;
    this.#changes.set(`${directory}\0${name ?? ""}`, [directory, name]);
    if (!this.#looking) {
      this.#looking = true;
      void this.#then(() => this.#lookAtChanges());
    }
  }

  close(): void {
    this.#closed = true;
  }

  #then(act: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (!this.#closed) await act();
    });
    return this.#last;
  }

  /** @param anew whether folders may be others than those that are watched */
  async #sweep(anew: boolean): Promise<void> {
    const { directory } = this.source;
    const notes = new Notes();
    this.#next = notes;
    this.#entered = new Map();
    try {
      if (await this.#findRoot()) {
        this.#networkMounts = await networkMounts(this.root);
        await walk(directory, this.#walkOptions(notes, anew));
        // What the log directory itself is like is said apart from what is wrong in it.
        const problem = notes.problems.get(directory);
        notes.problems.delete(directory);
        this.unreadable = problem ?? (this.#folders.has(directory) ? null : "is no directory");
        this.#notes = notes;
      }
    } catch (error) {
      this.unreadable = `cannot be read: ${messageOf(error)}`;
    }
    this.#next = null;
    this.#guard();
    this.#options.noted();
  }

  /** Finds out where the log directory is. False, and said why, where that cannot be told. */
  async #findRoot(): Promise<boolean> {
    const { directory } = this.source;
    try {
      this.root = await realpath(directory);
      return true;
    } catch (error) {
      // A directory that cannot be read for a while, as on a mount that is gone, loses no run.
      if (isGone(error)) {
        this.#forgetBelow(directory);
        this.#notes = new Notes();
      }
      this.unreadable = isMissing(error) ? "does not exist (yet)" : `cannot be read: ${messageOf(error)}`;
      return false;
    }
  }

  #walkOptions(notes: Notes, anew: boolean): WalkOptions {
    const { watcher, followLinks } = this.#options;
    return {
      followLinks,
      entered: this.#entered,
      slow: this.slow,
      enter: (directory) => watcher?.add(directory, { polling: this.#isPolled(directory), anew }),
      found: (directory) => this.#found(directory),
      gone: (directory) => this.#forgetBelow(directory),
      problem: (file, message) => notes.problem(file, message),
      alias: (link, target) => notes.alias(link, target),
      through: (link, place) => notes.link(link, place),
      linked: (link, target) => {
        notes.link(link, target);
        if (isInside(this.root, target)) return;
        watcher?.add(path.dirname(target), { polling: this.slow, anew, only: path.basename(target) });
      },
    };
  }

  async #lookAtChanges(): Promise<void> {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    this.#looking = false;
    let turn = performance.now();
    for (const change of changes) {
      if (this.#closed) return;
      await this.#lookAt(change);
      if (performance.now() - turn < TURN_MILLIS) continue;
      await nextTurn();
      turn = performance.now();
    }
    this.#options.noted();
  }

  async #lookAt([directory, name]: Change): Promise<void> {
    const folder = this.#folders.get(directory);
    if (!folder) return;
    this.#notes.look();
    if (name === null) {
      this.#notes.forgetEntries(directory, folder.folders ?? NO_NAMES);
      return this.#walkFrom(folder, { descend: (below) => !this.#folders.has(below) }, false);
    }
    const file = path.join(directory, name);
    if (!this.#matters(folder, name, file)) return;
    // Where links may lead anywhere, one that comes or goes decides what others lead to.
    if (this.#options.followLinks && (this.#notes.hasLinks(file) || isLink(file))) return this.#sweep(true);
    this.#notes.forget(file);
    await this.#walkFrom(folder, { only: name }, true);
  }

  async #walkFrom(
    { relative }: Folder,
    what: Pick<WalkOptions, "only" | "descend">,
    anew: boolean,
  ): Promise<void> {
    const options = { ...this.#walkOptions(this.#notes, anew), ...what, from: relative, real: this.root };
    // The log directory itself may have gone.
    await walk(this.source.directory, options).catch(() => this.#sweep(true));
  }

  /** Whether an entry is, or was, anything but a file that nobody asks for. */
  #matters({ path: directory, folders }: Folder, name: string, file: string): boolean {
    if (isEventFile(name) || folders?.has(name) || this.#notes.has(file)) return true;
    try {
      const stats = lstatSync(file);
      return stats.isDirectory() || stats.isSymbolicLink();
    } catch {
      // What a directory's own watch tells of it, when it goes, has the directory's name.
      if (name === path.basename(directory)) this.changed(path.dirname(directory), name);
      return false;
    }
  }

  #found(found: FoundDirectory): void {
    const { path: directory, relative, files, folders } = found;
    const folder = this.#folders.get(directory);
    if (folder) this.#compare(folder, found);
    else {
      const below = folders.length > 0 ? new Set(folders) : null;
      this.#folders.set(directory, { path: directory, relative, files, folders: below });
    }
    if (files.length === 0) return;
    const paths = files.map((name) => entryPath(directory, name));
    this.#options.found(runName(this.source, relative), paths);
  }

  /** Notes what came to a folder, and tells what went. */
  #compare(folder: Folder, { path: directory, files, folders, only }: FoundDirectory): void {
    const concerns = (name: string) => only === null || name === only;
    const there = new Set(folders);
    for (const name of folder.folders ?? [])
      if (concerns(name) && !there.has(name)) this.#forgetBelow(path.join(directory, name));
    const before = folder.files;
    folder.files = only === null ? files : [...before.filter((name) => name !== only), ...files].sort();
    if (folders.length > 0) {
      folder.folders ??= new Set();
      for (const name of folders) folder.folders.add(name);
    }
    for (const name of before)
      if (concerns(name) && !files.includes(name)) this.#options.gone(path.join(directory, name));
  }

  #forgetBelow(directory: string): void {
    const folder = this.#folders.get(directory);
    this.#folders.get(path.dirname(directory))?.folders?.delete(path.basename(directory));
    this.#options.watcher?.remove(directory);
    this.#notes.forgetFolder(directory);
    if (!folder) return;
    this.#folders.delete(directory);
    for (const name of folder.folders ?? []) this.#forgetBelow(path.join(directory, name));
    for (const name of folder.files) this.#options.gone(path.join(directory, name));
  }

  /**
   * Watches where the log directory is, or will be: what is in it tells nothing of its own coming and going. While it is
   * missing, the nearest folder that exists is watched for the next one on the way.
   */
  #guard(): void {
    const { watcher } = this.#options;
    if (!watcher) return;
    let child = this.source.directory;
    let parent = path.dirname(child);
    while (this.unreadable !== null && parent !== path.dirname(parent) && !exists(parent)) {
      child = parent;
      parent = path.dirname(child);
    }
    const name = path.basename(child);
    const before = this.#guarded;
    if (parent === child || (before?.directory === parent && before.name === name)) return;
    if (before) watcher.remove(before.directory, before.name);
    this.#guarded = { directory: parent, name };
    watcher.add(parent, { polling: this.slow, anew: false, only: name });
  }
}

function exists(directory: string): boolean {
  try {
    return lstatSync(directory).isDirectory() || isLink(directory);
  } catch {
    return false;
  }
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}
