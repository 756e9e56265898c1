/**
 * Opens files in folders that others write into: regular files only, without ever waiting for one, and only where it
 * leads to what may be read. What a name stood for a moment ago says nothing of what it stands for now.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { isInside } from "./inside.ts";

/** What a name stands for is not to be read: no regular file, or one out of the log directory. */
export class NoFileError extends Error {
  override name = "NoFileError";
}

/** Opening a pipe would wait for somebody to write into it, and opening a terminal could make it ours. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export interface OpenFile {
  readonly fd: number;
  readonly stats: Stats;
}

/**
 * Opens a regular file for reading; the caller closes it.
 *
 * @param root folder free of links in which the file must really be; null where links may lead anywhere
 * @throws NoFileError when it is something else, or elsewhere; what the system says when it cannot be opened
 */
export function openFile(path: string, root: string | null): OpenFile {
  const fd = openSync(path, FLAGS);
  try {
    const stats = fstatSync(fd);
    checkOpened(path, root, fd, stats);
    return { fd, stats };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The same as a handle, without holding the thread. */
export async function openHandle(path: string, root: string | null): Promise<FileHandle> {
  const handle = await open(path, FLAGS);
  try {
    checkOpened(path, root, handle.fd, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** All bytes of a file. */
export async function readWhole(path: string, root: string | null): Promise<Buffer> {
  const handle = await openHandle(path, root);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The whole text of a file. */
export async function readText(path: string, root: string | null): Promise<string> {
  return (await readWhole(path, root)).toString();
}

function checkOpened(path: string, root: string | null, fd: number, stats: Stats): void {
  if (!stats.isFile()) throw new NoFileError("it is no regular file");
  if (root !== null && !isInside(root, realPath(path, fd, stats)))
    throw new NoFileError("it is a link out of the log directory");
}

/** Where an open file is. Linux tells; elsewhere the path is followed again, and must lead to the same file. */
function realPath(path: string, fd: number, stats: Stats): string {
  if (process.platform === "linux")
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).replace(/ \(deleted\)$/, "");
    } catch {
      // No /proc here.
    }
  const real = realpathSync.native(path);
  const { ino, dev } = statSync(real);
  if (ino !== stats.ino || dev !== stats.dev) throw new NoFileError("it was replaced while it was opened");
  return real;
}

/** Links in a circle lead to nothing as well. */
const GONE = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** Whether there is nothing of that name, and could be: below a file there never will be. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Whether the system says that there is nothing of that name. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && GONE.has(String(error.code));
}
