/** HTML as a person sees it: elements and text, without what makes no difference. */
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Elements as nested lists, each with its attributes; text with its white space normalised. */
export type Seen = string | SeenElement;
export interface SeenElement extends ReadonlyArray<Seen> {
  readonly 0: string;
}

export function seenIn(html: string): readonly Seen[] {
  return contentOf(parseFragment(html).childNodes, false);
}

function contentOf(nodes: readonly Node[], preformatted: boolean): Seen[] {
  const content: Seen[] = [];
  for (const node of nodes) {
    const last = content.at(-1);
    if ("value" in node) {
      const text = preformatted ? node.value : node.value.replace(/\s+/g, " ");
      if (typeof last === "string") content[content.length - 1] = last + text;
      else content.push(text);
    } else if ("tagName" in node) content.push(...element(node, preformatted));
  }
  if (preformatted) return content;
  // White space at the edges of elements, and between blocks, is nowhere to be seen.
  return content
    .map((one, i) => (typeof one === "string" ? trimmed(one, content[i - 1], content[i + 1]) : one))
    .filter((one) => one !== "");
}

const BLOCKS = /^(?:p|ul|ol|li|pre|blockquote|h[1-6]|hr|br|table|thead|tbody|tr|td|th)\b/;
const isEdge = (neighbour: Seen | undefined): boolean =>
  neighbour === undefined || (typeof neighbour !== "string" && BLOCKS.test(neighbour[0]));

function trimmed(text: string, before: Seen | undefined, after: Seen | undefined): string {
  let result = text;
  if (isEdge(before)) result = result.trimStart();
  if (isEdge(after)) result = result.trimEnd();
  return result;
}

function element(
  { tagName, attrs, childNodes }: DefaultTreeAdapterTypes.Element,
  preformatted: boolean,
): Seen[] {
  const content = contentOf(childNodes, preformatted || tagName === "pre");
  // A loose list has more space, and the same in it.
  if (tagName === "p" && content.length === 0) return [];
  const name = [tagName, ...attrs.map(({ name, value }) => `${name}=${value}`).sort()].join(" ");
  return [[name, ...content]];
}

/** All elements in HTML, as a browser reads it, with their attributes. */
export function elementsIn(
  html: string,
): { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const found: ReturnType<typeof elementsIn> = [];
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (!("tagName" in node)) continue;
      found.push({
        name: node.tagName,
        attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
      });
      visit(node.childNodes);
    }
  };
  visit(parseFragment(html).childNodes);
  return found;
}
