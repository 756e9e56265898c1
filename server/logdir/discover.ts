/**
 * Finds event files: walks a log directory without blocking, follows links that stay inside it once, and names
 * what it cannot read instead of failing.
 */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";

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
  /** Called before a directory is listed, so that a watch set here misses nothing. */
  readonly enter?: (directory: string) => void;
  readonly found: (directory: FoundDirectory) => void;
  /** A directory or link that was left out, and why. */
  readonly problem: (file: string, message: string) => void;
}

/** Directories listed at the same time. */
const CONCURRENCY = 16;

/** Walks `root` from the directory `from` on (default all of it). Ends when everything has been reported. */
export async function walk(root: string, options: WalkOptions, from = "."): Promise<void> {
  const realRoot = await realpath(root);
  const seen = new Set<string>();
  const queue = [from];
  const visit = async (relative: string): Promise<void> => {
    const directory = path.join(root, relative);
    let entries: Dirent[];
    try {
      // Links may lead to one directory twice, or in a circle.
      const real = await realpath(directory);
      if (seen.has(real)) return;
      seen.add(real);
      options.enter?.(directory);
      entries = await readdir(directory, { withFileTypes: true });
    } catch (error) {
      if (!isGone(error))
        options.problem(directory, `cannot be listed (${messageOf(error)}); its runs are left out`);
      return;
    }
    const files: string[] = [];
    for (const entry of entries) {
      const kind = await kindOf(entry, directory, realRoot, options);
      if (kind === "directory") queue.push(relative === "." ? entry.name : `${relative}/${entry.name}`);
      else if (kind === "file" && isEventFile(entry.name)) files.push(entry.name);
    }
    options.found({ path: directory, relative, files: files.sort() });
  };
  let active = 0;
  await new Promise<void>((resolve, reject) => {
    const next = (): void => {
      if (queue.length === 0 && active === 0) resolve();
      while (queue.length > 0 && active < CONCURRENCY) {
        active++;
        visit(queue.shift()!)
          .finally(() => active--)
          .then(next, reject);
      }
    };
    next();
  });
}

async function kindOf(
  entry: Dirent,
  directory: string,
  realRoot: string,
  { followLinks, problem }: WalkOptions,
): Promise<"file" | "directory" | "other"> {
  if (entry.isDirectory()) return "directory";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  const link = path.join(directory, entry.name);
  try {
    const target = await realpath(link);
    if (!followLinks && !isInside(realRoot, target)) {
      problem(link, "is a link out of the log directory, not followed (--follow_links follows it)");
      return "other";
    }
    const info = await stat(target);
    return info.isDirectory() ? "directory" : info.isFile() ? "file" : "other";
  } catch (error) {
    if (isEventFile(entry.name)) problem(link, `is a link that leads nowhere (${messageOf(error)})`);
    return "other";
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
