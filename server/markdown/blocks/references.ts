/** Definitions of references, `[name]: address "title"`: kept, and not shown. */
import { hasText, LINE_END, LINE_START, SPACE, strip, stripOf } from "../python-text.ts";
import type { BlockKind, BlockParser } from "./parser.ts";

const DEFINITION = new RegExp(
  `${LINE_START}[ ]{0,3}\\[([^\\[\\]]*)\\]:[ ]*(?:\\n[ ]*)?([^${SPACE}]+)[ ]*(?:\\n[ ]*)?` +
    `(?:(["'])([^\\n]*)\\3[ ]*|\\(([^\\n]*)\\)[ ]*)?${LINE_END}`,
  "gu",
);

export const referenceDefinitions: BlockKind = {
  take(parser, _parent, blocks) {
    const block = blocks[0]!;
    const lines = definitionsIn(block);
    const first = lines[0];
    if (!first) return false;
    blocks.shift();
    for (const match of lines) define(parser, match);
    const last = lines.at(-1)!;
    const before = block.slice(0, first.index);
    const after = block.slice(last.index + last[0].length);
    if (hasText(after)) blocks.unshift(stripOf(after, "\n", "start"));
    if (hasText(before)) blocks.unshift(stripOf(before, "\n", "end"));
    return true;
  },
};

/** The first definition and those that directly follow it, a line each. */
function definitionsIn(block: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  let end = 0;
  for (const match of block.matchAll(DEFINITION)) {
    const between = block.slice(end, match.index);
    if (found.length > 0 && (stripOf(between, "\n") !== "" || match[0].includes("\n"))) break;
    found.push(match);
    end = match.index + match[0].length;
  }
  return found;
}

function define({ references }: BlockParser, [, name, address, , quoted, bracketed]: RegExpExecArray): void {
  const href = stripOf(stripOf(address!, "<", "start"), ">", "end");
  references.set(strip(name!).toLowerCase(), { href, title: quoted || bracketed || "" });
}
