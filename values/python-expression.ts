/** Regular expressions of Python's `re` in the words of other engines: layouts and filters are written in them. */

/** The flags that an expression begins with, as in `(?i)loss`, and the rest of it. */
export function inlineFlags(source: string): { readonly body: string; readonly flags: string } {
  const inline = /^\(\?([aimsu]+)\)/.exec(source);
  const body = inline ? source.slice(inline[0].length) : source;
  // `a` and `u` choose between ASCII and Unicode classes: the latter are what neither engine has.
  const flags = [...new Set(inline?.[1] ?? "")].filter((flag) => "ims".includes(flag)).join("");
  return { body, flags };
}

/** How an engine spells what it does not spell as Python does. */
export interface Dialect {
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

export const JAVASCRIPT: Dialect = {
  start: "(?<![\\s\\S])",
  end: "(?![\\s\\S])",
  groupName: "(?<",
  bracket: "[",
  backspace: "\\b",
  backReference: (name) => `\\k<${name}>`,
  unicode: (digits) => `\\u${digits}`,
};
export const RE2: Dialect = {
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

/** An expression of Python in another dialect; null where Python refuses it, or the dialect has no such thing. */
export function translate(source: string, dialect: Dialect): string | null {
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
