/** Paths below others. */
import path from "node:path";

/** Whether `target` is `root` or below it; both absolute and free of links. */
export function isInside(root: string, target: string): boolean {
  // Nearly all are, and working out a way from one to the other takes ten times as long.
  if (target.startsWith(root) && target[root.length] === path.sep && !target.includes("..")) return true;
  const relative = path.relative(root, target);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

/** The path of an entry of a directory: what `path.join` gives for one that is normalized, in a tenth of its time. */
export function entryPath(directory: string, name: string): string {
  return directory.endsWith(path.sep) ? directory + name : directory + path.sep + name;
}
