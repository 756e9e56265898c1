/** A regular expression typed by a person, or in a link, as a test of names or as a sentence about what is wrong with it. */
import { signal } from "@preact/signals";
import type { compileLinear } from "./linear-expression.ts";

export interface NameFilter {
  /** False when the text is empty: everything passes. */
  readonly active: boolean;
  /** What is wrong with the expression; null when it is fine. A bad expression lets everything pass. */
  readonly error: string | null;
  test(name: string): boolean;
}

const everything = (): boolean => true;

/** The engine for expressions that could hold the tab: fetched when there is one. */
const engine = signal<typeof compileLinear | null>(null);
let fetching: Promise<void> | undefined;

/** Resolves when every expression that was typed so far can be run. */
export function filterReady(): Promise<void> {
  return fetching ?? Promise.resolve();
}

function fetchEngine(): void {
  fetching ??= import("./linear-expression.ts").then((module) => {
    engine.value = module.compileLinear;
  });
}

/**
 * Case is ignored unless the expression itself has a capital letter. While an engine is on its way that the expression
 * needs, everything passes; signals that were computed from this are computed again then.
 */
export function nameFilter(text: string): NameFilter {
  if (text === "") return { active: false, error: null, test: everything };
  const ignoreCase = !/[A-Z]/.test(text);
  const source = withoutNeedlessEscapes(text);
  try {
    const expression = new RegExp(source, ignoreCase ? "iu" : "u");
    if (!mayBacktrack(source)) return { active: true, error: null, test: (name) => expression.test(name) };
  } catch (error) {
    return { active: true, error: explain(error), test: everything };
  }
  const compile = engine.value;
  if (compile === null) {
    fetchEngine();
    return { active: true, error: null, test: everything };
  }
  const test = compile(source, ignoreCase);
  if (test) return { active: true, error: null, test };
  const error = "Not possible here: to look ahead or back, or to refer to a group, beside several repeats";
  return { active: true, error, test: everything };
}

/** Escapes that people type to be safe, as in `lr=1e\-1`: what is no letter and has no meaning stands for itself. */
function withoutNeedlessEscapes(text: string): string {
  let source = "";
  let inSet = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const next = text[i + 1];
    if (char === "\\" && next !== undefined) {
      i++;
      const needed = /[\w^$\\.*+?()[\]{}|/]/.test(next) && next !== "_";
      source += needed || (inSet && next === "-") ? `\\${next}` : next;
      continue;
    }
    if (char === "[") inSet = true;
    else if (char === "]") inSet = false;
    source += char;
  }
  return source;
}

/** With one repeat at most, an engine that backtracks has little to go back over. */
function mayBacktrack(source: string): boolean {
  const plain = source
    .replaceAll(/\\./gsu, "x")
    .replaceAll(/\[[^\]]*\]/gu, "x")
    .replaceAll("(?", "(");
  // The second character of a lazy repeat is none of its own.
  return (plain.match(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/gu)?.length ?? 0) > 1;
}

/** V8 says `Invalid regular expression: /(/iu: Unterminated group`; the last part is what helps. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.slice(message.lastIndexOf(": ") + 2);
  return `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
