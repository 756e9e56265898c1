/** Links and images, with their address behind them or defined elsewhere. */
import { Element } from "../element.ts";
import { SPACE, strip } from "../python-text.ts";
import { destinationAt } from "./destination.ts";
import type { Found, InlineContext, Pattern } from "./pattern.ts";

/** Makes the element of an address, a title where there is one, and a text. */
type Make = (href: string, title: string | null, text: string, context: InlineContext) => Element;

const makeLink: Make = (href, title, text) => {
  const made = new Element("a");
  made.attributes.set("href", href);
  if (title !== null) made.attributes.set("title", title);
  made.text = text;
  return made;
};

const makeImage: Make = (src, title, text, { placeholders }) => {
  const made = new Element("img");
  made.attributes.set("src", src);
  if (title !== null) made.attributes.set("title", title);
  made.attributes.set("alt", placeholders.asText(text));
  return made;
};

const ONE_SPACE = new RegExp(`[${SPACE}]`, "gu");
const SPACES = new RegExp(`[${SPACE}]+`, "gu");

const LINK = /(?<!!)\[/g;
const IMAGE = /!\[/g;

export const link = direct(LINK, makeLink);
export const image = direct(IMAGE, makeImage);
export const linkReference = referring(LINK, makeLink, nameBehind);
export const imageReference = referring(IMAGE, makeImage, nameBehind);
export const shortReference = referring(LINK, makeLink, ownName);
export const shortImageReference = referring(IMAGE, makeImage, ownName);

/** `[text](address "title")` */
function direct(start: RegExp, make: Make): Pattern {
  return {
    start,
    read(match, text, context): Found | null {
      const bracketed = bracketedFrom(text, match.index + match[0].length);
      const destination = bracketed && destinationAt(text, bracketed.end);
      if (!destination) return null;
      const { placeholders } = context;
      const title =
        destination.title === null ? null : titleOf(placeholders.asText(strip(destination.title)));
      const href = strip(placeholders.asText(destination.href));
      return { made: make(href, title, bracketed.text, context), start: match.index, end: destination.end };
    },
  };
}

/** Without the quotes around it; white space in it is a space. */
function titleOf(text: string): string {
  const isQuoted = ['"', "'"].some((mark) => text.startsWith(mark) && text.endsWith(mark));
  const quoted = isQuoted ? text.slice(1, -1) : text;
  return quoted.replace(ONE_SPACE, " ");
}

/** Reads which name a reference has, from behind its text. */
type ReadName = (
  text: string,
  at: number,
  own: string,
) => { readonly name: string; readonly end: number } | null;

const NAME = new RegExp(`[${SPACE}]?\\[([^\\]]*)\\]`, "uy");

/** `[text][name]`; the text itself where the brackets are empty. */
function nameBehind(text: string, at: number, own: string): ReturnType<ReadName> {
  NAME.lastIndex = at;
  const match = NAME.exec(text);
  return match && { name: (match[1] || own).toLowerCase(), end: NAME.lastIndex };
}

function ownName(_text: string, at: number, own: string): ReturnType<ReadName> {
  return { name: own.toLowerCase(), end: at };
}

function referring(start: RegExp, make: Make, readName: ReadName): Pattern {
  return {
    start,
    read(match, text, context): Found | null {
      const bracketed = bracketedFrom(text, match.index + match[0].length);
      const named = bracketed && readName(text, bracketed.end, bracketed.text);
      if (!named) return null;
      const reference = context.references.get(named.name.replace(SPACES, " "));
      const made = reference ? make(reference.href, reference.title || null, bracketed.text, context) : null;
      return { made, start: match.index, end: named.end };
    },
  };
}

/** The text up to the bracket that closes, with pairs of brackets in it; null where none closes. */
function bracketedFrom(text: string, from: number): { readonly text: string; readonly end: number } | null {
  let open = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "[") open++;
    if (text[i] === "]" && --open === 0) return { text: text.slice(from, i), end: i + 1 };
  }
  return null;
}
