/**
 * Emphasis by `*` and `_`, strong and not, one in the other. A whole text is paired at once when its first pair is
 * asked for; the pairs after that are handed out as they are asked for (`DelimiterProcessor` of Python-Markdown).
 */
import { Element } from "../element.ts";
import { type Open, pairDelimiters, type Region } from "./delimiter-pairs.ts";
import { runAt } from "./delimiter-runs.ts";
import type { Found, Pattern } from "./pattern.ts";

export class Emphasis implements Pattern {
  readonly start = /[*_]/g;
  readonly looksBack = true;
  #regions: readonly Region[] = [];
  /** Delimiters without a partner, in order. */
  #unpaired: Open[] = [];
  /** The first pair that was not handed out, and where the next match is expected. */
  #next = 0;
  #expected = 0;

  readonly read = (match: RegExpExecArray, text: string): Found => {
    const at = match.index;
    if (this.#regions.length > 0) return this.#handOut(at, text);
    const run = runAt(text, at);
    if (run === null || run.role === "end")
      return { made: null, start: at, end: run?.end ?? endOfRun(text, at) };
    const { regions, unpaired } = pairDelimiters(text, run);
    const first = regions[0];
    // Up to the last delimiter nothing is emphasis.
    if (!first) return { made: null, start: at, end: unpaired.at(-1)?.end ?? at + 1 };
    this.#regions = regions;
    this.#unpaired = unpaired;
    const { element, count } = build(regions, 0, text, 0);
    this.#moveOn(first.openStart, count);
    return { made: element, start: first.openStart, end: first.closeEnd };
  };

  /** The next of the pairs, in a text that changed in front of it. */
  #handOut(at: number, text: string): Found {
    const { openStart, closeEnd } = this.#regions[this.#next]!;
    const offset = at - (at !== this.#expected ? this.#expected : openStart);
    const { element, count } = build(this.#regions, this.#next, text, offset);
    this.#moveOn(openStart, count);
    return { made: element, start: openStart + offset, end: closeEnd + offset };
  }

  #moveOn(start: number, count: number): void {
    this.#next += count;
    const next = this.#regions[this.#next];
    if (!next) {
      this.#regions = [];
      this.#unpaired = [];
      this.#next = 0;
      this.#expected = 0;
      return;
    }
    this.#expected = next.openStart;
    // An unpaired delimiter before the next pair is matched first.
    for (let open = this.#unpaired.shift(); open; open = this.#unpaired.shift())
      if (start < open.start && open.start <= this.#expected) {
        this.#expected = open.start;
        break;
      }
  }
}

function endOfRun(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end;
}

interface Placed {
  readonly element: Element;
  readonly region: Region;
}

/**
 * The element of a pair with those of the pairs in it, and their texts.
 *
 * @param offset how far the text has moved since it was paired
 */
function build(
  regions: readonly Region[],
  first: number,
  text: string,
  offset: number,
): { readonly element: Element; readonly count: number } {
  const piece = (from: number, to: number) => text.slice(from + offset, to + offset);
  const outermost = place(regions[first]!);
  const outer: Placed[] = [outermost];
  let last = outermost;
  let i = first + 1;
  for (; i < regions.length && regions[i]!.openStart < outermost.region.closeEnd; i++) {
    const next = place(regions[i]!);
    fillBefore(next.region, last, outer.at(-1)!, piece);
    while (outer.length > 1 && next.region.closeEnd > outer.at(-1)!.region.closeEnd) outer.pop();
    outer.at(-1)!.element.children.push(next.element);
    const following = regions[i + 1];
    if (following && next.region.closeEnd > following.closeEnd) outer.push(next);
    last = next;
  }
  for (let within = outer.at(-1); within; within = outer.at(-1)) {
    const { element, region } = last;
    element.text ??= piece(region.openEnd, region.closeStart);
    if (element !== within.element) element.tail ??= piece(region.closeEnd, within.region.closeStart);
    last = outer.pop()!;
  }
  return { element: outermost.element, count: i - first };
}

function place(region: Region): Placed {
  return { element: new Element(region.isStrong ? "strong" : "em"), region };
}

/** Gives the element before a pair its text, and the text between the two to whom it belongs. */
function fillBefore(
  { openStart }: Region,
  { element, region }: Placed,
  outer: Placed,
  piece: (from: number, to: number) => string,
): void {
  element.text ??= piece(region.openEnd, region.closeStart < openStart ? region.closeStart : openStart);
  if (element === outer.element || element.tail !== null) return;
  if (openStart < outer.region.closeEnd) element.tail = piece(region.closeEnd, openStart);
  else {
    element.tail = piece(region.closeEnd, outer.region.closeStart);
    outer.element.tail = piece(outer.region.closeEnd, openStart);
  }
}
