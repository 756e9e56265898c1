/** Inline Markdown of a whole tree: in every text and tail the patterns one after the other, again in what they made. */
import type { Reference } from "../blocks/parser.ts";
import { Element } from "../element.ts";
import { searchFrom } from "../python-text.ts";
import type { HtmlStash } from "../stash.ts";
import type { Found, InlineContext, Pattern } from "./pattern.ts";
import { inlinePatterns } from "./patterns.ts";
import { Placeholders } from "./placeholders.ts";

/** Parses the texts of a tree, and puts the elements found into it. */
export function parseInline(
  root: Element,
  references: ReadonlyMap<string, Reference>,
  stash: HtmlStash,
): void {
  const placeholders = new Placeholders();
  const texts = new TextPatterns({ references, stash, placeholders });
  const queue = [root];
  for (const parent of queue) {
    const found: [Element, Element[]][] = [];
    // Elements that a tail holds come next in the same list.
    for (let i = 0; i < parent.children.length; i++) {
      const child = parent.children[i]!;
      if (child.text && !child.atomic) {
        child.text = texts.parse(child.text);
        const elements = placeholders.takeFromText(child);
        queue.push(...elements);
        found.push([child, elements]);
      }
      if (child.tail) {
        child.tail = texts.parse(child.tail);
        parent.children.splice(i + 1, 0, ...placeholders.takeFromTail(child));
      }
      if (child.children.length > 0) queue.push(child);
    }
    for (const [child, elements] of found) child.children.unshift(...elements);
  }
}

class TextPatterns {
  readonly #patterns = inlinePatterns();
  readonly #context: InlineContext;

  constructor(context: InlineContext) {
    this.#context = context;
  }

  /** The text with a placeholder for everything that a pattern made of it, from one of the patterns on. */
  parse(text: string, first = 0): string {
    let parsed = text;
    for (let i = first; i < this.#patterns.length; i++) parsed = this.#apply(i, parsed);
    return parsed;
  }

  #apply(index: number, text: string): string {
    const pattern = this.#patterns[index]!;
    const done: string[] = [];
    let rest = text;
    for (let from = 0; ; ) {
      const found = this.#find(pattern, rest, from);
      if (found === null) return done.join("") + rest;
      const { made, start, end } = found;
      from = end;
      if (made === null) continue;
      if (made instanceof Element) this.#parseWithin(made, index);
      const parsed = rest.slice(0, start) + this.#context.placeholders.store(made);
      rest = rest.slice(end);
      from = 0;
      if (pattern.looksBack) {
        rest = parsed + rest;
        from = parsed.length;
      } else done.push(parsed);
    }
  }

  #find({ start, read }: Pattern, text: string, from: number): Found | null {
    for (let match = searchFrom(start, text, from); match; ) {
      const found = read(match, text, this.#context);
      if (found) return found;
      match = searchFrom(start, text, match.index + match[0].length);
    }
    return null;
  }

  /** What is in an element that a pattern made is for the patterns after it; what is behind it for that one as well. */
  #parseWithin(element: Element, index: number): void {
    if (element.atomic) return;
    for (const child of [element, ...element.children]) {
      if (child.text && !child.atomic) child.text = this.parse(child.text, index + 1);
      if (child.tail) child.tail = this.parse(child.tail, index);
    }
  }
}
