/** Regular expressions that take a time in proportion to the text, whatever they are: RE2's, and its limits. */
import { RE2JS } from "re2js";

/** A test of names; null where RE2 has no such thing, as looking ahead. */
export function compileLinear(source: string, ignoreCase: boolean): ((name: string) => boolean) | null {
  return compiled(() =>
    RE2JS.compile(RE2JS.translateRegExp(source), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0),
  );
}

/** The same for an expression that is in RE2's own words. */
export function compileRe2(source: string): ((name: string) => boolean) | null {
  return compiled(() => RE2JS.compile(source));
}

function compiled(compile: () => RE2JS): ((name: string) => boolean) | null {
  try {
    const expression = compile();
    return (name) => expression.test(name);
  } catch {
    return null;
  }
}
