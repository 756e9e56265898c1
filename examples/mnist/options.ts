/** The demo's command line. */

import { type BackendName, backendHelp, parseBackendName } from "../backend.ts";
import { type CommonOptions, commonHelp, commonOptions, parseFlags, wholeNumber } from "../common/flags.ts";
import {
  configure,
  type NamedConfiguration,
  type Optimisation,
  optimisations,
  standardRuns,
} from "./configuration.ts";

export interface Options extends CommonOptions {
  readonly runs: readonly NamedConfiguration[];
  readonly steps: number;
  /** Digits a step. */
  readonly batch: number;
  /** Undefined: TSBOARD_BACKEND, or the fastest installed. */
  readonly backend?: BackendName;
}

export const helpText = `Trains the textbook's MNIST network on 8,000 real digits and shows it live in tsboard.

usage: npm run demo -- [options]

Without options: six runs, one with all five optimisations and one without each; a page that fills as they train.
The page stays up until Ctrl-C.

  --runs NAME,NAME...    some of: ${standardRuns.map(({ name }) => name).join(", ")}
${optimisations.map(({ name, title }) => `  ${`--no-${name}`.padEnd(22)} one run without this: ${title}`).join("\n")}
  --only NAME,NAME...    one run with just these of: ${optimisations.map(({ name }) => name).join(", ")}; or none
  --steps N              steps a run (default: 1200)
  --batch N              digits a step (default: 100)
${backendHelp}${commonHelp("mnist")}`;

/**
 * Reads the command line's arguments (without node and script).
 *
 * @param now names the default log directory.
 * @throws Error, in words for the user, on a flag or value that makes no sense.
 */
export function parseOptions(args: readonly string[], now = new Date()): Options {
  const values = parseFlags(args, {
    runs: { type: "string" },
    only: { type: "string" },
    relu: { type: "boolean", default: true },
    "hidden-layer": { type: "boolean", default: true },
    decay: { type: "boolean", default: true },
    l2: { type: "boolean", default: true },
    "moving-averages": { type: "boolean", default: true },
    steps: { type: "string", default: "1200" },
    batch: { type: "string", default: "100" },
    backend: { type: "string" },
  });
  const off = optimisations.filter(({ name }) => !values[name]);
  return {
    ...commonOptions("mnist", values, now),
    runs: chooseRuns(values.runs, values.only, off),
    steps: wholeNumber("--steps", values.steps, 1),
    batch: wholeNumber("--batch", values.batch, 1, 8000),
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
