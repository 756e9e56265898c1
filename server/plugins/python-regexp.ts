/**
 * Regular expressions as Python's `re` understands them, which people write into layouts and filters. They are run by RE2,
 * which takes a time in proportion to the text, whatever the expression; what RE2 does not know, such as looking ahead and
 * back-references, is run by JavaScript, for so long as the request has time. Nothing that a log or a user writes stops
 * the server.
 */
import { RE2JS } from "re2js";
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
  const inline = /^\(\?([aimsu]+)\)/.exec(source);
  const body = inline ? source.slice(inline[0].length) : source;
  // `a` and `u` choose between ASCII and Unicode classes: the latter are what neither engine has.
  const flags = [...new Set(inline?.[1] ?? "")].filter((flag) => "ims".includes(flag)).join("");
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

/** How an engine spells what it does not spell as Python does. */
interface Dialect {
  readonly start: string;
  readonly end: string;
  readonly groupName: string;
  /** `[` in a set. */
  readonly bracket: string;
  /** A backspace in a set. */
  readonly backspace: string;
  /** Null where there are none. */
  readonly backReference: ((name: string) => string) | null;
  /** A character by four or eight digits. */
  readonly unicode: (digits: string) => string;
}

const JAVASCRIPT: Dialect = {
  start: "(?<![\\s\\S])",
  end: "(?![\\s\\S])",
  groupName: "(?<",
  bracket: "[",
  backspace: "\\b",
  backReference: (name) => `\\k<${name}>`,
  unicode: (digits) => `\\u${digits}`,
};
const RE2: Dialect = {
  start: "\\A",
  end: "\\z",
  groupName: "(?P<",
  bracket: "\\[",
  backspace: "\\x08",
  backReference: null,
  unicode: (digits) => `\\x{${digits}}`,
};

/** Escapes of letters that Python knows; it refuses the others. */
const PYTHON_ESCAPES = new Set("AbBdDsSwWZabfnrtvxuU".split(""));

/** Null where Python refuses it, or the dialect has no such thing. */
function translate(source: string, dialect: Dialect): string | null {
  let out = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const rest = source.slice(i);
    const char = source[i]!;
    if (char === "\\") {
      const next = source[++i];
      if (next === undefined || (/[a-zA-Z]/.test(next) && !PYTHON_ESCAPES.has(next))) return null;
      const digits = next === "u" ? /^\\u([0-9a-fA-F]{4})/.exec(rest)?.[1] : undefined;
      if (digits !== undefined) {
        out += dialect.unicode(digits);
        i += digits.length;
      } else if (/[1-9]/.test(next) && !inClass && dialect.backReference === null) return null;
      else out += escapeOf(next, inClass, dialect);
    } else if (inClass) {
      if (char === "]") inClass = false;
      // In a set Python takes "[" for itself.
      out += char === "[" ? dialect.bracket : char;
    } else if (char === "[") {
      inClass = true;
      // A "]" that comes first belongs to the set.
      const first = /^\[(\^?)(\]?)/.exec(rest)!;
      out += `[${first[1]}${first[2] ? "\\]" : ""}`;
      i += first[0].length - 1;
    } else if (rest.startsWith("(?P<")) {
      out += dialect.groupName;
      i += 3;
    } else if (rest.startsWith("(?P=")) {
      const name = /^\(\?P=(\w+)\)/.exec(rest);
      if (!name || dialect.backReference === null) return null;
      out += dialect.backReference(name[1]!);
      i += name[0].length - 1;
    } else if (rest.startsWith("(?#")) {
      const end = rest.indexOf(")");
      if (end < 0) return null;
      i += end;
    } else if (/^\(\?<[^=!]/.test(rest)) return null;
    else out += char;
  }
  return inClass ? null : out;
}

function escapeOf(letter: string, inClass: boolean, dialect: Dialect): string {
  if (letter === "A") return dialect.start;
  if (letter === "Z") return dialect.end;
  if (letter === "a") return "\\x07";
  if (letter === "b" && inClass) return dialect.backspace;
  // What is no letter stands for itself, and beyond ASCII nothing else can be meant.
  return letter > "\x7f" ? letter : `\\${letter}`;
}
