/**
 * Finds event files: walks a log directory without blocking, follows links that stay inside it once, and names
 * what it cannot read instead of failing.
 */
import { lstatSync, readdirSync } from "node:fs";
import { readdir, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { entryPath, isInside } from "./inside.ts";
import { isGone } from "./open-file.ts";

/** Readers of all kinds take every file whose base name contains this. */
const EVENT_FILE_INFIX = "tfevents";

export function isEventFile(name: string): boolean {
  return name.includes(EVENT_FILE_INFIX);
}

/** What one directory holds. */
export interface FoundDirectory {
  readonly path: string;
  /** Relative to the log directory, `/`-separated; `.` for itself. */
  readonly relative: string;
  /** Base names of event files, in order of name. */
  readonly files: readonly string[];
  /** Base names of the directories in it that are entered. */
  readonly folders: readonly string[];
  /** The one entry that was looked at; null where all were. */
  readonly only: string | null;
}

export interface WalkOptions {
  /** Directory to start at, relative to the root. Default: the root. */
  readonly from?: string;
  /** The root free of links, where that is known. */
  readonly real?: string;
  /** Look at this entry only of the directory that is started at, and below it. */
  readonly only?: string;
  /** Whether to go into a directory. Default: into all. */
  readonly descend?: (directory: string) => boolean;
  /** Follow links out of the log directory as well. Default false: a link must not open the rest of the disk. */
  readonly followLinks: boolean;
  /** Directories elsewhere that were entered, and by which link: several may lead to one, or in a circle. */
  readonly entered?: Map<string, string>;
  /** Listing a directory may take long, as over a network: it is done elsewhere. Default false. */
  readonly slow?: boolean;
  /** Called before a directory is listed, so that a watch set here misses nothing. */
  readonly enter?: (directory: string) => void;
  readonly found: (directory: FoundDirectory) => void;
  /** There is no such directory (any more). */
  readonly gone?: (directory: string) => void;
  /** A directory, file or link that was left out, and why. */
  readonly problem: (file: string, message: string) => void;
  /** A link that leads to what is shown under its own name, `target` (absolute, free of links). */
  readonly alias?: (link: string, target: string) => void;
  /** A link that stands among the files, or would if its target were there: `target` is what grows. */
  readonly linked?: (link: string, target: string) => void;
  /** Where a link leads, or a place on the way there: what comes or goes may have it lead elsewhere, or to another kind. */
  readonly through?: (link: string, place: string) => void;
}

/** How long directories are listed before others get their turn. */
const TURN_MILLIS = 5;

/**
 * Walks a directory. Ends when everything has been reported.
 *
 * @throws what the system says when the root is not there, or nobody may enter it
 */
export async function walk(root: string, options: WalkOptions): Promise<void> {
  const { from = ".", only, descend } = options;
  const links = new Links(options.real ?? (await realpath(root)), options);
  const queue = [{ directory: path.join(root, from), relative: from }];
  let turn = performance.now();
  for (let next = 0; next < queue.length; next++) {
    const { directory, relative } = queue[next]!;
    const one = next === 0 && only !== undefined ? only : null;
    const entries = one === null ? await list(directory, options) : look(directory, one, options);
    if (entries) {
      const found = await take(directory, entries, links, options);
      for (const name of found.folders) {
        const below = entryPath(directory, name);
        if (!descend || descend(below))
          queue.push({ directory: below, relative: relative === "." ? name : `${relative}/${name}` });
      }
      options.found({ path: directory, relative, only: one, ...found });
    }
    if (performance.now() - turn < TURN_MILLIS) continue;
    await nextTurn();
    turn = performance.now();
  }
}

/** What is asked of an entry: a `Dirent`, or what `lstat` says. */
interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** Event files and directories among the entries of a directory. */
async function take(
  directory: string,
  entries: readonly Entry[],
  links: Links,
  { problem }: WalkOptions,
): Promise<Pick<FoundDirectory, "files" | "folders">> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (!isReadable(directory, name)) {
      problem(path.join(directory, name), "has a name that is not UTF-8; it is left out");
      continue;
    }
    const kind = entry.isSymbolicLink() ? await links.kindOf(path.join(directory, name)) : kindOf(entry);
    if (kind === "directory") folders.push(name);
    else if (isEventFile(name)) {
      if (kind === "file") files.push(name);
      else if (!entry.isSymbolicLink()) problem(path.join(directory, name), NO_FILE);
    }
  }
  return { files: files.sort(), folders };
}

const NO_FILE = "is no regular file, though it has an event file's name; it is left out";

/** Names in another encoding come with signs in place of bytes, and lead to nothing. */
function isReadable(directory: string, name: string): boolean {
  if (!name.includes("\ufffd")) return true;
  try {
    return lstatSync(path.join(directory, name), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** What a directory holds; null where it cannot be listed. */
async function list(directory: string, options: WalkOptions): Promise<readonly Entry[] | null> {
  const { slow, enter, gone, problem } = options;
  try {
    enter?.(directory);
    // Asking the system directly takes a tenth of the time that a promise takes.
    if (!slow) return readdirSync(directory, { withFileTypes: true });
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) gone?.(directory);
    else problem(directory, `cannot be listed (${messageOf(error)}); what was read before is kept`);
    return null;
  }
}

/** One entry of a directory, or none; null where that cannot be told. */
function look(directory: string, name: string, { problem }: WalkOptions): readonly Entry[] | null {
  const file = path.join(directory, name);
  try {
    const stats = lstatSync(file);
    const [isFile, isFolder, isLink] = [stats.isFile(), stats.isDirectory(), stats.isSymbolicLink()];
    return [{ name, isFile: () => isFile, isDirectory: () => isFolder, isSymbolicLink: () => isLink }];
  } catch (error) {
    if (isGone(error)) return [];
    problem(file, `cannot be looked at (${messageOf(error)}); what was read before is kept`);
    return null;
  }
}

type Kind = "file" | "directory" | "other";

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean }): Kind {
  return entry.isDirectory() ? "directory" : entry.isFile() ? "file" : "other";
}

/** Where links lead. Directories in the log directory are found under their own names, and so are not entered again. */
class Links {
  readonly #root: string;
  readonly #options: WalkOptions;
  readonly #entered: Map<string, string>;

  /** @param root free of links */
  constructor(root: string, options: WalkOptions) {
    this.#root = root;
    this.#options = options;
    this.#entered = options.entered ?? new Map();
  }

  /** @param again whether it is looked at once more where it leads nowhere */
  async kindOf(link: string, again = true): Promise<Kind> {
    try {
      const target = await realpath(link);
      for (const place of [target, await targetOf(link)]) this.#options.through?.(link, place);
      const inside = isInside(this.#root, target);
      if (!inside && !this.#options.followLinks) {
        const message = "is a link out of the log directory, not followed (--follow_links follows it)";
        this.#options.problem(link, message);
        return "other";
      }
      const kind = kindOf(await stat(target));
      return kind === "directory" ? this.#enter(link, target, inside) : await this.#file(link, target, kind);
    } catch (error) {
      return this.#nowhere(link, error, again);
    }
  }

  async #nowhere(link: string, error: unknown, again: boolean): Promise<Kind> {
    const { problem, linked } = this.#options;
    const target = await targetOf(link).catch(() => null);
    if (target !== null) {
      linked?.(link, target);
      const real = await reached(target);
      if (real !== target) linked?.(link, real);
      // Something may have come before it was known that it matters.
      if (again) return this.kindOf(link, false);
    }
    if (isEventFile(link)) problem(link, `is a link that leads nowhere (${messageOf(error)})`);
    return "other";
  }

  #enter(link: string, target: string, inside: boolean): Kind {
    if (inside) {
      this.#options.alias?.(link, target);
      return "other";
    }
    if ((this.#entered.get(target) ?? link) !== link) return "other";
    this.#entered.set(target, link);
    return "directory";
  }

  /** A run may be made of links to files of others; a file's second name in its own folder is only that. */
  async #file(link: string, target: string, kind: Kind): Promise<Kind> {
    if (!isEventFile(link)) return "other";
    if (kind !== "file") {
      this.#options.problem(link, NO_FILE);
      return "other";
    }
    const beside = path.dirname(target) === (await realpath(path.dirname(link)));
    const second = beside && isEventFile(path.basename(target));
    if (second) this.#options.alias?.(link, target);
    else this.#options.linked?.(link, target);
    return second ? "other" : kind;
  }
}

/** What a link says, absolute: other links may be on the way. */
async function targetOf(link: string): Promise<string> {
  return path.resolve(path.dirname(link), await readlink(link));
}

/** Where something is that is not there: free of links as far as there is a way to it. */
async function reached(target: string): Promise<string> {
  const above = path.dirname(target);
  if (above === target) return target;
  const real = await realpath(above).catch(() => reached(above));
  return path.join(real, path.basename(target));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
