/** The command line: TensorBoard's flags with its spelling (`_` or `-`), and what they mean here. */
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { problemLine, type StartOptions, startServer } from "./index.ts";
import { userCacheFolder } from "./ingest/trim-cache.ts";
import { fromLogdir, fromLogdirSpec } from "./logdir/source.ts";
import { DEFAULT_PORT, memoryShare } from "./options.ts";
import { addIngestFlags, describeIngest, type IngestFlags, toReceiveOptions } from "./receive/flags.ts";
import { version } from "./version.ts";

/** As commander names them: the flags without their dashes. */
interface Flags extends IngestFlags {
  readonly logdir?: string;
  readonly logdir_spec?: string;
  readonly host?: string;
  readonly bind_all?: boolean;
  readonly port?: number;
  readonly path_prefix: string;
  readonly window_title: string;
  readonly reload_interval: number;
  readonly samples_per_plugin: Readonly<Record<string, number>>;
  readonly allowed_host: readonly string[];
  readonly follow_links?: boolean;
  readonly checksum: "on" | "off";
  readonly threads?: number;
  readonly memory?: number;
  readonly index_cache: string;
}

/** Flags of `tensorboard` that change nothing here, and why: accepted, so that scripts go on working. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  "--load_fast": "there is one loader, and it is the fast one",
  "--reload_multifile": "all files of a run are always read on",
  "--reload_multifile_inactive_secs": "all files of a run are always read on",
  "--reload_task": "changes are pushed, not polled",
  "--max_reload_threads": "use --threads",
  "--purge_orphaned_data": "restarted runs are always purged; what was overtaken stays reachable",
  "--generic_data": "there is one way to read data",
  "--reuse_port": "ports are not shared",
};

export async function runCommand(args: readonly string[]): Promise<void> {
  const command = buildCommand();
  try {
    command.parse(normalise(args), { from: "user" });
    await serve(command.opts<Flags>(), command.args);
  } catch (error) {
    console.error(`tsboard: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

/** Long flags with `-` become the `_` of TensorBoard; values stay as they are. */
export function normalise(args: readonly string[]): string[] {
  return args.map((arg) => {
    const match = /^(--[a-z][a-z_-]*)(=.*)?$/s.exec(arg);
    if (!match) return arg;
    return `--${match[1]!.slice(2).replaceAll("-", "_")}${match[2] ?? ""}`;
  });
}

function buildCommand(): Command {
  const command = new Command("tsboard")
    .description(
      "Shows training runs: reads TensorBoard event files as they grow and serves them to a browser.",
    )
    .argument("[logdir]", "directory of the logs; the same as --logdir")
    .option("--logdir <dir>", "directory in which event files are, at any depth")
    .option("--logdir_spec <spec>", "several directories: name1:path1,name2:path2")
    .option("--host <address>", "address to listen on (default: localhost, this machine only)")
    .option("--bind_all", "listen on all addresses: anyone who reaches this machine can read the logs")
    .option("--port <number>", `port (default: ${DEFAULT_PORT}, or the next free one; 0: any)`, toPort)
    .option("--path_prefix <path>", "path that everything is served under", toPathPrefix, "")
    .option("--window_title <text>", "title of the browser's window", "")
    .option(
      "--reload_interval <seconds>",
      "how often to look for what notifications do not tell (network mounts)",
      toSeconds,
      5,
    )
    .option(
      "--samples_per_plugin <list>",
      "points in answers of TensorBoard's own API, as in scalars=500,images=0 (0: all); the page always has all",
      toSamples,
      {},
    )
    .option(
      "--allowed_host <name>",
      "further name by which browsers may address the server (repeatable)",
      collect,
      [],
    )
    .option("--follow_links", "follow links that lead out of the log directory")
    .addOption(
      new Option("--checksum <on|off>", "check the CRC of every record's data")
        .choices(["on", "off"])
        .default("on"),
    )
    .option(
      "--memory <amount>",
      "points to keep in memory, as 2GB, 512MB or 30% of the machine; the others wait on disk (default: 40%)",
      toMemory,
    )
    .option(
      "--index_cache <dir>",
      "where to remember what large files hold, so that the next start is quick, or off (default: the user's cache folder)",
      userCacheFolder(),
    )
    .option("--threads <number>", "reading threads (default: one a core, at most four)", toThreads)
    .version(version, "--version, --version_tb", "print the version")
    .helpOption("-h, --help", "print this help")
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the flags)");
  addIngestFlags(command);
  for (const [flag, why] of Object.entries(WITHOUT_EFFECT))
    command.addOption(new Option(`${flag} [value]`, why).hideHelp());
  return command;
}

async function serve(flags: Flags, positional: readonly string[]): Promise<void> {
  const options = toOptions(flags, positional[0]);
  const server = await startServer(options);
  // Before the line is printed: whoever reads it may end the process at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  console.log(`tsboard ${version} at ${server.url} (press Ctrl-C to quit)`);
  if (options.ingest !== undefined) console.log(describeIngest(flags, options.ingest, server.url));
}

function toOptions(flags: Flags, positional: string | undefined): StartOptions {
  const logdir = flags.logdir ?? positional;
  if (logdir === undefined && flags.logdir_spec === undefined)
    throw new Error("say where the logs are: tsboard --logdir DIR (--help lists the flags)");
  if (logdir !== undefined && flags.logdir_spec !== undefined)
    throw new Error("give --logdir or --logdir_spec, not both");
  if (flags.host !== undefined && flags.bind_all) throw new Error("give --host or --bind_all, not both");
  const ingest = toReceiveOptions(flags);
  return {
    logdir: logdir ?? flags.logdir_spec!,
    sources: logdir !== undefined ? fromLogdir(logdir) : fromLogdirSpec(flags.logdir_spec!),
    ...(flags.bind_all ? { host: "0.0.0.0" } : flags.host !== undefined && { host: flags.host }),
    ...(flags.port !== undefined && { port: flags.port }),
    pathPrefix: flags.path_prefix,
    windowTitle: flags.window_title,
    reloadInterval: flags.reload_interval,
    samplesPerPlugin: flags.samples_per_plugin,
    allowedHosts: flags.allowed_host,
    followLinks: flags.follow_links ?? false,
    checksum: flags.checksum === "on",
    ...(flags.threads !== undefined && { threads: flags.threads }),
    indexCache: flags.index_cache === "off" ? null : path.resolve(flags.index_cache),
    ...(flags.memory !== undefined && { memory: flags.memory }),
    ...(ingest !== undefined && { ingest }),
    onProblem: (problem) => console.warn(`tsboard: ${problemLine(problem)}`),
  };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}

function toThreads(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError("a number from 0 to 99");
  return Number(text);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

function toMemory(text: string): number {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (share && Number(share[1]) <= 100) return memoryShare(Number(share[1]) / 100);
  const amount = /^(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?$/i.exec(text);
  if (!amount) throw new InvalidArgumentError("an amount as 2GB, 512MB or 30%");
  return Number(amount[1]) * UNITS[amount[2]!.toUpperCase()]!;
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

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, ...value.split(",").filter((name) => name !== "")];
}
