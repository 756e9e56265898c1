/** Where an export goes, told from what is asked for: standard output, a file, or a folder with a file a table. */
import { statSync } from "node:fs";
import path from "node:path";
import { isatty } from "node:tty";
import { makeDirectory } from "../../../files/make-directory.ts";
import { endingOf, FORMATS, type FormatName, formatOf } from "./formats/index.ts";
import { fileOutput, type Output, standardOutput } from "./output.ts";

export interface Target {
  readonly format: FormatName;
  /** Ending of the files' names; empty for standard output. */
  readonly ending: string;
  /** Where values go that are files of their own; null where there is no place for such. */
  readonly folder: string | null;
  /** The file of a table; null for standard output. */
  fileOf(table: string): string | null;
  open(table: string): Output;
}

export interface Asked {
  /** As given: a path, or `-` for standard output. */
  readonly out: string;
  /** Undefined: what the file's ending says, else CSV. */
  readonly format: FormatName | undefined;
  /** Whether there may be several tables, or values that are files of their own. */
  readonly needsFolder: boolean;
}

/** @throws Error in words when what is asked for cannot go there */
export function targetOf({ out, format, needsFolder }: Asked): Target {
  if (out === "-") {
    if (needsFolder)
      throw new Error(
        "several tables, or images and audio, are several files: say in which folder, --out DIR",
      );
    return standardTarget(format ?? "csv");
  }
  const there = statSync(out, { throwIfNoEntry: false });
  if (needsFolder && there && !there.isDirectory())
    throw new Error(`several files are written, and --out ${out} is a file, not a folder`);
  return needsFolder || there?.isDirectory() || /[/\\]$/.test(out)
    ? folderTarget(out, format ?? "csv")
    : fileTarget(out, format);
}

function standardTarget(format: FormatName): Target {
  if (!FORMATS[format].isText && isatty(1))
    throw new Error(`${format} is nothing for a terminal to show: say where it goes, --out FILE`);
  return { format, ending: "", folder: null, fileOf: () => null, open: standardOutput };
}

function folderTarget(folder: string, format: FormatName): Target {
  const ending = FORMATS[format].endings[0] ?? "";
  const fileOf = (table: string) => path.join(folder, `${table}.${ending}`);
  const open = (table: string) => {
    makeDirectory(folder);
    return fileOutput(fileOf(table));
  };
  return { format, ending, folder, fileOf, open };
}

function fileTarget(file: string, given: FormatName | undefined): Target {
  if (path.basename(file).includes("tfevents"))
    throw new Error(`--out ${file} is the name of an event file: nothing is written over logs`);
  const format = given ?? formatOf(file);
  if (format === null)
    throw new Error(
      `the ending of ${file} says no format: give one, --format ${Object.keys(FORMATS).join("|")}`,
    );
  const open = () => {
    makeDirectory(path.dirname(file));
    return fileOutput(file);
  };
  return { format, ending: endingOf(file), folder: null, fileOf: () => file, open };
}
