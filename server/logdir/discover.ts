/**
 * Finds event files: walks a log directory without blocking, follows links that stay inside it once, and names
 * what it cannot read instead of failing.
 */
import { type Dirent, readdirSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

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
}

export interface WalkOptions {
  /** Follow links out of the log directory as well. Default false: a link must not open the rest of the disk. */
  readonly followLinks: boolean;
  /** Listing a directory may take long, as over a network: it is done elsewhere. Default false. */
  readonly slow?: boolean;
  /** Called before a directory is listed, so that a watch set here misses nothing. */
  readonly enter?: (directory: string) => void;
  readonly found: (directory: FoundDirectory) => void;
  /** A directory or link that was left out, and why. */
  readonly problem: (file: string, message: string) => void;
}

/** How long directories are listed before others get their turn. */
const TURN_MILLIS = 5;

/** Walks `root` from the directory `from` on (default all of it). Ends when everything has been reported. */
export async function walk(root: string, options: WalkOptions, from = "."): Promise<void> {
  const links = new Links(await realpath(root), options);
  const queue = [from];
  let turn = performance.now();
  for (let next = 0; next < queue.length; next++) {
    const relative = queue[next]!;
    const directory = path.join(root, relative);
    const entries = await list(directory, options);
    const files: string[] = [];
    for (const entry of entries ?? []) {
      const kind = entry.isSymbolicLink()
        ? await links.kindOf(path.join(directory, entry.name))
        : kindOf(entry);
      if (kind === "directory") queue.push(relative === "." ? entry.name : `${relative}/${entry.name}`);
      else if (kind === "file" && isEventFile(entry.name)) files.push(entry.name);
    }
    if (entries) options.found({ path: directory, relative, files: files.sort() });
    if (performance.now() - turn < TURN_MILLIS) continue;
    await nextTurn();
    turn = performance.now();
  }
}

/** What a directory holds; null where it cannot be listed. */
async function list(directory: string, { slow, enter, problem }: WalkOptions): Promise<Dirent[] | null> {
  try {
    enter?.(directory);
    // Asking the system directly takes a tenth of the time that a promise takes.
    if (!slow) return readdirSync(directory, { withFileTypes: true });
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (!isGone(error)) problem(directory, `cannot be listed (${messageOf(error)}); its runs are left out`);
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
  /** Directories elsewhere that were entered: links may lead to one twice, or in a circle. */
  readonly #entered = new Set<string>();

  /** @param root free of links */
  constructor(root: string, options: WalkOptions) {
    this.#root = root;
    this.#options = options;
  }

  async kindOf(link: string): Promise<Kind> {
    try {
      const target = await realpath(link);
      const inside = isInside(this.#root, target);
      if (!inside && !this.#options.followLinks) {
        const message = "is a link out of the log directory, not followed (--follow_links follows it)";
        this.#options.problem(link, message);
        return "other";
      }
      const kind = kindOf(await stat(target));
      if (kind !== "directory") return kind;
      if (inside || this.#entered.has(target)) return "other";
      this.#entered.add(target);
      return kind;
    } catch (error) {
      if (isEventFile(link))
        this.#options.problem(link, `is a link that leads nowhere (${messageOf(error)})`);
      return "other";
    }
  }
}

/** Whether `target` is `root` or below it; both absolute and free of links. */
export function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
