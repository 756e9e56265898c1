/** A regular expression typed by a person, or in a link, as a test of names or as a sentence about what is wrong with it. */
import { expressionTest } from "./expression-engine.ts";

export interface NameFilter {
  /** False when the text is empty: everything passes. */
  readonly active: boolean;
  /** What is wrong with the expression; null when it is fine. A bad expression lets everything pass. */
  readonly error: string | null;
  test(name: string): boolean;
}

const everything = (): boolean => true;

/**
 * Case is ignored unless the expression itself has a capital letter. While an engine is on its way that the expression
 * needs, everything passes; signals that were computed from this are computed again then.
 */
export function nameFilter(text: string): NameFilter {
  if (text === "") return { active: false, error: null, test: everything };
  const ignoreCase = !/[A-Z]/.test(text);
  const source = withoutNeedlessEscapes(text);
  const { error, test } = expressionTest(source, ignoreCase);
  return { active: true, error, test: test ?? everything };
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
