/**
 * Markdown as stock TensorBoard has it: what the Python library Markdown 3.11 makes of a text with its extensions
 * `tables` and `fenced_code`. It is older than CommonMark and differs from it nearly everywhere: in what ends a list,
 * a paragraph or a quote, in emphasis, tables, code and HTML. The modules of this folder follow its processors one by
 * one, with their oddities; test/server/markdown compares the two on thousands of texts.
 *
 * Derived from Python-Markdown, whose licence is in the file LICENSE.
 */
import { BlockParser } from "./blocks/parser.ts";
import { finish } from "./finish.ts";
import { parseInline } from "./inline/inline.ts";
import { hasText } from "./python-text.ts";
import { takeFences } from "./source/fences.ts";
import { takeHtmlBlocks } from "./source/html-blocks.ts";
import { normalize } from "./source/normalize.ts";
import { HtmlStash } from "./stash.ts";

/** HTML of a Markdown text, with whatever HTML the text has: not to be shown before it is sanitised. */
export function markdownToHtml(text: string): string {
  if (!hasText(text)) return "";
  const stash = new HtmlStash();
  const source = takeHtmlBlocks(takeFences(normalize(text), stash), stash);
  const parser = new BlockParser();
  const root = parser.parseDocument(source);
  parseInline(root, parser.references, stash);
  return finish(root, stash);
}
