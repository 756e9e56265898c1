/** `tsboard export LOGDIR`: its flags, and what it prints. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { count } from "../../words.ts";
import { collect, newCommand } from "../arguments.ts";
import { addLogFlags, type LogFlags, problemOf, toLogs } from "../logs.ts";
import { addReadingFlags, type ReadingFlags, toReading } from "../reading-flags.ts";
import { bytes, duration, printable } from "../words.ts";
import { type ExportOptions, exportLogs, type Written } from "./export-logs.ts";
import { FORMATS, type FormatName, isFormatName } from "./formats/index.ts";
import { hasFiles, isTableName, TABLE_NAMES, type TableName } from "./tables/index.ts";
import { targetOf } from "./target.ts";

/** As commander names them: the flags without their dashes. */
interface Flags extends LogFlags, ReadingFlags {
  readonly format?: FormatName;
  readonly out?: string;
  readonly run?: RegExp;
  readonly tag?: RegExp;
  readonly plugin?: readonly string[];
  readonly from?: number | bigint;
  readonly to?: number | bigint;
  readonly overtaken?: boolean;
}

/** Exports and gives the exit code: 0, also when whoever reads standard output has enough. */
export async function run(args: readonly string[]): Promise<number> {
  const command = buildCommand();
  command.parse(args, { from: "user" });
  const options = toOptions(command.opts<Flags>(), command.args);
  const start = performance.now();
  try {
    const { written, notes } = await exportLogs(options);
    for (const note of notes) console.error(`tsboard: ${printable(note)}`);
    if (written.length === 0) throw new Error(nothing(options));
    const lines = written.filter(({ file }) => file !== null).map(summary);
    if (lines.length > 0)
      console.error(`${lines.join("\n")} (${duration((performance.now() - start) / 1000)})`);
    return 0;
  } catch (error) {
    // The reader of a pipe, such as `head`, has gone.
    if (error instanceof Error && "code" in error && error.code === "EPIPE") return 0;
    throw error;
  }
}

const EXAMPLES = `
Examples:
  tsboard export runs > points.csv
  tsboard export runs --out points.parquet --tag ^loss/ --from 1000
  tsboard export runs --plugin scalars,histograms,images --out exported/`;

function buildCommand(): Command {
  const command = newCommand("tsboard export")
    .description("Writes what event files hold as tables: CSV, JSON lines, Arrow or Parquet, a row a point.")
    .argument("[logdir]", "directory of the logs; the same as --logdir")
    .addHelpText("after", EXAMPLES);
  addLogFlags(command);
  command
    .optionsGroup("What is written:")
    .option("--run <regexp>", "only runs whose names match (in part; ^ and $ are their ends)", toRegExp)
    .option("--tag <regexp>", "only tags that match", toRegExp)
    .option(
      "--plugin <list>",
      `kinds of values, or all (default: scalars; others: ${TABLE_NAMES.slice(1).join(", ")})`,
      collect,
    )
    .option("--from <step>", "first step", toStep)
    .option("--to <step>", "last step", toStep)
    .option("--overtaken", "also what restarted runs overtook, with a column that says so")
    .optionsGroup("Where to:")
    .option("--out <path>", "a file, a folder (a file a kind; images and audio need one), or - (default: -)")
    .addOption(
      new Option(
        "--format <name>",
        "csv, jsonl, arrow or parquet (default: by the ending of --out, else csv)",
      ).argParser(toFormat),
    );
  addReadingFlags(command);
  return command.optionsGroup("Other:").helpOption("-h, --help", "print this help");
}

function toOptions(flags: Flags, positional: readonly string[]): ExportOptions {
  if (positional.length > 1)
    throw new Error(
      `one log directory is exported: several are given as --logdir_spec ${positional.join(",")}`,
    );
  const { sources } = toLogs(flags, positional[0], "tsboard export DIR");
  for (const source of sources) {
    const problem = problemOf(source);
    if (problem) throw new Error([problem.message, problem.hint].filter(Boolean).join("; "));
  }
  const { run = null, tag = null, from = null, to = null, overtaken = false } = flags;
  if (from !== null && to !== null && from > to) throw new Error(`--from ${from} is after --to ${to}`);
  const tables = toTables(flags.plugin ?? ["scalars"]);
  const needsFolder = tables.length > 1 || tables.some(hasFiles);
  return {
    sources,
    reading: toReading(flags),
    selection: { run, tag, from, to, overtaken },
    tables,
    target: targetOf({ out: flags.out ?? "-", format: flags.format, needsFolder }),
  };
}

function toTables(plugins: readonly string[]): TableName[] {
  if (plugins.includes("all")) return [...TABLE_NAMES];
  const unknown = plugins.find((name) => !isTableName(name));
  if (unknown !== undefined)
    throw new Error(
      `--plugin ${unknown} has no form as a table; these have: ${TABLE_NAMES.join(", ")}, or all`,
    );
  return TABLE_NAMES.filter((name) => plugins.includes(name));
}

function nothing({ tables, selection: { run, tag } }: ExportOptions): string {
  const filters = [run && `runs like ${run}`, tag && `tags like ${tag}`].filter((part) => part !== null);
  return `nothing to export: the logs have no ${tables.join(", ")}${filters.length > 0 ? ` of ${filters.join(" and ")}` : ""}`;
}

function summary({ file, rows, series, bytes: size }: Written): string {
  return `${file}: ${count(rows, "row")} of ${count(series, "series", "series")}, ${bytes(size)}`;
}

function toRegExp(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** A step is 64 bits wide: a bigint where a double would not be exact. */
function toStep(text: string): number | bigint {
  if (!/^-?\d{1,19}$/.test(text)) throw new InvalidArgumentError("a step is a whole number");
  const step = Number(text);
  return Number.isSafeInteger(step) ? step : BigInt(text);
}

function toFormat(text: string): FormatName {
  if (!isFormatName(text)) throw new InvalidArgumentError(`one of ${Object.keys(FORMATS).join(", ")}`);
  return text;
}
