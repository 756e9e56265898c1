/** The flags that every example takes, and how a flag's text is read: in words for the person who typed it. */

import path from "node:path";
import { parseArgs } from "node:util";

/** What the common flags say. */
export interface CommonOptions {
  /** Where the runs are written: a new folder each time, so that two runs never mix their points. */
  readonly logdir: string;
  /** Of everything that is drawn at random. */
  readonly seed: number;
  readonly server: boolean;
  /** Undefined: the server's own default, 6006 or the next that is free. */
  readonly port?: number;
  /** End after the run instead of serving until Ctrl-C. */
  readonly exit: boolean;
}

/** For `parseFlags`. */
export const commonFlags = {
  logdir: { type: "string" },
  seed: { type: "string", default: "1" },
  port: { type: "string" },
  server: { type: "boolean", default: true },
  exit: { type: "boolean", default: false },
} as const;

/** The common flags' part of an example's help. */
export function commonHelp(name: string): string {
  return `  --logdir DIR           where the runs are written (default: logs/${name}/<date>-<time>)
  --seed N               of everything that is drawn at random (default: 1)
  --port N               of the page (default: 6006, or the next that is free)
  --no-server            train and write only
  --exit                 end when all is written, for scripts and continuous integration
  --help                 this text
`;
}

/** A flag as `parseArgs` of `node:util` has it. */
type Flag =
  | { readonly type: "string"; readonly default?: string }
  | { readonly type: "boolean"; readonly default: boolean };
export type Flags = Readonly<Record<string, Flag>>;

type Value<Of> = Of extends { type: "boolean" }
  ? boolean
  : Of extends { default: string }
    ? string
    : string | undefined;

/** What is made of flags, the common ones among them. */
export type Values<Own extends Flags> = {
  readonly [Name in keyof (typeof commonFlags & Own)]: Value<(typeof commonFlags & Own)[Name]>;
};

/**
 * Reads the common flags and an example's own.
 *
 * @throws TypeError, in words for the user, on what is no flag, or lacks its value
 */
export function parseFlags<const Own extends Flags>(args: readonly string[], own: Own): Values<Own> {
  const options: Flags = { ...commonFlags, ...own };
  // `--no-server` is a flag that is negated.
  return parseArgs({ args: [...args], allowNegative: true, options }).values as Values<Own>;
}

/**
 * @param name of the example, and so of its folder below logs/
 * @param now names the default log directory
 * @throws Error, in words for the user, on a value that makes no sense
 */
export function commonOptions(
  name: string,
  values: Values<Record<never, Flag>>,
  now = new Date(),
): CommonOptions {
  const { logdir, seed, port, server, exit } = values;
  return {
    logdir: logdir ?? path.join("logs", name, timestamp(now)),
    seed: wholeNumber("--seed", seed, 0),
    server,
    exit: exit || !server,
    ...(port === undefined ? {} : { port: wholeNumber("--port", port, 0, 65535) }),
  };
}

/** @throws Error, in words for the user, when the text is no whole number in the range */
export function wholeNumber(
  flag: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
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
