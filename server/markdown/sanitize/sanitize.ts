/**
 * HTML that is safe to show, from any: the elements that stock TensorBoard lets through, closed and nested as a
 * browser would, and everything else as text. What comes out is, to the letter, what bleach makes of it in stock.
 */
import type { DefaultTreeAdapterTypes } from "parse5";
import { atAmpersands, decodeReference, referenceAt } from "./entities.ts";
import { parse5 } from "./libraries.ts";
import { type Piece, piecesOf } from "./tags.ts";
import { isAllowedAddress } from "./uri.ts";

export function sanitize(html: string): string {
  const pieces = [...piecesOf(html.replace(/\r\n?/g, "\n"))];
  // A browser's parser nests and closes; entities are kept from it, so that they stay as they were written.
  const { defaultTreeAdapter, parseFragment, html: specification } = parse5();
  const context = defaultTreeAdapter.createElement("div", specification.NS.HTML, []);
  return serializeAll(parseFragment(context, pieces.map(asHtml).join(""), {}).childNodes);
}

function asHtml(piece: Piece): string {
  switch (piece.kind) {
    case "text":
      return escapeAll(piece.text);
    case "start": {
      const attributes = [...piece.attributes].map(([name, value]) => ` ${name}="${escapeAll(value)}"`);
      return `<${piece.name}${attributes.join("")}>`;
    }
    case "end":
      return `</${piece.name}>`;
    case "comment":
      return "<!---->";
  }
}

const escapeAll = (text: string): string => escapeText(text).replaceAll('"', "&quot;");

const VOID = new Set(["br", "hr", "img"]);

function serializeAll(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string {
  return nodes.map(serialize).join("");
}

function serialize(node: DefaultTreeAdapterTypes.ChildNode): string {
  if ("value" in node) return serializeText(node.value);
  if (!("tagName" in node)) return "";
  const { tagName, attrs, childNodes } = node;
  const start = `<${tagName}${attrs.map(({ name, value }) => serializeAttribute(name, value)).join("")}>`;
  return VOID.has(tagName) ? start : `${start}${serializeAll(childNodes)}</${tagName}>`;
}

/** Characters that nobody sees, but for those of line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
const INVISIBLE = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

function serializeText(text: string): string {
  const [, before = "", content = "", after = ""] =
    /^([\t\n\f \r]*)([\s\S]*?)([\t\n\f \r]*)$/.exec(text) ?? [];
  return before + [...atAmpersands(content.replace(INVISIBLE, "?"))].map(serializePart).join("") + after;
}

/** A piece of text, of which only the first character may be an ampersand: that of an entity stays. */
function serializePart(part: string): string {
  const name = part.startsWith("&") ? referenceAt(part) : null;
  return name === null ? escapeText(part) : `&${name};${escapeText(part.slice(name.length + 2))}`;
}

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function serializeAttribute(name: string, value: string): string {
  if ((name === "href" || name === "src") && !isAllowedAddress(value)) return "";
  // As html5lib has it: apostrophes around a value with quotes. All its ampersands are escaped, which bleach undoes
  // only between quotes.
  if (value.includes('"') && !value.includes("'"))
    return ` ${name}='${value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}'`;
  const parts = [...atAmpersands(value.replaceAll("<", "&lt;").replaceAll('"', "&quot;"))];
  return ` ${name}="${parts.map(attributePart).join("")}"`;
}

function attributePart(part: string): string {
  const name = part.startsWith("&") ? referenceAt(part) : null;
  if (name === null || decodeReference(name) === null) return part.replace(/^&/, "&amp;");
  return part;
}
