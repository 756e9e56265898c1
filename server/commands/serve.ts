/** `tsboard [serve] LOGDIR`: shows runs in a browser. TensorBoard's flags with its spelling, and what they mean here. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { toFrameAncestor } from "../http/frame-policy.ts";
import { problemLine, type StartOptions, startServer } from "../index.ts";
import { messageOf } from "../logdir/discover.ts";
import { DEFAULT_PORT } from "../options.ts";
import { addIngestFlags, describeIngest, type IngestFlags, toReceiveOptions } from "../receive/flags.ts";
import { version } from "../version.ts";
import { collect, newCommand } from "./arguments.ts";
import { endOnSignals } from "./end-on-signals.ts";
import { writeInfoFile } from "./info-file.ts";
import { addLogFlags, type LogFlags, problemOf, toLogs } from "./logs.ts";
import { addReadingFlags, type ReadingFlags, toReading } from "./reading-flags.ts";
import { addStockFlags, stockNotes } from "./stock-flags.ts";
import { printable } from "./words.ts";

/** As commander names them: the flags without their dashes. */
interface Flags extends LogFlags, ReadingFlags, IngestFlags {
  readonly host?: string;
  readonly bind_all?: boolean;
  /** Null: the default one or the next that is free. */
  readonly port?: number | null;
  readonly path_prefix?: string;
  readonly window_title?: string;
  readonly reload_interval?: number;
  readonly samples_per_plugin?: Readonly<Record<string, number>>;
  readonly allowed_host?: readonly string[];
  readonly frame_ancestor?: readonly string[];
  readonly inspect?: boolean;
  readonly event_file?: string;
  readonly tag?: string;
}

/** Starts the server and resolves once it listens. */
export async function run(args: readonly string[]): Promise<number> {
  const command = buildCommand();
  // TensorBoard's longer help has the flags of Python's libraries; there is one here.
  const known = args.map((arg) => (arg === "--helpfull" ? "--help" : arg));
  command.parse(known, { from: "user" });
  const flags = command.opts<Flags>();
  if (flags.inspect) return inspect(flags, command.args);
  await serve(flags, command.args);
  return 0;
}

const USAGE = `[serve]   [options] [logdir]
       tsboard export  [options] [logdir]
       tsboard inspect [options] [path...]
       tsboard graph   [options] <file...>`;

const DESCRIPTION = `Shows training runs: reads TensorBoard event files as they grow and serves them
to a browser.

Commands:
  serve                        show runs in a browser (what happens without a
                               command)
  export                       write scalars and other values as CSV, JSON
                               lines, Arrow or Parquet
  inspect                      tell what event files hold, and what is damaged
  graph                        show graphs and traces of files: GraphDef,
                               SavedModel, Keras JSON, model.json, Chrome trace
  help <command>               print the options of a command`;

function buildCommand(): Command {
  const command = newCommand("tsboard")
    .description(DESCRIPTION)
    .usage(USAGE)
    .argument("[logdir]", "directory of the logs; the same as --logdir");
  addLogFlags(command);
  addServerFlags(command);
  addReadingFlags(command);
  addIngestFlags(command);
  addStockFlags(command);
  for (const flag of ["--inspect", "--event_file <file>", "--tag <tag>"])
    command.addOption(new Option(flag).hideHelp());
  return command
    .optionsGroup("Other:")
    .version(version, "--version, --version_tb", "print the version")
    .helpOption("-h, --help", "print this help");
}

function addServerFlags(command: Command): void {
  command
    .optionsGroup("Serving:")
    .option("--host <address>", "address to listen on (default: localhost, this machine only)")
    .option("--bind_all", "listen on all addresses: anyone who reaches this machine can read the logs")
    .option("--port <number>", `port (default: ${DEFAULT_PORT}, or the next free one; 0: any)`, toPort)
    .option("--path_prefix <path>", "path that everything is served under", toPathPrefix)
    .option("--window_title <text>", "title of the browser's window")
    .option(
      "--reload_interval <seconds>",
      "how often to look for what notifications do not tell, as on network mounts (default: 5; 0: read once, and follow nothing)",
      toSeconds,
    )
    .option(
      "--samples_per_plugin <list>",
      "points in answers of TensorBoard's own API, as in scalars=500,images=0 (0: all); the page always has all",
      toSamples,
    )
    .option(
      "--allowed_host <name>",
      "further name by which browsers may address the server (repeatable; also the environment's TSBOARD_ALLOWED_HOST)",
      collect,
    )
    .option(
      "--frame_ancestor <origin>",
      "further page that may show the server in a frame, as in https://hub.example (repeatable; this machine's pages and VS Code may)",
      toFrameAncestors,
    );
}

async function serve(flags: Flags, positional: readonly string[]): Promise<void> {
  const options = toOptions(flags, positional);
  const notes = [...stockNotes({ ...flags }), ...logNotes(options)];
  const server = await startServer(options);
  // Before the line is printed: whoever reads it may end the process at once.
  endOnSignals(() => server.close());
  for (const note of [...notes, ...tellNotebooks(options, server.port)]) console.error(`tsboard: ${note}`);
  console.log(`tsboard ${version} at ${server.url} (press Ctrl-C to quit)`);
  if (options.ingest !== undefined) console.log(describeIngest(flags, options.ingest, server.url));
}

/** What notebooks wait for; a note where it cannot be written. */
function tellNotebooks({ logdir, pathPrefix = "" }: StartOptions, port: number): string[] {
  try {
    writeInfoFile({ port, path_prefix: pathPrefix, logdir: logdir ?? "" }, process.argv.slice(2));
    return [];
  } catch (error) {
    return [`notebooks will not find this server: ${messageOf(error)}`];
  }
}

function toOptions(
  flags: Flags,
  positional: readonly string[],
): StartOptions & Pick<Required<StartOptions>, "sources"> {
  if (positional.length > 1) throw new Error(tooMany(positional));
  const { logdir, sources } = toLogs(flags, positional[0], "tsboard --logdir DIR");
  if (flags.host !== undefined && flags.bind_all) throw new Error("give --host or --bind_all, not both");
  for (const flag of ["tag", "event_file"] as const)
    if (flags[flag]) throw new Error(`--${flag} needs --inspect`);
  const ingest = toReceiveOptions(flags);
  return {
    ...toReading(flags),
    logdir,
    sources,
    // All addresses of both families; IPv4's alone where the machine has no other.
    ...(flags.bind_all ? { host: "::" } : flags.host !== undefined && { host: flags.host }),
    ...(flags.port != null && { port: flags.port }),
    ...(flags.path_prefix !== undefined && { pathPrefix: flags.path_prefix }),
    ...(flags.window_title !== undefined && { windowTitle: flags.window_title }),
    ...(flags.reload_interval !== undefined && { reloadInterval: flags.reload_interval }),
    ...(flags.samples_per_plugin !== undefined && { samplesPerPlugin: flags.samples_per_plugin }),
    allowedHosts: [...(flags.allowed_host ?? []), ...collect(process.env.TSBOARD_ALLOWED_HOST ?? "")],
    ...(flags.frame_ancestor !== undefined && { frameAncestors: flags.frame_ancestor }),
    ...(ingest !== undefined && { ingest }),
    onProblem: (problem) => console.warn(`tsboard: ${printable(problemLine(problem))}`),
  };
}

function tooMany(positional: readonly string[]): string {
  if (positional[0] === "dev")
    return "TensorBoard.dev, to which `tensorboard dev` uploaded, was shut down: serve the logs yourself, tsboard LOGDIR";
  return `one log directory is served, not ${positional.length}: several are given as --logdir_spec ${positional.join(",")}`;
}

/**
 * What may have been meant by log directories that are not there. Throws where one can never be read: the server looks
 * for the others as long as it runs, and says so itself.
 */
function logNotes({
  sources,
  reloadInterval,
}: StartOptions & Pick<Required<StartOptions>, "sources">): string[] {
  return sources.flatMap((source) => {
    const problem = problemOf(source);
    if (!problem) return [];
    if (!problem.passing) throw new Error(problem.message);
    if (reloadInterval === 0)
      throw new Error(`${problem.message}, and with --reload_interval 0 it is not looked for again`);
    return problem.hint === "" ? [] : [problem.hint];
  });
}

/** `tensorboard --inspect`, by the command that came of it. */
async function inspect(flags: Flags, positional: readonly string[]): Promise<number> {
  const { inspectLogs, toSources } = await import("./inspect/command.ts");
  const { followLinks, checksum } = toReading(flags);
  return inspectLogs({
    sources: toSources(flags, positional),
    tag: flags.tag || null,
    json: false,
    strict: false,
    checksum,
    followLinks,
  });
}

function toPort(text: string): number | null {
  if (text === "default") return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}

function toFrameAncestors(text: string, previous: readonly string[] = []): string[] {
  try {
    return [...previous, ...collect(text).map(toFrameAncestor)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function toPathPrefix(text: string): string {
  const trimmed = text.replace(/\/+$/, "");
  if (trimmed !== "" && !trimmed.startsWith("/"))
    throw new InvalidArgumentError('a path prefix starts with "/"');
  return trimmed;
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds >= 0)) throw new InvalidArgumentError("a number of seconds, 0 or more");
  return seconds;
}

function toSamples(text: string): Record<string, number> {
  const samples: Record<string, number> = {};
  for (const part of text.split(",").filter((p) => p !== "")) {
    const match = /^\s*([\w-]+)\s*=\s*(\d+)\s*$/.exec(part);
    if (!match) throw new InvalidArgumentError(`"${part}" is not of the form plugin=number`);
    samples[match[1]!] = Number(match[2]) === 0 ? Number.POSITIVE_INFINITY : Number(match[2]);
  }
  return samples;
}
