/** Regular expressions that take a time in proportion to the text, whatever they are. Loaded by those who need it. */
import { RE2JS } from "re2js";
import type { Compile } from "./search.ts";

export const linearExpression: Compile = (expression) => {
  const compiled = RE2JS.compile(expression);
  return (text) => compiled.test(text);
};
