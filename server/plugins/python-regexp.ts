/**
 * Regular expressions as Python's `re` understands them, which people write into layouts and filters. They are run
 * with a time limit: one that backtracks for ever, from a log or from a user, must not stop the server.
 */
import { badRequest } from "../http/errors.ts";
import { withinTime } from "../util/time-limit.ts";

const LIMIT_MILLIS = 1000;

/**
 * Null when Python would not compile it either. Not understood of Python's own: conditional groups, possessive
 * repeats, atomic groups and verbose mode.
 */
export function pythonRegExp(source: string): RegExp | null {
  const inline = /^\(\?([aimsu]+)\)/.exec(source);
  const body = translate(inline ? source.slice(inline[0].length) : source);
  if (body === null) return null;
  // `a` and `u` choose between ASCII and Unicode classes: the latter are what JavaScript does not have.
  const flags = [...new Set(inline?.[1] ?? "")].filter((flag) => "ims".includes(flag)).join("");
  try {
    return new RegExp(body, flags);
  } catch {
    return null;
  }
}

/** Escapes of letters that Python knows; it refuses the others. */
const PYTHON_ESCAPES = new Set("AbBdDsSwWZabfnrtvxuU".split(""));

function translate(source: string): string | null {
  let out = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const rest = source.slice(i);
    const char = source[i]!;
    if (char === "\\") {
      const next = source[++i];
      if (next === undefined || (/[a-zA-Z]/.test(next) && !PYTHON_ESCAPES.has(next))) return null;
      out += escapeOf(next);
    } else if (inClass) {
      if (char === "]") inClass = false;
      // In a set Python takes "[" for itself, and so does JavaScript.
      out += char;
    } else if (char === "[") {
      inClass = true;
      // A "]" that comes first belongs to the set.
      const first = /^\[(\^?)(\]?)/.exec(rest)!;
      out += `[${first[1]}${first[2] ? "\\]" : ""}`;
      i += first[0].length - 1;
    } else if (rest.startsWith("(?P<")) {
      out += "(?<";
      i += 3;
    } else if (rest.startsWith("(?P=")) {
      const name = /^\(\?P=(\w+)\)/.exec(rest);
      if (!name) return null;
      out += `\\k<${name[1]}>`;
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

function escapeOf(letter: string): string {
  if (letter === "A") return "(?<![\\s\\S])";
  if (letter === "Z") return "(?![\\s\\S])";
  if (letter === "a") return "\\x07";
  return `\\${letter}`;
}

/**
 * Where each text has its first match, -1 where there is none.
 *
 * @throws HttpError 400 when it takes too long
 */
export function firstMatches(regexp: RegExp, texts: readonly string[]): number[] {
  const places = withinTime(LIMIT_MILLIS, () => texts.map((text) => regexp.exec(text)?.index ?? -1));
  if (!places) throw badRequest(`the regular expression ${regexp} takes too long`);
  return places;
}
