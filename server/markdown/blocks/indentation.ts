/** Indentation by four spaces. */
import { hasText } from "../python-text.ts";
import { TAB } from "../source/normalize.ts";

export const INDENT = " ".repeat(TAB);

/** The leading lines that are indented, or blank, without their indentation; and the lines after them. */
export function dedentLines(text: string): { readonly dedented: string; readonly rest: string } {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith(INDENT) && hasText(line));
  const count = end < 0 ? lines.length : end;
  const dedented = lines.slice(0, count).map((line) => (line.startsWith(INDENT) ? line.slice(TAB) : ""));
  return { dedented: dedented.join("\n"), rest: lines.slice(count).join("\n") };
}

/** Lines without so many levels of indentation, where they have them. */
export function dedentLoosely(text: string, levels = 1): string {
  const indent = INDENT.repeat(levels);
  return text
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}
