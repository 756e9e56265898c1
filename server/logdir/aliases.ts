/** Further names of runs: links inside a log directory lead to folders that are shown under their own names. */
import path from "node:path";
import { isInside } from "./inside.ts";
import { type LogSource, runName } from "./source.ts";

/** A link to a folder: whatever run is there or below it has the link's name as well. As runs' names are written. */
export interface FolderAlias {
  readonly link: string;
  readonly target: string;
}

/**
 * @param root the log directory, free of links
 * @param links where links lead, both absolute; `target` is free of links
 */
export function folderAliases(
  source: LogSource,
  root: string,
  links: ReadonlyMap<string, string>,
): FolderAlias[] {
  const found: FolderAlias[] = [];
  for (const [link, target] of links) {
    const [from, to] = [relative(source.directory, link), relative(root, target)];
    // A circle would give names without end.
    if (isInside(target, path.join(root, from))) continue;
    found.push({ link: runName(source, from), target: runName(source, to) });
  }
  return found.sort((a, b) => (a.link < b.link ? -1 : 1));
}

/** By what names a run is reached besides its own. */
export function aliasesOf(run: string, aliases: readonly FolderAlias[]): string[] {
  return aliases.flatMap(({ link, target }) => {
    if (run === target) return [link];
    return run.startsWith(`${target}/`) ? [link + run.slice(target.length)] : [];
  });
}

function relative(root: string, file: string): string {
  return path.relative(root, file).replaceAll(path.sep, "/") || ".";
}
