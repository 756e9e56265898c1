/**
 * Files beside a run's event files, which other files name: whatever path they say and wherever links lead, only what is
 * in the log directories is opened.
 */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { isInside } from "./inside.ts";
import { expandHome, type LogSource } from "./source.ts";

/** A path that leads out of the log directories. */
export class OutsideError extends Error {
  override name = "OutsideError";

  constructor(file: string) {
    super(`"${file}" is not in the log directory, and is not read (--follow_links allows it)`);
  }
}

export interface FolderOptions {
  readonly sources: readonly LogSource[];
  /** The log directory as the user wrote it. */
  readonly logdir: string;
  /** Whether files elsewhere may be read as well. */
  readonly followLinks: boolean;
}

export class LogFolders {
  readonly #sources: readonly LogSource[];
  readonly #logdir: string;
  readonly #followLinks: boolean;

  constructor({ sources, logdir, followLinks }: FolderOptions) {
    this.#sources = sources;
    this.#logdir = expandHome(logdir);
    this.#followLinks = followLinks;
  }

  /**
   * Where a run's files may be: one folder, unless several log directories have runs of the same names. Paths start as
   * the user wrote the log directory, absolute or not.
   */
  of(run: string): string[] {
    return this.#sources.flatMap((source) => {
      if (source.name === "") return [joined(this.#written(source), run)];
      const below = run.startsWith(`${source.name}/`) ? run.slice(source.name.length + 1) : undefined;
      return below === undefined ? [] : [joined(source.directory, below)];
    });
  }

  /** The log directories whose runs have no prefix, as the user wrote them. */
  get roots(): string[] {
    return this.#sources.filter(({ name }) => name === "").map((source) => this.#written(source));
  }

  /** Whether a folder is a log directory, and what is above it somebody else's affair. */
  isRoot(folder: string): boolean {
    return this.#sources.some(({ directory }) => directory === path.resolve(folder));
  }

  /**
   * Where a file or folder really is, free of links; undefined when there is none.
   *
   * @throws OutsideError when it is, or would be, in none of the log directories
   */
  async locate(file: string): Promise<string | undefined> {
    const { target, exists } = await resolveLinks(path.resolve(file));
    if (!this.#followLinks && !(await this.#holds(target))) throw new OutsideError(file);
    return exists ? target : undefined;
  }

  async #holds(target: string): Promise<boolean> {
    for (const { directory } of this.#sources) {
      const { target: root } = await resolveLinks(directory);
      if (isInside(root, target)) return true;
    }
    return false;
  }

  #written({ directory }: LogSource): string {
    return this.#sources.length === 1 && path.resolve(this.#logdir) === directory ? this.#logdir : directory;
  }
}

/** As Python's os.path.join, which leaves `.` and `..` as they are: TensorBoard shows paths made by it. */
export function joined(folder: string, file: string): string {
  if (path.isAbsolute(file)) return file;
  return folder.endsWith(path.sep) || folder.endsWith("/") ? folder + file : `${folder}/${file}`;
}

/** Of a path that does not exist, the part that does is resolved: where it would be, were it made. */
async function resolveLinks(file: string): Promise<{ target: string; exists: boolean }> {
  try {
    return { target: await realpath(file), exists: true };
  } catch (error) {
    const parent = path.dirname(file);
    if (!isMissing(error) || parent === file) throw error;
    const { target } = await resolveLinks(parent);
    return { target: path.join(target, path.basename(file)), exists: false };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
