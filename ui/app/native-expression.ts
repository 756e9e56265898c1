/**
 * Which regular expressions the browser's own engine, which goes back and tries again, runs in a time in proportion to the
 * text. What is counted is the ways in which a part can match from one place: what follows is tried after each of them.
 */
import { expressionTree, type Part, type Repeat } from "./expression-tree.ts";

/** At most `factor` times the length of the text to the power of `degree`. */
interface Bound {
  readonly factor: number;
  readonly degree: number;
}

/** How often a part matches from one place, and how long it takes to try all. */
interface Cost {
  readonly ways: Bound;
  readonly time: Bound;
}

const ONE: Bound = { factor: 1, degree: 0 };
const LENGTH: Bound = { factor: 1, degree: 1 };
const NEVER: Bound = { factor: Number.POSITIVE_INFINITY, degree: 0 };
/** Characters of an expression, its choices multiplied out, that each character of a text may meet. */
const MOST_FACTOR = 500;
/** To compare a character with what a group matched takes as long as so many others, where case is ignored. */
const COMPARED = 4;

/** Where a part stands. */
interface Setting {
  /** Whether it is matched from its end on, as in `(?<=…)`. */
  readonly backwards: boolean;
  /** What it takes to compare with what a group matched. */
  readonly back: Cost;
}

/**
 * The expression as the browser's engine may run it to find out whether it matches; null when another engine is to do so.
 *
 * @param source an expression that the browser compiles
 * @param options.atStart whether it is tried at the start of texts only
 */
export function nativeForm(
  source: string,
  { atStart, unicode }: { readonly atStart: boolean; readonly unicode: boolean },
): string | null {
  const choices = expressionTree(source, unicode);
  if (hasPart(choices, ({ kind }) => kind === "back")) {
    if (hasPart(choices, ({ repeat }) => repeat?.most === Number.POSITIVE_INFINITY)) return null;
  } else if (!atStart) {
    const shorter = withoutFirstRepeats(source, choices);
    if (shorter !== source) return nativeForm(shorter, { atStart, unicode });
  }
  const compared = COMPARED * longestGroup(choices);
  const back: Cost = { ways: ONE, time: { factor: Math.max(1, compared), degree: 0 } };
  const { time } = costOfChoices(choices, true, { backwards: false, back });
  const anchored = atStart || choices.every(([first]) => first?.text === "^" && !first.repeat);
  return time.degree + (anchored ? 0 : 1) <= 1 && time.factor <= MOST_FACTOR ? source : null;
}

/** A match that begins with a repeat also begins with its last turn: `.*loss` is found wherever `loss` is. */
function withoutFirstRepeats(source: string, choices: readonly Part[][]): string {
  let shorter = source;
  for (const [first] of [...choices].reverse()) {
    if (first?.repeat?.most !== Number.POSITIVE_INFINITY) continue;
    const { least, start, end } = first.repeat;
    shorter =
      least === 0
        ? shorter.slice(0, first.start) + shorter.slice(end)
        : `${shorter.slice(0, start)}{${least}}${shorter.slice(end)}`;
  }
  return shorter;
}

function hasPart(choices: readonly Part[][], is: (part: Part) => boolean): boolean {
  return choices.some((parts) => parts.some((part) => is(part) || hasPart(part.choices, is)));
}

/** Most characters that a group may match, of which a later part may speak; endless where groups speak of others. */
function longestGroup(choices: readonly Part[][]): number {
  let longest = 0;
  for (const part of choices.flat()) {
    if (/^\((?:\?<[^=!]|$)/.test(part.text)) longest = Math.max(longest, lengthOf(part.choices));
    longest = Math.max(longest, longestGroup(part.choices));
  }
  return longest;
}

/** Most characters of a match. */
function lengthOf(choices: readonly Part[][]): number {
  const lengths = { one: 1, place: 0, look: 0, back: Number.POSITIVE_INFINITY };
  return Math.max(
    ...choices.map((parts) => {
      let length = 0;
      for (const { kind, choices, repeat } of parts) {
        const once = kind === "group" ? lengthOf(choices) : lengths[kind];
        // Nothing is nothing, as often as it may be.
        if (once > 0) length += once * (repeat?.most ?? 1);
      }
      return length;
    }),
  );
}

/** @param last whether all has matched once this has */
function costOfChoices(choices: readonly Part[][], last: boolean, setting: Setting): Cost {
  const costs = choices.map((parts) => costOfSequence(parts, last, setting));
  return { ways: sum(costs.map(({ ways }) => ways)), time: sum(costs.map(({ time }) => time)) };
}

function costOfSequence(parts: readonly Part[], last: boolean, setting: Setting): Cost {
  let ways = ONE;
  const times = [ONE];
  for (const part of setting.backwards ? parts.toReversed() : parts) {
    const cost = costOf(part, last && part === parts.at(-1), setting);
    times.push(product(ways, cost.time));
    ways = product(ways, cost.ways);
  }
  return { ways, time: sum(times) };
}

function costOf(part: Part, last: boolean, setting: Setting): Cost {
  const once = costOfOnce(part, last && part.repeat === null, setting);
  return part.repeat ? repeated(once, part.repeat, last) : once;
}

function costOfOnce({ kind, text, choices }: Part, last: boolean, setting: Setting): Cost {
  switch (kind) {
    case "one":
    case "place":
      return { ways: ONE, time: ONE };
    case "back":
      return setting.back;
    // Looked around is once: no other way is tried afterwards.
    case "look":
      return {
        ways: ONE,
        time: costOfChoices(choices, false, { ...setting, backwards: text.startsWith("(?<") }).time,
      };
    case "group":
      return costOfChoices(choices, last, setting);
  }
}

function repeated({ ways, time }: Cost, { least, most }: Repeat, last: boolean): Cost {
  const isEndless = most === Number.POSITIVE_INFINITY;
  // What ends a match goes on until a turn fails, and never goes back.
  if (isEndless && last && least <= 1 && time.degree === 0) return { ways: ONE, time };
  if (isEndless) {
    const isOneWay = ways.degree === 0 && ways.factor <= 1;
    return isOneWay ? { ways: LENGTH, time: product(time, LENGTH) } : { ways: NEVER, time: NEVER };
  }
  if (most > MOST_FACTOR || (ways.degree > 0 && most > 1)) return { ways: NEVER, time: NEVER };
  let turns = ONE;
  const starts: Bound[] = [];
  const ends: Bound[] = [];
  for (let turn = 0; turn <= most; turn++) {
    if (turn >= least) ends.push(turns);
    if (turn < most) starts.push(product(turns, time));
    turns = product(turns, ways);
  }
  return { ways: sum(ends), time: sum([ONE, ...starts]) };
}

const product = (a: Bound, b: Bound): Bound => ({
  factor: a.factor * b.factor,
  degree: a.degree + b.degree,
});

function sum(bounds: readonly Bound[]): Bound {
  let [factor, degree] = [0, 0];
  for (const one of bounds) {
    factor += one.factor;
    degree = Math.max(degree, one.degree);
  }
  return { factor, degree };
}
