/** Where a run that a writer names is on disk: below the log directory, whatever the name and whatever links say. */
import { mkdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { makeDirectory } from "../../files/make-directory.ts";
import { isInside } from "../logdir/inside.ts";
import type { LogSource } from "../logdir/source.ts";

const MAX_NAME_LENGTH = 1024;
const MAX_SEGMENT_BYTES = 255;

/** A run name that leads nowhere, in words. */
export class RunNameError extends RangeError {
  override name = "RunNameError";
}

/**
 * The folders that a run name stands for; none for `.`, the log directory itself.
 *
 * @throws RunNameError when a part is empty, `.`, `..`, too long, or has characters that no folder should
 */
export function segmentsOf(run: string): string[] {
  if (run === ".") return [];
  const said = JSON.stringify(run.slice(0, 100));
  if (run.length > MAX_NAME_LENGTH)
    throw new RunNameError(
      `the run name ${said}… has ${run.length} characters, ${MAX_NAME_LENGTH} are allowed`,
    );
  return run.split("/").map((segment) => {
    const wrong = problemOf(segment);
    if (wrong !== null)
      throw new RunNameError(`the run name ${said} ${wrong}; it is folders with "/" between them, or "."`);
    return segment;
  });
}

function problemOf(segment: string): string | null {
  if (segment === "") return 'has an empty part (it may start with "/")';
  if (segment === "." || segment === "..") return `has the part "${segment}"`;
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
    return `has a part of more than ${MAX_SEGMENT_BYTES} bytes`;
  // Separators and drives of Windows, what terminals obey, and halves of characters: on every system alike.
  if (/[\\:\p{Cc}\p{Cs}]/u.test(segment)) return "has a backslash, colon or control character";
  if (segment.includes("\ufffd")) return "has a character that is not UTF-8";
  return null;
}

/**
 * The run's directory, made if needed, without links in its path that lead out of the log directory.
 *
 * @throws RunNameError when the name is none, a link leads out, or something else than a folder is there
 */
export async function makeRunDirectory(sources: readonly LogSource[], run: string): Promise<string> {
  const segments = segmentsOf(run);
  const { source, below } = sourceOf(sources, segments, run);
  makeDirectory(source.directory);
  const root = await realpath(source.directory);
  let directory = root;
  for (const segment of below) {
    const next = path.join(directory, segment);
    await mkdir(next).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
    });
    directory = await realpath(next).catch((error: unknown) => {
      throw hasCode(error, "ENOENT") || hasCode(error, "ELOOP")
        ? unfit(run, segment, "a link to nowhere")
        : error;
    });
    if (!isInside(root, directory)) throw unfit(run, segment, "a link out of the log directory");
    if (!(await stat(directory)).isDirectory()) throw unfit(run, segment, "a file");
  }
  return directory;
}

function unfit(run: string, segment: string, what: string): RunNameError {
  return new RunNameError(`the run "${run}" is no place to write: "${segment}" is ${what}`);
}

/** With --logdir_spec a run's first part names its directory. */
function sourceOf(
  sources: readonly LogSource[],
  segments: readonly string[],
  run: string,
): { source: LogSource; below: readonly string[] } {
  const named = sources.find(({ name }) => name !== "" && name === segments[0]);
  if (named) return { source: named, below: segments.slice(1) };
  const plain = sources.find(({ name }) => name === "");
  if (plain) return { source: plain, below: segments };
  const names = sources.map(({ name }) => name).join(", ");
  throw new RunNameError(`the run "${run}" starts with none of the log directories' names: ${names}`);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
