/** A log directory as callers write it: a path, one that starts in the home directory, or an address of a file. */
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";

/**
 * The path that is meant; a relative one stays relative.
 *
 * @throws ValueError when it is no text, empty, or on no file system of this machine
 */
export function toLogDirectory(given: string | URL): string {
  if (given instanceof URL) return toLogDirectory(given.href);
  if (typeof given !== "string")
    throw new ValueError(`a log directory is a path, such as "runs/first", not ${describe(given)}`);
  if (given.trim() === "")
    throw new ValueError(
      'a log directory must not be empty: give "." for the current one (was a variable not set?)',
    );
  if (given.includes("\0")) throw new ValueError("a log directory must not hold a zero character");
  if (/^file:/i.test(given)) return fromFileUrl(given);
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(given)?.[1];
  if (scheme !== undefined)
    throw new ValueError(
      `${given}: ${scheme}:// is not written to: give a folder of this machine, and mount or copy it (as gcsfuse, s3fs and rclone do)`,
    );
  // The shell expands it in a command, and nobody does in a program: a folder named "~" would be made.
  return /^~(?=$|[/\\])/.test(given) ? path.join(os.homedir(), given.slice(1)) : given;
}

function fromFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new ValueError(`${url} names no folder of this machine: give it as file:///home/me/runs`, {
      cause,
    });
  }
}
