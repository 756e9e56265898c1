/**
 * Regular expressions that people type, or that links bring, run in a time in proportion to the text, whatever they are: by
 * the browser where it takes no longer, otherwise by an engine that is fetched when there is such an expression.
 */
import { signal } from "@preact/signals";
import type * as Linear from "./linear-expression.ts";
import { nativeForm } from "./native-expression.ts";

/** Longest expression, as on the server: to compile it takes some tens of milliseconds. */
const MOST_CHARACTERS = 2000;

const engine = signal<typeof Linear | null>(null);
let fetching: Promise<void> | undefined;

/** Null while it is on its way; reads a signal. */
export function expressionEngine(): typeof Linear | null {
  if (engine.value === null)
    fetching ??= import("./linear-expression.ts").then((module) => {
      engine.value = module;
    });
  return engine.value;
}

/** Resolves when every expression that was typed so far can be run. */
export function filterReady(): Promise<void> {
  return fetching ?? Promise.resolve();
}

export interface Tested {
  /** What is wrong with the expression, in words; null when it is fine. */
  readonly error: string | null;
  /** Whether a text has a match somewhere; null where something is wrong, and while the engine is on its way. */
  readonly test: ((text: string) => boolean) | null;
}

/** Reads a signal: where the engine is on its way, signals that were computed from this are computed again then. */
export function expressionTest(source: string, ignoreCase: boolean): Tested {
  const tooLong = lengthError(source);
  if (tooLong !== null) return { error: tooLong, test: null };
  const flags = ignoreCase ? "iu" : "u";
  try {
    // Whatever is wrong is said of what was typed.
    new RegExp(source, flags);
  } catch (error) {
    return { error: explain(error), test: null };
  }
  const form = nativeForm(source, { atStart: false, unicode: true });
  if (form !== null) {
    const expression = new RegExp(form, flags);
    return { error: null, test: (text) => expression.test(text) };
  }
  const engine = expressionEngine();
  if (engine === null) return { error: null, test: null };
  const { test, error } = engine.compileLinear(source, ignoreCase);
  return { error: error === null ? null : impossible(source, error), test };
}

export function lengthError(source: string): string | null {
  return source.length > MOST_CHARACTERS
    ? `It has ${source.length} characters, and ${MOST_CHARACTERS} are the most`
    : null;
}

/** V8 says `Invalid regular expression: /(/iu: Unterminated group`; the last part is what helps. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.slice(message.lastIndexOf(": ") + 2);
  return `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

/** Why the engine does not run an expression that the browser would. */
export function impossible(source: string, error: string): string {
  return /\(\?<?[=!]|\\[1-9k]/.test(source)
    ? "Not possible here: to look ahead or back, or to refer to a group, beside repeats (but for one after ^, as in ^(?!.*val))"
    : `Not possible here: ${error}`;
}
