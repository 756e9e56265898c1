/** Paragraphs, the blank lines between them, and rules. */
import { hasText, LINE_END, LINE_START, lstrip, stripOf } from "../python-text.ts";
import type { BlockKind } from "./parser.ts";

/** Blank lines: nothing, but between two pieces of code, which are one. */
export const emptyBlock: BlockKind = {
  take(_parser, parent, blocks) {
    const block = blocks[0]!;
    if (block !== "" && !block.startsWith("\n")) return false;
    blocks.shift();
    if (block.length > 1) blocks.unshift(block.slice(1));
    const code = parent.last?.tag === "pre" ? parent.last.children[0] : undefined;
    if (code?.tag === "code") code.setAtomicText(`${code.text}${block === "" ? "\n\n" : "\n"}`);
    return true;
  },
};

const RULE = new RegExp(
  `${LINE_START}[ ]{0,3}(?=((?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\\*+[ ]{0,2}){3,}))\\1[ ]*${LINE_END}`,
);

export const rule: BlockKind = {
  take(parser, parent, blocks) {
    const block = blocks[0]!;
    const match = RULE.exec(block);
    if (!match) return false;
    blocks.shift();
    const before = stripOf(block.slice(0, match.index), "\n", "end");
    const after = stripOf(block.slice(match.index + match[0].length), "\n", "start");
    if (before !== "") parser.parseBlocks(parent, [before]);
    parent.add("hr");
    if (after !== "") blocks.unshift(after);
    return true;
  },
};

/** Everything else. In a tight list it is the item's own text. */
export const paragraph: BlockKind = {
  take(parser, parent, blocks) {
    const block = blocks.shift()!;
    if (!hasText(block)) return true;
    const { last } = parent;
    if (!parser.isIn("list")) parent.add("p").text = lstrip(block);
    // Behind a heading, say, that no blank line follows.
    else if (last) last.tail = last.tail ? `${last.tail}\n${block}` : `\n${block}`;
    else parent.text = parent.text ? `${parent.text}\n${block}` : lstrip(block);
    return true;
  },
};
