/**
 * From a checkpoint's path, as configs and state files say it, to its files: their names start with the path, or the path
 * is a pattern for the shards of version 1.
 * Facts: tensorflow/python/checkpoint/checkpoint_management.py and tensorflow/c/checkpoint_reader.cc.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { latestCheckpoint, STATE_FILE } from "../../proto/checkpoint/state.ts";
import { joined, type LogFolders } from "../logdir/folders.ts";
import { readText } from "../logdir/open-file.ts";
import { stampOf } from "./stamp.ts";

/** A checkpoint's files, named as the path has them. */
export type CheckpointFiles =
  | { readonly version: 2; readonly prefix: string }
  | { readonly version: 1; readonly files: readonly string[] };

/** State files name some checkpoints; what is longer is something else of that name. */
const MAX_STATE_BYTES = 4 << 20;

/**
 * The latest checkpoint that a folder's state file names; null when it names none that is there.
 *
 * @throws TextFormatError when there is a state file that cannot be read
 * @throws OutsideError when the folder, or what is named, is not in the log directories
 */
export async function latestIn(folders: LogFolders, folder: string): Promise<string | null> {
  const text = await readState(folders, joined(folder, STATE_FILE));
  if (text === null) return null;
  const named = joined(folder, latestCheckpoint(text));
  return (await checkpointFiles(folders, named)) ? named : null;
}

/** Null when there is none, or it is something else: other programs have folders and files of that name. */
async function readState(folders: LogFolders, file: string): Promise<string | null> {
  const located = await folders.locate(file);
  const stamp = located === undefined ? undefined : await stampOf(located);
  if (located === undefined || !stamp || stamp.size > MAX_STATE_BYTES) return null;
  const text = await readText(located, located);
  return text.includes("model_checkpoint_path") ? text : null;
}

/**
 * The files of a checkpoint; null when there are none.
 *
 * @throws OutsideError when the path leads out of the log directories
 */
export async function checkpointFiles(folders: LogFolders, given: string): Promise<CheckpointFiles | null> {
  if (await isFile(folders, `${given}.index`)) return { version: 2, prefix: given };
  if (await isFile(folders, given)) return { version: 1, files: [given] };
  if (!/[*?[]/.test(path.basename(given))) return null;
  const files = await named(folders, given, (name) => glob(name, ""));
  return files.length > 0 ? { version: 1, files } : null;
}

/** Whether anything there has a name that starts with the path: TensorBoard asks no more of a config's path. */
export async function startsAnything(folders: LogFolders, given: string): Promise<boolean> {
  if ((await folders.locate(given)) !== undefined) return true;
  return (await named(folders, given, (name) => glob(name, ".*"))).length > 0;
}

async function isFile(folders: LogFolders, given: string): Promise<boolean> {
  const located = await folders.locate(given);
  return located !== undefined && (await stampOf(located)) !== undefined;
}

/** What the last part of a path names, in its folder. */
async function named(
  folders: LogFolders,
  given: string,
  pattern: (name: string) => RegExp,
): Promise<string[]> {
  const folder = path.dirname(given);
  const located = await folders.locate(folder);
  const names = located === undefined ? [] : await readdir(located).catch(() => []);
  const fits = pattern(path.basename(given));
  return names
    .filter((name) => fits.test(name))
    .sort()
    .map((name) => joined(folder, name));
}

/** A name in which `*`, `?` and `[…]` stand for characters. */
function glob(name: string, end: string): RegExp {
  const pattern = name.replace(/\[!?[^\]/]+\]|[\\^$.*+?()[\]{}|]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length === 1) return `\\${part}`;
    return part.replace("[!", "[^").replaceAll("\\", "\\\\");
  });
  return new RegExp(`^${pattern}${end}$`, "s");
}
