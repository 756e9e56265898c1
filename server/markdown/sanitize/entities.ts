/** Named and numbered characters in HTML that was not decoded: which ones are left as they are. */
import { characterEntities } from "./libraries.ts";

/** Latin-1 from U+00A0 on: names that are known without a semicolon as well. */
export const LATIN_1 = (
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
  "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
  "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
  "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml"
).split(" ");

/** The only names that bleach decodes where it decodes at all: those that are known without a semicolon. */
const DECODED = new Set([...LATIN_1, ..."amp lt gt quot AMP LT GT QUOT COPY REG".split(" ")]);

const ENDS = "<&=; \t\n\r\v\f";

/** Everything that a name may begin with, made when the first name comes. */
let prefixes: Set<string> | undefined;

function beginsName(text: string): boolean {
  prefixes ??= new Set(
    Object.keys(characterEntities()).flatMap((name) => Array.from(name, (_, i) => name.slice(0, i + 1))),
  );
  return prefixes.has(text);
}

/** The name or number in a reference that begins a text, `&name;`; null where it is none. */
export function referenceAt(text: string): string | null {
  // One character that is no digit is passed over, and stands for the semicolon then.
  if (text[1] === "#") return /^&(#(?:[xX][0-9a-fA-F]*|[0-9]*))[^<&=; \t-\r]?;/.exec(text)?.[1] ?? null;
  for (let end = 1; end < text.length && !ENDS.includes(text[end]!); end++)
    if (!beginsName(text.slice(1, end + 1))) return null;
  const name = /^&([a-zA-Z0-9]+);/.exec(text)?.[1];
  return name !== undefined && beginsName(name) ? name : null;
}

/** The character of a name or number; null where bleach has none. */
export function decodeReference(name: string): string | null {
  if (!name.startsWith("#")) return DECODED.has(name) ? characterEntities()[name]! : null;
  const digits = name.slice(/^#x/i.test(name) ? 2 : 1);
  if (digits === "") return null;
  const code = Number.parseInt(digits, /^#x/i.test(name) ? 16 : 10);
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : null;
}

/** A text in pieces: what has no ampersand, then what begins with each. */
export function* atAmpersands(text: string): Generator<string> {
  for (const [i, part] of text.split("&").entries())
    if (i > 0 || part !== "") yield i === 0 ? part : `&${part}`;
}
