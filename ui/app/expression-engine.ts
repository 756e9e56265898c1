/** The engine for expressions that could hold the tab: fetched when there is one. */
import { signal } from "@preact/signals";
import type * as Linear from "./linear-expression.ts";

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

/** With one repeat at most, an engine that backtracks has little to go back over. */
export function mayBacktrack(source: string): boolean {
  const plain = source
    .replaceAll(/\\./gsu, "x")
    .replaceAll(/\[[^\]]*\]/gu, "x")
    .replaceAll("(?", "(");
  // The second character of a lazy repeat is none of its own.
  return (plain.match(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/gu)?.length ?? 0) > 1;
}

/** V8 says `Invalid regular expression: /(/iu: Unterminated group`; the last part is what helps. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.slice(message.lastIndexOf(": ") + 2);
  return `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

export const IMPOSSIBLE =
  "Not possible here: to look ahead or back, or to refer to a group, beside several repeats";
