/** Tags of HTML as Python's `html.parser` finds them, with what Python-Markdown changes in it. */
import { SPACE } from "../python-text.ts";

const MORE = `(?:[${SPACE}]|/(?!>))*`;
const AFTER_SPACE = `(?<=['"${SPACE}/])`;

const WHOLE_TAG = new RegExp(
  "<[a-zA-Z][^`\\t\\n\\r\\f />\\0]*" +
    `(?:[${SPACE}/]*(?:${AFTER_SPACE}[^\`${SPACE}/>][^${SPACE}/=>]*` +
    `(?:[${SPACE}]*=+[${SPACE}]*(?:'[^']*'|"[^"]*"|(?!['"])[^\`>${SPACE}]*)(?:[${SPACE}]*,)*)?${MORE})*)?[${SPACE}]*`,
  "uy",
);
const NAME = new RegExp(`([a-zA-Z][^\\t\\n\\r\\f />\\0]*)${MORE}`, "uy");
const ATTRIBUTE = new RegExp(
  `${AFTER_SPACE}[^${SPACE}/>][^${SPACE}/=>]*` +
    `(?:[${SPACE}]*=+[${SPACE}]*(?:'[^']*'|"[^"]*"|(?!['"])[^>${SPACE}]*))?${MORE}`,
  "uy",
);
const END_TAG = new RegExp(`</[${SPACE}]*([a-zA-Z][-.a-zA-Z0-9:_]*)[${SPACE}]*>`, "uy");

export interface Tag {
  /** In lower case. */
  readonly name: string;
  /** Index behind it. */
  readonly end: number;
}

export interface StartTag extends Tag {
  /** `malformed`: to be taken as text. */
  readonly kind: "open" | "empty" | "malformed";
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** The start tag at an index; null where none ends. */
export function startTagAt(text: string, index: number): StartTag | null {
  const end = endOfStartTag(text, index);
  if (end === null) return null;
  const named = matchAt(NAME, text, index + 1);
  if (!named) return null;
  let at = NAME.lastIndex;
  while (at < end && matchAt(ATTRIBUTE, text, at)) at = ATTRIBUTE.lastIndex;
  const rest = text.slice(at, end).trim();
  const kind = rest === ">" ? "open" : rest === "/>" ? "empty" : "malformed";
  return { name: named[1]!.toLowerCase(), end, kind };
}

function endOfStartTag(text: string, index: number): number | null {
  if (!matchAt(WHOLE_TAG, text, index)) return null;
  const end = WHOLE_TAG.lastIndex;
  const next = text[end] ?? "";
  if (next === ">") return end + 1;
  if (next === "/") return text.startsWith("/>", end) ? end + 2 : null;
  // In front of a value, or at the end of the text, a tag may still go on.
  return next === "" || /[a-zA-Z=]/.test(next) ? null : end;
}

/** The end tag at an index. `exact`: it has nothing but its name. Null where there is none. */
export function endTagAt(text: string, index: number): (Tag & { readonly exact: boolean }) | null {
  if (!/^<\/[a-zA-Z]/.test(text.slice(index, index + 3)) || !text.includes(">", index + 1)) return null;
  const exact = matchAt(END_TAG, text, index);
  if (exact) return { name: exact[1]!.toLowerCase(), end: END_TAG.lastIndex, exact: true };
  const named = matchAt(NAME, text, index + 2);
  if (!named) return null;
  return { name: named[1]!.toLowerCase(), end: text.indexOf(">", NAME.lastIndex) + 1, exact: false };
}
