/**
 * Regular expressions as Python's `re` understands them, which people write into layouts and filters. They are run by RE2,
 * which takes a time in proportion to the text, whatever the expression; what RE2 does not know, such as looking ahead and
 * back-references, is run by JavaScript, for so long as the request has time. Nothing that a log or a user writes stops
 * the server.
 */
import { RE2JS } from "re2js";
import { inlineFlags, JAVASCRIPT, RE2, translate } from "../../values/python-expression.ts";
import { badRequest } from "../http/errors.ts";
import { withinTime } from "../util/time-limit.ts";

/** Longest expression: to compile it takes some tens of milliseconds. */
const MOST_CHARACTERS = 2000;
/** Size of an expression times characters of text that RE2 may go over for a request: about a second's work at most. */
const MOST_WORK = 1e8;
/** How long JavaScript's expressions may run for a request. */
const LIMIT_MILLIS = 300;

/** What the expressions of one request may take, all together. */
export class ExpressionBudget {
  #work = MOST_WORK;
  #millis = LIMIT_MILLIS;

  /** @throws HttpError 400 when there is no more */
  spend(source: string, work: number): void {
    this.#work -= work;
    if (this.#work < 0) throw tooLong(source);
  }

  /** @throws HttpError 400 when there is no more, or the work takes longer */
  run<T>(source: string, work: () => T): T {
    const start = performance.now();
    const result =
      this.#millis > 0 ? withinTime(Math.ceil(this.#millis), () => ({ done: work() })) : undefined;
    this.#millis -= performance.now() - start;
    if (!result) throw tooLong(source);
    return result.done;
  }
}

const tooLong = (source: string) =>
  badRequest(`the regular expression ${source.slice(0, 100)} takes too long`);

/** An expression that is ready to be asked. Both throw HttpError 400 when the request's budget is spent. */
export interface PythonExpression {
  /** Whether it matches somewhere, as `re.search`. */
  search(text: string): boolean;
  /** Whether it matches at the start, as `re.match`. */
  match(text: string): boolean;
}

/**
 * Null when Python would not compile it either. Not understood of Python's own: conditional groups, possessive
 * repeats, atomic groups and verbose mode.
 *
 * @throws HttpError 400 when it is longer than any that people write
 */
export function pythonExpression(source: string, budget: ExpressionBudget): PythonExpression | null {
  if (source.length > MOST_CHARACTERS)
    throw badRequest(
      `the regular expression has ${source.length} characters, and ${MOST_CHARACTERS} are the most`,
    );
  const { body, flags } = inlineFlags(source);
  return linear(source, body, flags, budget) ?? backtracking(source, body, flags, budget);
}

function linear(
  source: string,
  body: string,
  flags: string,
  budget: ExpressionBudget,
): PythonExpression | null {
  const translated = translate(body, RE2);
  if (translated === null) return null;
  const compile = (text: string) => RE2JS.compile(flags === "" ? text : `(?${flags})${text}`);
  try {
    const anywhere = compile(translated);
    const atStart = compile(`\\A(?:${translated})`);
    const run = (expression: RE2JS, text: string) => {
      budget.spend(source, expression.programSize() * (1 + text.length));
      return expression.test(text);
    };
    return { search: (text) => run(anywhere, text), match: (text) => run(atStart, text) };
  } catch {
    return null;
  }
}

function backtracking(
  source: string,
  body: string,
  flags: string,
  budget: ExpressionBudget,
): PythonExpression | null {
  const translated = translate(body, JAVASCRIPT);
  if (translated === null) return null;
  try {
    const expression = new RegExp(translated, flags);
    const place = (text: string) => budget.run(source, () => expression.exec(text)?.index);
    return { search: (text) => place(text) !== undefined, match: (text) => place(text) === 0 };
  } catch {
    return null;
  }
}
