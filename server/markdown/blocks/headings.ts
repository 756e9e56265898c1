/** Headings: by number signs, on any line of a block, or underlined. */
import { strip } from "../python-text.ts";
import { dedentLoosely } from "./indentation.ts";
import type { BlockKind } from "./parser.ts";

const HEADING = /(?:^|\n)(#{1,6})((?:\\[^\n]|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)/u;

export const headings: BlockKind = {
  take(parser, parent, blocks) {
    const block = blocks[0]!;
    const match = HEADING.exec(block);
    if (!match) return false;
    blocks.shift();
    const before = block.slice(0, match.index);
    const after = block.slice(match.index + match[0].length);
    if (before !== "") parser.parseBlocks(parent, [before]);
    parent.add(`h${match[1]!.length}`).text = strip(match[2]!);
    // In an item of a loose list the lines after it are indented as the item is.
    if (after !== "") blocks.unshift(parser.isIn("loose list") ? dedentLoosely(after) : after);
    return true;
  },
};

const UNDERLINED = /^[^\n]*\n(?:=+|-+)[ ]*(?:\n|$)/;

export const setextHeading: BlockKind = {
  take(_parser, parent, blocks) {
    if (!UNDERLINED.test(blocks[0]!)) return false;
    const [title, underline, ...rest] = blocks.shift()!.split("\n");
    parent.add(underline!.startsWith("=") ? "h1" : "h2").text = strip(title!);
    if (rest.length > 0) blocks.unshift(rest.join("\n"));
    return true;
  },
};
