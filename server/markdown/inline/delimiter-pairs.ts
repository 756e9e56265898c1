/**
 * Which delimiters of emphasis belong together: every run is paired with those before it that wait for their end,
 * in whole or in part, by the rules of `DelimiterProcessor` in Python-Markdown.
 */
import { isMark, MARKS, type Mark, type Run, runAt } from "./delimiter-runs.ts";

/** A run that waits for its end, or what is left of it. */
export interface Open {
  readonly start: number;
  readonly end: number;
  /** Whether it might have been an end as well. */
  readonly ambiguous: boolean;
  /** How long the run was at first, and how long it is now. */
  readonly original: number;
  readonly length: number;
}

/** A pair: where its delimiters start and end. */
export interface Region {
  readonly openStart: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly closeEnd: number;
  readonly isStrong: boolean;
}

/** A run while it is paired. */
interface Pairing {
  readonly run: Run;
  readonly ambiguous: boolean;
  /** What is left of it. */
  start: number;
  length: number;
  mayStart: boolean;
  mayEnd: boolean;
  /** Length of the open run that is next to be closed. */
  last: number;
}

/** The pairs of a text from a first run on, and the runs without a partner, both in order. */
export function pairDelimiters(
  text: string,
  first: Run,
): { readonly regions: Region[]; readonly unpaired: Open[] } {
  const pairs = new Pairs();
  pairs.open(first);
  let at = first.end;
  while (pairs.isWaiting) {
    const run = pairs.next(text, at);
    if (run === null) break;
    at = run.end;
    if (!pairs.take(run)) break;
  }
  return pairs.result();
}

class Pairs {
  readonly #regions: Region[] = [];
  readonly #open: Readonly<Record<Mark, Open[]>> = { "*": [], _: [] };

  get isWaiting(): boolean {
    return MARKS.some((mark) => this.#open[mark].length > 0);
  }

  open({ mark, role, start, end }: Run): void {
    const length = end - start;
    this.#open[mark].push({ start, end, ambiguous: role !== "start", original: length, length });
  }

  /** The next run that can be of use. */
  next(text: string, from: number): Run | null {
    for (let i = from; i < text.length; i++) {
      const run = isMark(text[i]) ? runAt(text, i) : null;
      if (run && !(run.role === "end" && this.#open[run.mark].length === 0)) return run;
    }
    return null;
  }

  /** Pairs a run. False where no run after it can be paired. */
  take(run: Run): boolean {
    const stack = this.#open[run.mark];
    const pairing: Pairing = {
      run,
      ambiguous: run.role === "either",
      start: run.start,
      length: run.end - run.start,
      mayStart: run.role !== "end",
      mayEnd: run.role !== "start",
      last: 0,
    };
    pairing.last = lengthToClose(stack, pairing);
    if (closesAll(stack, pairing)) this.#close(stack, pairing);
    const isInLonger = stack.length > 0 && pairing.mayEnd && pairing.last > pairing.length;
    if (isInLonger && (pairing.last >= 3 || !pairing.ambiguous)) {
      const opening = this.#openingOf(stack, pairing);
      if (opening === null) return this.#giveUp(run.mark);
      this.#closePart(stack, pairing, opening);
    }
    const { start, length, ambiguous, mayStart } = pairing;
    if (mayStart) stack.push({ start, end: run.end, ambiguous, original: length, length });
    return true;
  }

  result(): { readonly regions: Region[]; readonly unpaired: Open[] } {
    const unpaired = MARKS.flatMap((mark) => this.#open[mark]);
    return {
      regions: this.#regions.sort((a, b) => a.openStart - b.openStart),
      unpaired: unpaired.sort((a, b) => a.start - b.start),
    };
  }

  /** Closes what is open until the run is used up: `*em*`, `**strong**`, `***both***`, `*em**` and the like. */
  #close(stack: Open[], pairing: Pairing): void {
    const { run, ambiguous } = pairing;
    const original = pairing.length;
    pairing.mayStart = false;
    while (stack.length > 0 && pairing.length > 0 && pairing.last <= pairing.length) {
      const opening = stack.pop()!;
      const size = Math.min(opening.length, opening.length === 3 ? 1 : 2);
      const end = opening.end - size;
      this.#addRegion(end, opening.end, pairing.start, size);
      pairing.start += size;
      pairing.length -= size;
      if (size < opening.length) stack.push({ ...opening, end, length: opening.length - size });
      pairing.last = stack.at(-1)?.length ?? pairing.last;
    }
    if (original >= 3 && pairing.length > 0 && ambiguous) {
      // What is left begins something new.
      const start = run.start + original - pairing.length;
      stack.push({ start, end: run.end, ambiguous: false, original, length: pairing.length });
      pairing.mayEnd = false;
    } else pairing.mayEnd = pairing.length > 0 && stack.length > 0 && pairing.last > pairing.length;
  }

  /** The opening run that is longer than what is left; null where all that might be are ends rather. */
  #openingOf(stack: Open[], pairing: Pairing): Open | null {
    let opening = stack.pop()!;
    while (stack.length > 0 && opening.length !== 3 && opening.ambiguous) {
      opening = stack.pop()!;
      pairing.last = opening.length;
    }
    return opening.ambiguous && opening.length !== 3 ? null : opening;
  }

  /** Closes a part of a longer run: `***em*`, `***strong**`, `**em*`. */
  #closePart(stack: Open[], pairing: Pairing, opening: Open): void {
    const { start } = opening;
    let { end } = opening;
    pairing.mayStart = false;
    while (pairing.length > 0) {
      const size = Math.min(pairing.length, pairing.length === 3 ? 1 : 2);
      this.#addRegion(start + pairing.last - size, end, pairing.start, size);
      pairing.start += size;
      pairing.length -= size;
      pairing.last -= size;
      end -= size;
    }
    if (pairing.last > 0) stack.push({ ...opening, end, ambiguous: false, length: pairing.last });
  }

  /** Forgets what is open of a mark. False where nothing of the other is open either. */
  #giveUp(mark: Mark): boolean {
    if (!MARKS.some((other) => other !== mark && this.#open[other].length > 0)) return false;
    this.#open[mark].length = 0;
    return true;
  }

  #addRegion(openStart: number, openEnd: number, closeStart: number, size: number): void {
    const closeEnd = closeStart + size;
    this.#regions.push({ openStart, openEnd, closeStart, closeEnd, isStrong: size === 2 });
    // What was open in between has no end any more.
    for (const mark of MARKS) {
      const stack = this.#open[mark];
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        if (top.start < openStart || top.start >= closeEnd) break;
        stack.pop();
      }
    }
  }
}

/** Two runs whose lengths are a multiple of 3 together, but not both alone, are no pair if one is ambiguous. */
function isRuleOf3(opening: number, closing: number): boolean {
  return (opening + closing) % 3 === 0 && (opening % 3 !== 0 || closing % 3 !== 0);
}

/** How long the open run is that a run would close first. */
function lengthToClose(stack: readonly Open[], { ambiguous, length }: Pairing): number {
  const top = stack.at(-1);
  if (!top) return 0;
  if (!ambiguous || length === top.length || !isRuleOf3(top.original, length)) return top.length;
  const other = stack
    .slice(0, -1)
    .some((open) => open.length === length && !isRuleOf3(open.original, length));
  return other ? length : top.length;
}

function closesAll(stack: readonly Open[], { mayEnd, ambiguous, length, last }: Pairing): boolean {
  const top = stack.at(-1);
  if (!top || !mayEnd) return false;
  return (length > last && !(ambiguous && isRuleOf3(top.original, length))) || length === last || length >= 3;
}
