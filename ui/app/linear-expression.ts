/** Regular expressions that take a time in proportion to the text, whatever they are: RE2's, and its limits. */
import { RE2JS } from "re2js";

/** A test of texts; or why there is none, as where something is looked for ahead. */
export type Compiled =
  | { readonly test: (text: string) => boolean; readonly error: null }
  | { readonly test: null; readonly error: string };

export function compileLinear(source: string, ignoreCase: boolean): Compiled {
  return compiled(() =>
    RE2JS.compile(RE2JS.translateRegExp(source), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0),
  );
}

/** The same for an expression that is in RE2's own words. */
export function compileRe2(source: string): Compiled {
  return compiled(() => RE2JS.compile(source));
}

function compiled(compile: () => RE2JS): Compiled {
  try {
    const expression = compile();
    return { test: (text) => expression.test(text), error: null };
  } catch (error) {
    return { test: null, error: error instanceof Error ? error.message : String(error) };
  }
}
