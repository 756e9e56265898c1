/**
 * Options that nobody knows are mistakes, and silent ones: `stpe` for `step`, a name of Keras's or PyTorch's, a step
 * where the options belong. They are refused, with the name that was meant.
 */
import { describe } from "./checks.ts";
import { ValueError } from "./errors.ts";
import type { EventOptions, SummaryOptions } from "./options.ts";

/** Every name of a type of options; the compiler holds it complete. */
export type OptionNames<Options> = Readonly<Record<keyof Required<Options>, true>>;

export const EVENT_OPTIONS: OptionNames<EventOptions> = { step: true, wallTime: true };
export const SUMMARY_OPTIONS: OptionNames<SummaryOptions> = {
  ...EVENT_OPTIONS,
  description: true,
  displayName: true,
};

/** What other libraries call ours, where the letters do not tell. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  globalstep: "step",
  samplerate: "sampleRate",
  bins: "buckets",
  numthresholds: "thresholds",
  maxqueue: "flushBytes",
  flushsecs: "flushMillis",
  profilebatch: "profileSteps",
  colours: "colors",
};

/**
 * @param what whose options they are, as an error names it: `image "digits"`; made only where there is one
 * @throws ValueError when they are no object, or hold a name that is not known
 */
export function checkOptions<Options>(
  options: Options,
  names: OptionNames<Options>,
  what: () => string,
): void {
  if (typeof options !== "object" || options === null) throw new ValueError(noObject(options, names, what()));
  for (const name in options)
    if (!Object.hasOwn(names, name)) throw new ValueError(unknown(name, names, what()));
}

/**
 * The same for an object of data, whose parts have names.
 *
 * @throws ValueError when it is no object, or holds a name that is not known
 */
export function checkParts<Data>(data: Data, names: OptionNames<Data>, what: () => string): void {
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new ValueError(
      `${what()}: the data is an object, not ${describe(data)}: give { ${Object.keys(names)[0]}: … }`,
    );
  for (const name in data)
    if (!Object.hasOwn(names, name)) throw new ValueError(unknown(name, names, what(), "part"));
}

/** Those of the options that are named. */
export function pick<Options extends object>(options: Options, names: OptionNames<Options>): Options {
  const known = Object.entries(options).filter(([name]) => Object.hasOwn(names, name));
  return Object.fromEntries(known) as Options;
}

function noObject(given: unknown, names: object, what: string): string {
  const asStep = (typeof given === "number" || typeof given === "bigint") && "step" in names;
  const example = asStep ? `{ step: ${given} }` : `{ ${Object.keys(names)[0]}: … }`;
  return `${what}: options are an object, not ${describe(given)}: give ${example}`;
}

function unknown(name: string, names: object, what: string, called = "option"): string {
  const known = Object.keys(names);
  const meant = nearest(name, known);
  const hint = meant === undefined ? `there are ${known.join(", ")}` : `did you mean \`${meant}\`?`;
  return `${what}: there is no ${called} \`${name}\`; ${hint}`;
}

/** The known name that was probably meant; undefined where none is near. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const given = plain(name);
  const elsewhere = ELSEWHERE[given];
  if (elsewhere !== undefined && known.includes(elsewhere)) return elsewhere;
  const [best] = known
    .map((one) => ({ one, distance: editDistance(given, plain(one)) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor(given.length / 3)) ? best.one : undefined;
}

/** `histogram_freq` and `histogramFreq` are one name. */
const plain = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();

/** Letters to insert, remove, replace or swap with their neighbour until `a` is `b`. */
function editDistance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
