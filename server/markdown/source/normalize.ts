/** The source with lines, tabs and placeholders in order, so that all that follows need not think of them. */
import { expandTabs } from "../python-text.ts";
import { ETX, STX } from "../stash.ts";

/** Spaces of an indentation. */
export const TAB = 4;

export function normalize(source: string): string {
  const lines = source.replaceAll(STX, "").replaceAll(ETX, "").replace(/\r\n?/g, "\n");
  return expandTabs(`${lines}\n\n`, TAB).replace(/(?<=\n) +\n/g, "\n");
}
