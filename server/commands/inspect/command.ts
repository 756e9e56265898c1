/** `tsboard inspect PATH...`: its flags, and what it prints. */
import { type Command, Option } from "commander";
import { toJson } from "../../http/json.ts";
import { Scanner } from "../../ingest/scanner.ts";
import { fromLogdir, type LogSource } from "../../logdir/source.ts";
import { newCommand } from "../arguments.ts";
import { addLogFlags, type LogFlags, toLogs } from "../logs.ts";
import { findRuns } from "./find-runs.ts";
import { inspectRun } from "./inspect-run.ts";
import type { RunReport } from "./report.ts";
import { addRun, runText, type Total, totalText } from "./text.ts";

/** Exit code of `--strict` where something is damaged or was left out. */
const DAMAGED = 2;

export interface InspectOptions {
  readonly sources: readonly LogSource[];
  /** Only this tag, and the runs that have it; null for all. */
  readonly tag: string | null;
  readonly json: boolean;
  /** Whether damage shows in the exit code. */
  readonly strict: boolean;
  readonly checksum: boolean;
  readonly followLinks: boolean;
}

/** As commander names them: the flags without their dashes. */
interface Flags extends LogFlags {
  readonly event_file?: string;
  readonly tag?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly follow_links?: boolean;
  readonly checksum: "on" | "off";
}

export async function run(args: readonly string[]): Promise<number> {
  const command = buildCommand();
  command.parse(args, { from: "user" });
  const flags = command.opts<Flags>();
  return inspectLogs({
    sources: toSources(flags, command.args),
    tag: flags.tag || null,
    json: flags.json ?? false,
    strict: flags.strict ?? false,
    checksum: flags.checksum === "on",
    followLinks: flags.follow_links ?? false,
  });
}

const EXIT_CODES = `
Exit codes: 0, or with --strict ${DAMAGED} where something is damaged or was left out;
1 where a path does not exist or has no event files.`;

function buildCommand(): Command {
  const command = newCommand("tsboard inspect")
    .description("Tells what event files hold: runs, tags, steps, times, writers; and what is damaged.")
    .argument("[path...]", "log directories and event files")
    .addHelpText("after", EXIT_CODES);
  addLogFlags(command);
  return command
    .option("--event_file <file>", "one event file; the same as its path")
    .optionsGroup("What is told:")
    .option("--tag <tag>", "only this tag, and the runs that have it")
    .option("--json", "print JSON, for programs")
    .option("--strict", `exit with ${DAMAGED} where something is damaged`)
    .optionsGroup("Reading:")
    .option("--follow_links", "follow links that lead out of a log directory")
    .addOption(
      new Option("--checksum <on|off>", "check the CRC of every record's data")
        .choices(["on", "off"])
        .default("on"),
    )
    .optionsGroup("Other:")
    .helpOption("-h, --help", "print this help");
}

/**
 * What is asked for: paths, `--event_file`, `--logdir` or `--logdir_spec`. Runs of several paths are named after them.
 *
 * @throws Error when it is nothing
 */
export function toSources(
  { event_file, ...logs }: LogFlags & { readonly event_file?: string },
  paths: readonly string[],
): readonly LogSource[] {
  const given = event_file === undefined ? paths : [...paths, event_file];
  if (event_file !== undefined && (logs.logdir !== undefined || logs.logdir_spec !== undefined))
    throw new Error("give --logdir or --event_file, not both");
  if (given.length < 2) return toLogs(logs, given[0], "tsboard inspect PATH").sources;
  if (logs.logdir !== undefined || logs.logdir_spec !== undefined)
    throw new Error("give paths or --logdir, not both");
  return given.flatMap((one) =>
    fromLogdir(one).map((source) => ({ ...source, name: one.replace(/(?<=.)[/\\]+$/, "") })),
  );
}

/** Prints a report of each run as it is read; gives the exit code. @throws Error in words when there is nothing */
export async function inspectLogs(options: InspectOptions): Promise<number> {
  const { sources, tag, json, strict } = options;
  const { runs, leftOut } = await findRuns(sources, options.followLinks);
  if (runs.length === 0)
    throw new Error(
      `no event files (names with "tfevents") below ${sources.map((s) => s.directory).join(", ")}`,
    );
  let total: Total = { runs: 0, files: 0, records: 0, bytes: 0, damaged: 0 };
  const reports: RunReport[] = [];
  const scanner = new Scanner();
  let shown = 0;
  for (const { run, files } of runs) {
    const report = inspectRun(run, files, { ...options, scanner });
    total = addRun(total, report);
    if (tag !== null && report.tags.length === 0) continue;
    shown++;
    if (json) reports.push(report);
    else console.log(runText(report));
  }
  if (json) console.log(toJson({ runs: reports, left_out: leftOut }));
  else {
    if (shown === 0) console.log(`no run has the tag "${tag}"`);
    console.log(totalText(total, leftOut));
  }
  return strict && (total.damaged > 0 || leftOut.length > 0) ? DAMAGED : 0;
}
