/** Code, indented by four spaces. */
import { escapeCode } from "../element.ts";
import { rstrip } from "../python-text.ts";
import { dedentLines, INDENT } from "./indentation.ts";
import type { BlockKind } from "./parser.ts";

export const codeBlock: BlockKind = {
  take(_parser, parent, blocks) {
    if (!blocks[0]!.startsWith(INDENT)) return false;
    const { dedented, rest } = dedentLines(blocks.shift()!);
    const code = escapeCode(rstrip(dedented));
    const before = parent.last?.tag === "pre" ? parent.last.children[0] : undefined;
    if (before?.tag === "code") before.setAtomicText(`${before.text}\n${code}\n`);
    else parent.add("pre").add("code").setAtomicText(`${code}\n`);
    if (rest !== "") blocks.unshift(rest);
    return true;
  },
};
