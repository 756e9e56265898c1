/** Code between backticks: as many behind it as before it, or as many as can be had. */
import { Element, escapeCode } from "../element.ts";
import { strip } from "../python-text.ts";
import { ETX, STX } from "../stash.ts";
import type { Pattern } from "./pattern.ts";

const ESCAPED_BACKSLASH = `${STX}92${ETX}`;

export const codeSpan: Pattern = {
  start: /(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`/g,
  read(match, text) {
    const start = match.index;
    const backslashes = match[1];
    if (backslashes !== undefined) {
      const made = backslashes.replaceAll("\\\\", ESCAPED_BACKSLASH);
      return { made, start, end: start + backslashes.length };
    }
    const span = spanFrom(start, text);
    // Python-Markdown goes on as far behind the backticks as they are many.
    if (span.close === null) return { made: null, start, end: span.open + (span.open - start) };
    const code = new Element("code");
    code.setAtomicText(escapeCode(strip(text.slice(span.open, span.close))));
    return { made: code, start, end: span.close + (span.open - start) };
  },
};

/** Where the code between backticks starts, and where it ends; null where it does not end. */
function spanFrom(start: number, text: string): { readonly open: number; readonly close: number | null } {
  const ticks = runLength(text, start);
  const open = start + ticks;
  let longest = 0;
  let longestEnd = 0;
  for (let i = text.indexOf("`", open); i >= 0; i = text.indexOf("`", i)) {
    const length = runLength(text, i);
    i += length;
    if (length === ticks) return { open, close: i - length };
    if (length > longest) [longest, longestEnd] = [length, i];
  }
  // Some of the opening backticks are text, then.
  if (longest > 0 && longest < ticks) return { open: open - (ticks - longest), close: longestEnd - longest };
  return { open, close: null };
}

function runLength(text: string, from: number): number {
  let end = from;
  while (text[end] === "`") end++;
  return end - from;
}
