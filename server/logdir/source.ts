/** Where logs come from: the log directories of the command line, and the names of the runs in them. */
import path from "node:path";

export interface LogSource {
  /** Prefix of run names; empty for a plain --logdir. */
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
}

/** The source of `--logdir DIR`. */
export function fromLogdir(logdir: string): LogSource[] {
  return [{ name: "", directory: path.resolve(expandHome(logdir)) }];
}

/**
 * The sources of `--logdir_spec name1:path1,name2:path2`; a path without a name has no prefix.
 *
 * @throws RangeError for an empty path
 */
export function fromLogdirSpec(spec: string): LogSource[] {
  return spec.split(",").map((part) => {
    // A colon belongs to the path when it follows a scheme, or a drive letter where there are such.
    const drive = process.platform === "win32" && /^[a-z]:[/\\]/i.test(part);
    const match = drive ? null : /^([^:/\\]+):(?!\/\/)(.*)$/s.exec(part);
    const [name, directory] = match ? [match[1]!, match[2]!] : ["", part];
    if (directory.trim() === "") throw new RangeError(`--logdir_spec: no path in "${part}"`);
    return { name: name.trim(), directory: path.resolve(expandHome(directory.trim())) };
  });
}

/** Name of the run in a directory of a source; `relative` is `/`-separated, `.` for the source itself. */
export function runName({ name }: LogSource, relative: string): string {
  return name === "" ? relative : `${name}/${relative}`;
}

/** `~` at the start as the home directory. */
export function expandHome(directory: string): string {
  const home = process.env.HOME ?? process.env.USERPROFILE;
  return home && /^~(?=$|[/\\])/.test(directory) ? home + directory.slice(1) : directory;
}
