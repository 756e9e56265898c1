/** The demo's command line. */

import path from "node:path";
import { parseArgs } from "node:util";
import { type BackendName, backendNames, parseBackendName } from "../backend.ts";
import {
  configure,
  type NamedConfiguration,
  type Optimisation,
  optimisations,
  standardRuns,
} from "./configuration.ts";

export interface Options {
  readonly help: boolean;
  /**
   * The folder that gets one folder a run. By default a new one each time, so that a second demo neither mixes its
   * points with the first one's nor removes it: the page shows the newest, and `tsboard --logdir logs/mnist` shows all.
   */
  readonly logdir: string;
  readonly runs: readonly NamedConfiguration[];
  readonly steps: number;
  /** Digits a step. */
  readonly batch: number;
  readonly seed: number;
  readonly server: boolean;
  /** Undefined: the server's own default, 6006 or the next that is free. */
  readonly port?: number;
  /** Undefined: TSBOARD_BACKEND, or the fastest installed. */
  readonly backend?: BackendName;
  /** End after training instead of serving until Ctrl-C. */
  readonly exit: boolean;
}

export const helpText = `Trains the textbook's MNIST network on 8,000 real digits and shows it live in tsboard.

usage: npm run demo -- [options]

Without options: six runs, one with all five optimisations and one without each; a page that fills as they train.
The page stays up until Ctrl-C.

  --logdir DIR           where the runs are written, one folder each (default: logs/mnist/<date>-<time>)
  --runs NAME,NAME...    some of: ${standardRuns.map(({ name }) => name).join(", ")}
${optimisations.map(({ name, title }) => `  ${`--no-${name}`.padEnd(22)} one run without this: ${title}`).join("\n")}
  --only NAME,NAME...    one run with just these of: ${optimisations.map(({ name }) => name).join(", ")}; or none
  --steps N              steps a run (default: 1500)
  --batch N              digits a step (default: 100)
  --seed N               of the weights, the split and the batches (default: 1)
  --backend NAME         ${backendNames.join(", ")} (default: TSBOARD_BACKEND, or the first of these that is installed)
  --port N               of the page (default: 6006, or the next that is free)
  --no-server            train and write only
  --exit                 end when the training ends, for scripts and continuous integration
  --help                 this text
`;

/**
 * Reads the command line's arguments (without node and script).
 *
 * @param now names the default log directory.
 * @throws Error, in words for the user, on a flag or value that makes no sense.
 */
export function parseOptions(args: readonly string[], now = new Date()): Options {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      logdir: { type: "string" },
      runs: { type: "string" },
      only: { type: "string" },
      relu: { type: "boolean", default: true },
      "hidden-layer": { type: "boolean", default: true },
      decay: { type: "boolean", default: true },
      l2: { type: "boolean", default: true },
      "moving-averages": { type: "boolean", default: true },
      steps: { type: "string", default: "1500" },
      batch: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      backend: { type: "string" },
      port: { type: "string" },
      server: { type: "boolean", default: true },
      exit: { type: "boolean", default: false },
    },
  });
  const off = optimisations.filter(({ name }) => !values[name]);
  return {
    help: values.help,
    logdir: values.logdir ?? path.join("logs", "mnist", timestamp(now)),
    runs: chooseRuns(values.runs, values.only, off),
    steps: wholeNumber("--steps", values.steps, 1),
    batch: wholeNumber("--batch", values.batch, 1, 8000),
    seed: wholeNumber("--seed", values.seed, 0),
    server: values.server,
    exit: values.exit || !values.server,
    ...(values.port === undefined ? {} : { port: wholeNumber("--port", values.port, 0, 65535) }),
    ...(values.backend === undefined ? {} : { backend: parseBackendName(values.backend) }),
  };
}

/** At most one of the three ways to choose runs. @throws when there are more. */
function chooseRuns(
  runs: string | undefined,
  only: string | undefined,
  off: readonly Optimisation[],
): readonly NamedConfiguration[] {
  const ways = [runs !== undefined, only !== undefined, off.length > 0].filter(Boolean).length;
  if (ways > 1)
    throw new Error("--runs, --only and --no-<optimisation> each choose the runs: give one of the three");
  if (runs !== undefined) return list(runs).map(standardRun);
  if (only !== undefined) {
    const on = only === "none" ? [] : list(only).map(optimisation);
    return [configure((one) => on.includes(one))];
  }
  return off.length > 0 ? [configure((one) => !off.includes(one))] : standardRuns;
}

/** A comma-separated list, each item once; "without relu" is as good as "without-relu". */
function list(text: string): string[] {
  const items = text.split(",").map((item) => item.trim().replaceAll(" ", "-"));
  return [...new Set(items)];
}

function standardRun(name: string): NamedConfiguration {
  return find(standardRuns, name, "run");
}

function optimisation(name: string): Optimisation {
  return find(optimisations, name, "optimisation");
}

function find<T extends { readonly name: string }>(known: readonly T[], name: string, what: string): T {
  const found = known.find((one) => one.name === name);
  if (!found) throw new Error(`no ${what} "${name}"; there are ${known.map((one) => one.name).join(", ")}`);
  return found;
}

function wholeNumber(flag: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new Error(`${flag} takes a whole number ${range}, not "${text}"`);
  }
  return value;
}

/** Local date and time as 20250131-140509, as TensorFlow's guides name log directories; it sorts by time. */
function timestamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
