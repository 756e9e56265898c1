/**
 * Makes a directory and those that it is in. Node's own way (`recursive`) never comes back where a parent is there but
 * nothing can be made in it and the system says that it is not, as below /proc.
 */
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";

/** Throws the system's error where it cannot be made. */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    // Whatever else stands in its place is an error when it is written to.
    if (error.code === "EEXIST" || statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = path.dirname(directory);
    if (error.code !== "ENOENT" || parent === directory || isThere(parent)) throw error;
    makeDirectory(parent);
    mkdirSync(directory);
  }
}

function isThere(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false }) !== undefined;
}
