/** Whether one path is below another. */
import path from "node:path";

/** Whether `target` is `root` or below it; both absolute and free of links. */
export function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}
