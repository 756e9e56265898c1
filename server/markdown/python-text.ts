/** Text as Python sees it: what counts as white space, as a word or as a digit, and how lines end. */

/** White space of `str.isspace` and of `\s`, for a character class. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/** Letters, digits and `_`: Python's `\w`. */
export const WORD = "\\p{L}\\p{N}_";
/** Python's `$` without a flag: the end, or before a line feed that is the last character. */
export const END = "(?=\\n?(?![\\s\\S]))";
/** Python's `^` and `$` in multi-line mode: only line feeds end lines. */
export const LINE_START = "(?<![^\\n])";
export const LINE_END = "(?![^\\n])";

const LEADING = new RegExp(`^[${SPACE}]+`, "u");
const TRAILING = new RegExp(`[${SPACE}]+$`, "u");

export const lstrip = (text: string): string => text.replace(LEADING, "");
export const strip = (text: string): string => rstrip(lstrip(text));

export function rstrip(text: string): string {
  // A long run of spaces in the middle would be tried from each of its characters.
  let end = text.length;
  while (end > 0 && TRAILING.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Without any of some characters at its ends. */
export function stripOf(text: string, characters: string, where: "both" | "start" | "end" = "both"): string {
  let [start, end] = [0, text.length];
  if (where !== "end") while (start < end && characters.includes(text[start]!)) start++;
  if (where !== "start") while (end > start && characters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

const NO_SPACE = new RegExp(`[^${SPACE}]`, "u");

/** Whether there is anything but white space. */
export const hasText = (text: string | null): text is string => text !== null && NO_SPACE.test(text);

/** Tabs as spaces up to the next column that divides by `size` (`str.expandtabs`). */
export function expandTabs(text: string, size: number): string {
  if (!text.includes("\t")) return text;
  const lines = text.split(/([\n\r])/).map((line) => {
    let column = 0;
    return line.replace(/[^\t]+|\t/gu, (part) => {
      if (part !== "\t") {
        column += [...part].length;
        return part;
      }
      const spaces = size - (column % size);
      column += spaces;
      return " ".repeat(spaces);
    });
  });
  return lines.join("");
}

/** The first match at or after an index, its place known; null when there is none. */
export function searchFrom(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  const flags = pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`;
  const search = pattern.global ? pattern : new RegExp(pattern.source, flags);
  search.lastIndex = index;
  return search.exec(text);
}
