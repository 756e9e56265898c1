/** The last of it: line breaks where people expect them, escaped characters as they are, and the tree as HTML. */
import { type Element, toXhtml } from "./element.ts";
import { unescaped } from "./inline/raw.ts";
import { hasText, rstrip, strip } from "./python-text.ts";
import { AMPERSAND, type HtmlStash, isBlockLevel } from "./stash.ts";

/** The HTML of a document's root, with what was put aside. */
export function finish(root: Element, stash: HtmlStash): string {
  breakLines(root);
  for (const element of root.all()) finishElement(element);
  const html = toXhtml(root);
  const content = strip(html.slice("<div>".length, html.lastIndexOf("</div>")));
  return strip(stash.restore(content).replaceAll(AMPERSAND, "&"));
}

function breakLines(element: Element): void {
  const { tag, children } = element;
  if (isBlockLevel(tag) && tag !== "code" && tag !== "pre") {
    const [first] = children;
    if (!hasText(element.text) && first && isBlockLevel(first.tag)) element.text = "\n";
    for (const child of children) if (isBlockLevel(child.tag)) breakLines(child);
  }
  if (!hasText(element.tail)) element.tail = "\n";
}

function finishElement(element: Element): void {
  const { tag, children, attributes } = element;
  if (tag === "br") element.tail = hasText(element.tail) ? `\n${element.tail}` : "\n";
  const [code] = children;
  if (tag === "pre" && code?.tag === "code" && code.children.length === 0 && code.text !== null)
    code.setAtomicText(`${rstrip(code.text)}\n`);
  if (element.text && tag !== "code") element.text = unescaped(element.text);
  if (element.tail) element.tail = unescaped(element.tail);
  for (const [name, value] of attributes) attributes.set(name, unescaped(value));
}
