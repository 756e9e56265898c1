/**
 * The regular expressions of layouts, which are Python's and match from the start of a tag, as a test of tags or as a
 * sentence about what is wrong. Whatever the expression, the page goes on.
 */
import { inlineFlags, JAVASCRIPT, RE2, translate } from "../../values/python-expression.ts";
import { explain, expressionEngine, impossible, lengthError } from "./expression-engine.ts";
import { nativeForm } from "./native-expression.ts";

export interface TagExpression {
  /** What is wrong with it; null when it is fine. A bad one matches nothing. */
  readonly error: string | null;
  test(tag: string): boolean;
}

const nothing = (): boolean => false;

/** While an engine is on its way that the expression needs, nothing matches; computed signals are computed again then. */
export function tagExpression(source: string): TagExpression {
  const tooLong = lengthError(source);
  if (tooLong !== null) return { error: tooLong, test: nothing };
  const { body, flags } = inlineFlags(source);
  const plain = translate(body, JAVASCRIPT);
  const linear = translate(body, RE2);
  if (plain === null)
    return { error: "Not a regular expression: an escape or a set that Python does not know", test: nothing };
  try {
    const expression = new RegExp(`(?<![\\s\\S])(?:${plain})`, flags);
    if (nativeForm(plain, { atStart: true, unicode: false }) !== null)
      return { error: null, test: (tag) => expression.test(tag) };
  } catch (error) {
    return { error: explain(error), test: nothing };
  }
  const engine = expressionEngine();
  if (engine === null) return { error: null, test: nothing };
  const prefix = flags === "" ? "" : `(?${flags})`;
  const { test, error } =
    linear === null
      ? { test: null, error: "to refer to a group" }
      : engine.compileRe2(`${prefix}\\A(?:${linear})`);
  return { error: error === null ? null : impossible(source, error), test: test ?? nothing };
}
