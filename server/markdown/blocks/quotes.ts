/** Quotes: lines that begin with `>`, and those that follow them. */
import { strip } from "../python-text.ts";
import type { BlockKind } from "./parser.ts";

const QUOTED = /(^|\n)[ ]{0,3}>[ ]?([^\n]*)/;
/** Deeper than this `>` is text: stock stops where Python's stack would end. */
const DEEPEST = 250;

export const quote: BlockKind = {
  take(parser, parent, blocks) {
    const block = blocks[0]!;
    const match = QUOTED.exec(block);
    if (!match || parser.depth > DEEPEST) return false;
    blocks.shift();
    parser.parseBlocks(parent, [block.slice(0, match.index)]);
    const quoted = block.slice(match.index).split("\n").map(unquote).join("\n");
    const into = parent.last?.tag === "blockquote" ? parent.last : parent.add("blockquote");
    parser.within("quote", () => parser.parseText(into, quoted));
    return true;
  },
};

function unquote(line: string): string {
  if (strip(line) === ">") return "";
  return QUOTED.exec(line)?.index === 0 ? QUOTED.exec(line)![2]! : line;
}
