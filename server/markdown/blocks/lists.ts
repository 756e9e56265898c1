/** Lists, tight and loose, nested by four spaces; items of both kinds may be mixed. */
import { Element } from "../element.ts";
import { lstrip } from "../python-text.ts";
import { TAB } from "../source/normalize.ts";
import { dedentLoosely, INDENT } from "./indentation.ts";
import type { BlockKind, BlockParser } from "./parser.ts";

const LISTS = new Set(["ul", "ol"]);

const ITEM = /^[ ]{0,3}(?:\p{Nd}+\.|[*+-])[ ]+([^\n]*)/u;
const INDENTED_ITEM = /^[ ]{4,7}(?:\p{Nd}+\.|[*+-])[ ]+/u;

export const orderedList = list("ol", /^[ ]{0,3}\p{Nd}+\.[ ]+/u);
export const unorderedList = list("ul", /^[ ]{0,3}[*+-][ ]+/);

function list(tag: string, start: RegExp): BlockKind {
  return {
    take(parser, parent, blocks) {
      if (!start.test(blocks[0]!)) return false;
      const items = itemsOf(blocks.shift()!);
      const into = listFor(tag, parser, parent, items);
      parser.within("list", () => {
        for (const item of items) {
          const isIndented = item.startsWith(INDENT) && into.last !== undefined;
          parser.parseBlocks(isIndented ? into.last! : into.add("li"), [item]);
        }
      });
      return true;
    },
  };
}

/** The list that items go into: the one before them, which is loose then, or a new one. */
function listFor(tag: string, parser: BlockParser, parent: Element, items: string[]): Element {
  const before = parent.last;
  if (before && LISTS.has(before.tag)) {
    const item = before.last;
    if (item) loosen(item);
    const next = before.add("li");
    const first = items.shift()!;
    parser.within("loose list", () => parser.parseBlocks(next, [first]));
    return before;
  }
  // The items of a list whose first one began in an item of its own.
  return LISTS.has(parent.tag) ? parent : parent.add(tag);
}

/** Puts an item's text, and what stands behind its last child, into paragraphs. */
function loosen(item: Element): void {
  textIntoParagraph(item);
  const { last } = item;
  if (last?.tail) {
    item.add("p").text = lstrip(last.tail);
    last.tail = "";
  }
}

function textIntoParagraph(item: Element): void {
  if (!item.text) return;
  const paragraph = new Element("p");
  paragraph.text = item.text;
  item.text = "";
  item.children.unshift(paragraph);
}

/** A block's items; indented ones stand for themselves. */
function itemsOf(block: string): string[] {
  const items: string[] = [];
  for (const line of block.split("\n")) {
    const content = ITEM.exec(line)?.[1];
    const last = items.at(-1);
    if (content !== undefined) items.push(content);
    else if (last === undefined) items.push(line);
    else if (INDENTED_ITEM.test(line) && !last.startsWith(INDENT)) items.push(line);
    else items[items.length - 1] = `${last}\n${line}`;
  }
  return items;
}

/** A block that is indented into the list before it, or into the item that it is in. */
export const indentedInList: BlockKind = {
  take(parser, parent, blocks) {
    const { last } = parent;
    const inItem = parent.tag === "li";
    if (!blocks[0]!.startsWith(INDENT) || parser.isIn("indented")) return false;
    if (!inItem && !(last && LISTS.has(last.tag))) return false;
    const block = blocks.shift()!;
    const { level, element } = levelOf(parser, parent, block);
    const text = dedentLoosely(block, level);
    parser.within("indented", () => {
      if (inItem) parser.parseBlocks(last && LISTS.has(last.tag) ? last : parent, [text]);
      else if (element.tag === "li") parser.parseBlocks(element, [text]);
      else if (element.last?.tag === "li") {
        textIntoParagraph(element.last);
        parser.parseText(element.last, text);
      } else parser.parseBlocks(element.add("li"), [text]);
    });
    return true;
  },
};

/** How many levels of the block's indentation are those of lists, and the element that they lead to. */
function levelOf(
  parser: BlockParser,
  parent: Element,
  block: string,
): { readonly level: number; readonly element: Element } {
  const indentation = Math.floor(/^ */.exec(block)![0].length / TAB);
  // In a tight list its item is the parent already.
  let level = parser.isIn("list") ? 1 : 0;
  let element = parent;
  while (indentation > level) {
    const child = element.last;
    if (!child || !(LISTS.has(child.tag) || child.tag === "li")) break;
    if (LISTS.has(child.tag)) level++;
    element = child;
  }
  return { level, element };
}
