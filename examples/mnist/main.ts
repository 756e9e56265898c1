/** The demo, `npm run demo`: trains the textbook's MNIST network on real digits and shows it live. See options.ts. */

import { once } from "node:events";
import { mkdir, readdir } from "node:fs/promises";
import { startServer } from "tsboard/server";
import { type Backend, pickBackend } from "../backend.ts";
import { loadDataset } from "./data.ts";
import { helpText, type Options, parseOptions } from "./options.ts";
import { createProgress, formatResults } from "./progress.ts";
import { trainRuns } from "./train.ts";

/** Trains, shows and reports, as the options say. */
async function demo(options: Options, backend: Backend): Promise<void> {
  const { logdir, runs, steps } = options;
  const stop = stopOnSignals();

  // The server comes first: it shows the runs as they grow, and an empty page until there are any.
  const server = options.server ? await startServer({ logdir, ...portOf(options) }) : undefined;
  if (server) console.log(`tsboard shows ${logdir} at ${server.url}`);
  try {
    const dataset = await loadDataset(options.seed);
    const names = runs.map(({ name }) => name);
    const progress = createProgress(names, steps);
    const results = await trainRuns(runs, dataset, {
      ...options,
      backend: backend.name,
      signal: stop,
      onProgress: (state) => progress.update(state),
    }).finally(() => progress.stop());
    // 128 + 2, as shells report Ctrl-C: scripts must not take half a training for a whole one.
    if (stop.aborted) process.exitCode = 130;
    console.log(`\nDigits read correctly:\n\n${formatResults(results)}\n`);
    console.log(`Event files: ${logdir}. To see them again: npx tsboard --logdir ${logdir}`);
    if (server && !options.exit && !stop.aborted) {
      console.log(`The page stays at ${server.url}; Ctrl-C ends it.`);
      await once(stop, "abort");
    }
  } finally {
    await server?.close();
  }
}

/** Creates the log directory. @throws where it holds something: two runs in one folder would mix their points. */
async function prepare(logdir: string): Promise<void> {
  await mkdir(logdir, { recursive: true });
  if ((await readdir(logdir)).length > 0) {
    throw new Error(`${logdir} is not empty; remove it, or choose another with --logdir`);
  }
}

/** Aborts at the first Ctrl-C or SIGTERM, which ends the training in good order; a later one ends the process. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => (controller.signal.aborted ? process.exit(130) : controller.abort());
  // Not `once`: that would be gone when the writer's own listener looks whether the program listens too.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  return controller.signal;
}

function portOf({ port }: Options): { port?: number } {
  return port === undefined ? {} : { port };
}

/** Everything that can be wrong with what the user asked for; undefined when that was the help text. */
async function setUp(args: readonly string[]): Promise<{ options: Options; backend: Backend } | undefined> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(helpText);
    return undefined;
  }
  const backend = await pickBackend(options.backend);
  console.log(`TensorFlow.js back end: ${backend.reason}`);
  await prepare(options.logdir);
  return { options, backend };
}

const ready = await setUp(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n(--help lists what there is)`);
  process.exitCode = 2;
  return undefined;
});
if (ready) await demo(ready.options, ready.backend);
