/** Which log directories a command reads, as the command line says it, and whether they are there. */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { isEventFile, messageOf } from "../logdir/discover.ts";
import { fromLogdir, fromLogdirSpec, type LogSource } from "../logdir/source.ts";

/** As commander names them: the flags without their dashes. */
export interface LogFlags {
  readonly logdir?: string;
  readonly logdir_spec?: string;
}

export interface Logs {
  /** As the user wrote it. */
  readonly logdir: string;
  readonly sources: readonly LogSource[];
}

export function addLogFlags(command: Command): void {
  command
    .optionsGroup("Logs:")
    .option("--logdir <dir>", "directory in which event files are, at any depth")
    .option("--logdir_spec <spec>", "several directories: name1:path1,name2:path2");
}

/**
 * @param positional the argument that stands for --logdir
 * @param usage how the command is called
 * @throws Error when none is given, or more than one way, or what no file system here has
 */
export function toLogs(
  { logdir: flag, logdir_spec }: LogFlags,
  positional: string | undefined,
  usage: string,
): Logs {
  if (flag !== undefined && positional !== undefined)
    throw new Error(`two log directories, --logdir ${flag} and ${positional}: --logdir_spec takes several`);
  const logdir = flag ?? positional;
  if (logdir !== undefined && logdir_spec !== undefined)
    throw new Error("give --logdir or --logdir_spec, not both");
  const given = logdir ?? logdir_spec;
  if (given === undefined) throw new Error(`say where the logs are: ${usage} (--help lists the flags)`);
  if (given.trim() === "")
    throw new Error(
      `--logdir${logdir === undefined ? "_spec" : ""} is empty: say where the logs are (was a variable of the shell not set?)`,
    );
  const remote = /(?:^|[,:])([a-z][a-z0-9+.-]+):\/\//i.exec(given);
  if (remote)
    throw new Error(
      `${remote[1]}:// is not read: tsboard reads folders of this machine; mount it (as gcsfuse, s3fs or rclone mount do), or copy it`,
    );
  return { logdir: given, sources: logdir !== undefined ? fromLogdir(logdir) : fromLogdirSpec(given) };
}

export interface LogProblem {
  /** In words, without an end: what follows from it is the command's to say. */
  readonly message: string;
  /** What may have been meant; empty where nothing else. */
  readonly hint: string;
  /** Whether it may still change by itself. */
  readonly passing: boolean;
}

/** Why a directory cannot be read; null when it can. */
export function problemOf({ directory }: LogSource): LogProblem | null {
  try {
    if (!statSync(directory).isDirectory())
      return { message: `${directory} is ${fileWords(directory)}`, hint: "", passing: false };
    accessSync(directory, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing)
      return { message: `${directory} cannot be read (${messageOf(error)})`, hint: "", passing: true };
    const hint = directory.includes(",") ? "several directories are given with --logdir_spec" : "";
    return { message: `${directory} does not exist`, hint, passing: true };
  }
}

function fileWords(file: string): string {
  if (!isEventFile(path.basename(file))) return "a file, not a directory";
  return `an event file: give the directory it is in, ${path.dirname(file)} (tsboard inspect takes files, too)`;
}
