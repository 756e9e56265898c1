/** Runs an example as a program: its log directory, the page that shows it, Ctrl-C, and its end. */

import { once } from "node:events";
import { mkdir, readdir } from "node:fs/promises";
import { startServer } from "tsboard/server";
import type { CommonOptions } from "./flags.ts";

export interface Example<T extends CommonOptions> {
  readonly helpText: string;
  /** Reads the command line's arguments and gets ready for them; what it throws is told to the user in words. */
  setUp(args: readonly string[]): T | Promise<T>;
  /** Part of the page's address that shows best what was learned, from `#` on; default: none. */
  view?(options: T): string;
  /** Trains into `options.logdir`; the signal asks it to end early, with what there is written. */
  run(options: T, signal: AbortSignal): Promise<void>;
}

/** Does what the command line says. The exit code is 2 where it makes no sense, and 130 after Ctrl-C. */
export async function runExample<T extends CommonOptions>(example: Example<T>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) return console.log(example.helpText);
  const options = await setUp(example, args).catch((error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n(--help lists what there is)`);
    process.exitCode = 2;
  });
  if (options) await show(options, example.view?.(options) ?? "", (signal) => example.run(options, signal));
}

/** Everything that can be wrong with what the user asked for. */
async function setUp<T extends CommonOptions>(example: Example<T>, args: readonly string[]): Promise<T> {
  const options = await example.setUp(args);
  await prepare(options.logdir);
  return options;
}

/** Creates the log directory. @throws where it holds something: two runs in one folder would mix their points. */
async function prepare(logdir: string): Promise<void> {
  await mkdir(logdir, { recursive: true });
  if ((await readdir(logdir)).length > 0) {
    throw new Error(`${logdir} is not empty; remove it, or choose another with --logdir`);
  }
}

/** Shows the log directory while `run` writes into it, and after that until Ctrl-C, as the options say. */
async function show(
  options: CommonOptions,
  view: string,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { logdir, port } = options;
  const stop = stopOnSignals();
  // The server comes first: it shows the runs as they grow, and an empty page until there are any.
  const server = options.server
    ? await startServer({ logdir, ...(port !== undefined && { port }) })
    : undefined;
  if (server) console.log(`tsboard shows ${logdir} at ${server.url}`);
  try {
    await run(stop);
    // 128 + 2, as shells report Ctrl-C: scripts must not take half a training for a whole one.
    if (stop.aborted) process.exitCode = 130;
    console.log(`Event files: ${logdir}. To see them again: npx tsboard --logdir ${logdir}`);
    if (server && !options.exit && !stop.aborted) {
      console.log(`The page stays at ${server.url}${view}; Ctrl-C ends it.`);
      await once(stop, "abort");
    }
  } finally {
    await server?.close();
  }
}

/** Aborts at the first Ctrl-C or SIGTERM, which ends the run in good order; a later one ends the process. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => (controller.signal.aborted ? process.exit(130) : controller.abort());
  // Not `once`: that would be gone when the writer's own listener looks whether the program listens too.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  return controller.signal;
}
