/** The event files that are asked for, by run: those below directories, and single files. */
import { statSync } from "node:fs";
import path from "node:path";
import { walk } from "../../logdir/discover.ts";
import { type LogSource, runName } from "../../logdir/source.ts";
import type { LeftOut } from "./report.ts";

export interface FoundRun {
  readonly run: string;
  /** Paths, in the order in which they are read. */
  readonly files: readonly string[];
}

export interface FoundRuns {
  /** By name. */
  readonly runs: readonly FoundRun[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * @param sources directories, or files, whatever they are called
 * @throws Error in words when one does not exist
 */
export async function findRuns(sources: readonly LogSource[], followLinks: boolean): Promise<FoundRuns> {
  const runs: FoundRun[] = [];
  const leftOut: LeftOut[] = [];
  for (const source of sources) {
    const info = statSync(source.directory, { throwIfNoEntry: false });
    if (!info) throw new Error(`${source.directory} does not exist`);
    if (!info.isDirectory()) runs.push({ run: source.name || source.directory, files: [source.directory] });
    else
      await walk(source.directory, {
        followLinks,
        found: ({ path: directory, relative, files }) => {
          if (files.length === 0) return;
          const paths = files.map((file) => path.join(directory, file));
          runs.push({ run: runName(source, relative), files: paths });
        },
        problem: (where, message) => leftOut.push({ path: where, message }),
      });
  }
  return { runs: runs.sort((a, b) => (a.run < b.run ? -1 : a.run > b.run ? 1 : 0)), leftOut };
}
