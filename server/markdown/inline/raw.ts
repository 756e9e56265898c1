/** What stands for itself: escaped characters, addresses in angle brackets, line breaks, tags and entities of HTML. */
import { Element } from "../element.ts";
import { SPACE } from "../python-text.ts";
import { AMPERSAND, ETX, STX } from "../stash.ts";
import type { Pattern } from "./pattern.ts";

const ESCAPABLE = new Set("\\`*_{}[]()>#+-.!|");

export const escaped: Pattern = {
  start: /\\([\s\S])/gu,
  read(match) {
    const character = match[1]!;
    const made = ESCAPABLE.has(character) ? `${STX}${character.codePointAt(0)}${ETX}` : null;
    return { made, start: match.index, end: match.index + match[0].length };
  },
};

const ESCAPED = new RegExp(`${STX}([0-9]+)${ETX}`, "g");

/** Text with its escaped characters as they are. */
export function unescaped(text: string): string {
  if (!text.includes(STX)) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCodePoint(Number(code)));
}

export const address: Pattern = {
  start: /<([A-Za-z][A-Za-z0-9+.-]*:\/\/[^<>]*)>/g,
  read(match, _text, { placeholders }) {
    const made = new Element("a");
    made.attributes.set("href", placeholders.asText(match[1]!));
    made.setAtomicText(match[1]!);
    return { made, start: match.index, end: match.index + match[0].length };
  },
};

/** Written as numbers, which once kept it from those who gather addresses. */
export const mailAddress: Pattern = {
  start: /<([^<> !]+@[^@<> ]+)>/g,
  read(match, _text, { placeholders }) {
    const mail = placeholders.asText(match[1]!).replace(/^mailto:/, "");
    const made = new Element("a");
    made.setAtomicText(asNumbers(mail, (code) => NAMES[code] ?? `#${code}`));
    made.attributes.set(
      "href",
      asNumbers(`mailto:${mail}`, (code) => `#${code}`),
    );
    return { made, start: match.index, end: match.index + match[0].length };
  },
};

/** Characters of HTML 4 that have a name, of those that addresses have. */
const NAMES: Readonly<Record<number, string>> = { 34: "quot", 38: "amp", 60: "lt", 62: "gt" };

const asNumbers = (text: string, name: (code: number) => string): string =>
  [...text].map((character) => `${AMPERSAND}${name(character.codePointAt(0)!)};`).join("");

export const lineBreak: Pattern = {
  start: / {2}\n/g,
  read: (match) => ({ made: new Element("br"), start: match.index, end: match.index + match[0].length }),
};

const NOT_QUOTED = `[^${SPACE}"'=<>]+`;
const ATTRIBUTES = `(?:[${SPACE}]+${NOT_QUOTED}(?:[${SPACE}]*=[${SPACE}]*(?:"[^"]*"|'[^']*'|${NOT_QUOTED}))?)*`;

/** Puts a piece of HTML aside as it was written. */
function rawHtml(start: RegExp): Pattern {
  return {
    start,
    read(match, _text, { stash, placeholders }) {
      const made = stash.store(unescaped(placeholders.asHtml(match[0])));
      return { made, start: match.index, end: match.index + match[0].length };
    },
  };
}

export const tag = rawHtml(
  new RegExp(
    `<(?:/?[a-zA-Z][^${SPACE}"'<>@]*${ATTRIBUTES}[${SPACE}]*/?|` +
      "!--(?:(?!<!--|-->)[\\s\\S])*--|" +
      "[?](?:(?!<[?]|[?]>)[\\s\\S])*[?]|" +
      "!\\[CDATA\\[(?:(?!<!\\[CDATA\\[|\\]\\]>)[\\s\\S])*\\]\\])>",
    "gu",
  ),
);
export const entity = rawHtml(/&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);/g);
