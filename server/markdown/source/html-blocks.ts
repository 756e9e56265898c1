/**
 * Blocks of HTML in the source, put aside before Markdown reads the rest. Walks through the text as
 * Python-Markdown's `HTMLExtractor` does, down to where it loses its place.
 */
import { SPACE, searchFrom } from "../python-text.ts";
import { type HtmlStash, isBlockLevel } from "../stash.ts";
import { endTagAt, startTagAt } from "./tags.ts";

/** Elements whose content is text up to their end tag. */
const RAW_TEXT = new Set(["script", "style"]);
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const CHARACTER_REFERENCE = /&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]/y;
const ENTITY_REFERENCE = /&([a-zA-Z][-.a-zA-Z0-9]*);/y;
/** A blank line right after a block, and one inside a text. */
const BLANK_LINES = /^(?:[ ]*\n){2}/;
const INNER_BLANK_LINE = /\n[ \t]*\n/;

/** The text with every block of HTML put aside. */
export function takeHtmlBlocks(source: string, stash: HtmlStash): string {
  return new HtmlBlocks(source, stash).take();
}

class HtmlBlocks {
  readonly #stash: HtmlStash;
  readonly #clean: string[] = [];
  /** What is left to read, and where. */
  #text: string;
  #at = 0;
  #line = 1;
  #column = 0;
  /** Where lines start, as far as was asked. */
  readonly #lineStarts = [0];
  /** In a block of HTML: its open elements, and its pieces. */
  #inBlock = false;
  readonly #open: string[] = [];
  #block: string[] = [];
  /** Behind a block, on its last line. */
  #behindBlock = false;
  /** Inline elements that are open in this paragraph. */
  #inline: string[] = [];
  /** Element whose content is text. */
  #rawText: string | null = null;

  constructor(source: string, stash: HtmlStash) {
    this.#text = source;
    this.#stash = stash;
  }

  take(): string {
    this.#walk(false);
    // What waited for more text, which never comes. Places are counted on from here in what is left.
    this.#text = this.#text.slice(this.#at);
    this.#at = 0;
    this.#walk(true);
    if (this.#at < this.#text.length) this.#data(this.#text.slice(this.#at));
    if (this.#block.length > 0) this.#clean.push(this.#stash.store(this.#block.join("")));
    return this.#clean.join("");
  }

  #walk(final: boolean): void {
    const { length } = this.#text;
    while (this.#at < length) {
      const next = this.#interesting();
      if (next === null) break;
      if (this.#at < next) this.#data(this.#text.slice(this.#at, next));
      this.#moveTo(next);
      if (next === length) break;
      const end = this.#text[next] === "<" ? this.#tag(next, final) : this.#reference(next);
      if (end === null) break;
      this.#moveTo(end);
      // A number that is no character's ends the walk: the rest is read anew, or is text.
      if (this.#text.startsWith("&#", next) && end === next + 2) break;
    }
    if (final && this.#at < length && this.#rawText === null) {
      this.#data(this.#text.slice(this.#at));
      this.#moveTo(length);
    }
  }

  /** The next `<` or `&`, or the end of raw text; null where that does not end. */
  #interesting(): number | null {
    if (this.#rawText === null) return searchFrom(/[&<]/, this.#text, this.#at)?.index ?? this.#text.length;
    const end = new RegExp(`</[${SPACE}]*${this.#rawText}[${SPACE}]*>`, "iu");
    return searchFrom(end, this.#text, this.#at)?.index ?? null;
  }

  /** Takes what a `<` begins; gives where it ends, null where that is not known yet. */
  #tag(at: number, final: boolean): number | null {
    const text = this.#text;
    const end = this.#markup(at);
    if (end !== null || !final) return end;
    const close = text.indexOf(">", at + 1);
    const open = text.indexOf("<", at + 1);
    const behind = close >= 0 ? close + 1 : open >= 0 ? open : at + 1;
    this.#data(text.slice(at, behind));
    return behind;
  }

  #markup(at: number): number | null {
    const text = this.#text;
    if (text.startsWith("</>", at)) return this.#dataTo(at, at + 3);
    if (/^<[a-zA-Z]/.test(text.slice(at, at + 2))) return this.#startTag(at);
    if (text.startsWith("</", at)) return this.#endTag(at);
    if (text.startsWith("<!--", at)) return this.#comment(at);
    if (text.startsWith("<?", at)) return this.#instruction(at);
    if (text.startsWith("<!", at)) return this.#declaration(at);
    return at + 1 < text.length ? this.#dataTo(at, at + 1) : null;
  }

  /** Takes what an `&` begins. */
  #reference(at: number): number | null {
    const text = this.#text;
    if (text.startsWith("&#", at)) {
      CHARACTER_REFERENCE.lastIndex = at;
      const match = CHARACTER_REFERENCE.exec(text);
      if (!match) return text.includes(";", at) ? this.#dataTo(at, at + 2) : null;
      this.#emptyTag(`${match[0].slice(0, -1)};`, false);
      return CHARACTER_REFERENCE.lastIndex - (match[0].endsWith(";") ? 0 : 1);
    }
    ENTITY_REFERENCE.lastIndex = at;
    const match = ENTITY_REFERENCE.exec(text);
    if (!match) return at + 1 < text.length ? this.#dataTo(at, at + 1) : null;
    this.#emptyTag(match[0], false);
    return ENTITY_REFERENCE.lastIndex;
  }

  #startTag(at: number): number {
    const tag = startTagAt(this.#text, at);
    if (!tag) return this.#dataTo(at, at + 1);
    const { name, end, kind } = tag;
    const source = this.#text.slice(at, end);
    if (kind === "malformed") return this.#dataTo(at, end);
    if (kind === "empty" || name === "hr") this.#emptyTag(source, isBlockLevel(name));
    else this.#openTag(name, source);
    return end;
  }

  #openTag(name: string, source: string): void {
    if (isBlockLevel(name) && (this.#behindBlock || (this.#atLineStart() && !this.#inBlock))) {
      this.#inBlock = true;
      this.#clean.push("\n");
    }
    if (RAW_TEXT.has(name)) this.#rawText = name;
    if (this.#inBlock) {
      this.#open.push(name);
      this.#block.push(source);
      return;
    }
    this.#clean.push(source);
    if (!isBlockLevel(name) && !VOID.has(name)) this.#inline.push(name);
    // A tag alone, perhaps in a code span: what follows is no raw text.
    this.#rawText = null;
  }

  #endTag(at: number): number {
    const tag = endTagAt(this.#text, at);
    if (!tag) return this.#dataTo(at, at + 2);
    const { name, end, exact } = tag;
    if (this.#rawText !== null && (!exact || name !== this.#rawText))
      return this.#dataTo(at, this.#text.indexOf(">", at) + 1);
    this.#closeTag(name);
    if (exact) this.#rawText = null;
    return end;
  }

  #closeTag(name: string): void {
    const start = this.#place();
    const close = this.#text.indexOf(">", start);
    const source = close < 0 ? `</${name}>` : this.#text.slice(start, close + 1);
    if (!this.#inBlock) {
      this.#clean.push(source);
      closeUpTo(this.#inline, name);
      return;
    }
    this.#block.push(source);
    closeUpTo(this.#open, name);
    if (this.#open.length > 0) return;
    if (BLANK_LINES.test(this.#text.slice(start + source.length))) this.#block.push("\n");
    else this.#behindBlock = true;
    this.#inBlock = false;
    this.#clean.push(this.#stash.store(this.#block.join("")), "\n\n");
    this.#block = [];
  }

  /** Takes what stands for itself: a tag without content, a comment, a reference. */
  #emptyTag(source: string, isBlock: boolean): void {
    if (this.#inBlock || this.#behindBlock) this.#block.push(source);
    else if (this.#atLineStart() && isBlock) this.#emptyBlock(source);
    else this.#clean.push(source);
  }

  #emptyBlock(source: string): void {
    let html = source;
    if (BLANK_LINES.test(this.#text.slice(this.#place() + source.length))) html += "\n";
    else this.#behindBlock = true;
    const before = this.#clean.at(-1) ?? "";
    if (before.endsWith("\n") && !before.endsWith("\n\n")) this.#clean.push("\n");
    this.#clean.push(this.#stash.store(html), "\n\n");
  }

  #comment(at: number): number {
    const close = searchFrom(/--!?>/, this.#text, at + 4);
    if (!close) return this.#dataTo(at, at + 1);
    const content = this.#text.slice(at + 4, close.index);
    const source = `<!--${content}-->`;
    this.#emptyTag(source, INNER_BLANK_LINE.test(content) || !this.#isInInline(source));
    return close.index + close[0].length;
  }

  /** Whether an open inline element ends behind a comment, in the same paragraph. */
  #isInInline(source: string): boolean {
    if (this.#inline.length === 0) return false;
    const [rest = ""] = this.#text.slice(this.#place() + source.length).split(INNER_BLANK_LINE, 1);
    return this.#inline.some((tag) => {
      const name = tag.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
      return new RegExp(`</[${SPACE}]*${name}[${SPACE}]*>`, "iu").test(rest);
    });
  }

  #instruction(at: number): number | null {
    if (!this.#atLineStart() && !this.#behindBlock) return this.#dataTo(at, at + 2);
    const close = this.#text.indexOf("?>", at + 2);
    if (close < 0) return null;
    this.#emptyTag(this.#text.slice(at, close + 2), true);
    return close + 2;
  }

  #declaration(at: number): number | null {
    const text = this.#text;
    if (!this.#atLineStart() && !this.#behindBlock) return this.#dataTo(at, at + 2);
    const close = text.indexOf(">", at + 2);
    if (text.startsWith("<![CDATA[", at)) return this.#section(at);
    if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      const end = text.indexOf(">", at + 9);
      if (end < 0) return null;
      this.#emptyTag(text.slice(at, end + 1), true);
      return end + 1;
    }
    if (close < 0) return text.startsWith("<![", at) ? this.#dataTo(at, at + 1) : null;
    this.#emptyTag(text.slice(at, close + 1), false);
    return close + 1;
  }

  #section(at: number): number | null {
    const close = searchFrom(new RegExp(`\\][${SPACE}]*\\][${SPACE}]*>`, "u"), this.#text, at + 3);
    if (!close) return null;
    this.#emptyTag(`${this.#text.slice(at, close.index)}]]>`, true);
    return close.index + close[0].length;
  }

  #dataTo(from: number, to: number): number {
    this.#data(this.#text.slice(from, to));
    return to;
  }

  #data(text: string): void {
    if (this.#behindBlock && text.includes("\n")) this.#behindBlock = false;
    if (this.#inBlock) {
      this.#block.push(text);
      return;
    }
    // A blank line ends the paragraph.
    if (INNER_BLANK_LINE.test(text)) this.#inline = [];
    this.#clean.push(text);
  }

  #moveTo(index: number): void {
    const passed = this.#text.slice(this.#at, Math.max(this.#at, index));
    const lastBreak = passed.lastIndexOf("\n");
    this.#line += passed.split("\n").length - 1;
    this.#column = lastBreak < 0 ? this.#column + passed.length : passed.length - lastBreak - 1;
    this.#at = index;
  }

  /** Whether nothing but up to three spaces stands before, on this line. */
  #atLineStart(): boolean {
    if (this.#column === 0) return true;
    if (this.#column > 3) return false;
    const start = this.#lineStart();
    return this.#text.slice(start, start + this.#column).trim() === "";
  }

  #place(): number {
    return this.#lineStart() + this.#column;
  }

  #lineStart(): number {
    for (let i = this.#lineStarts.length - 1; i < this.#line - 1; i++) {
      const end = this.#text.indexOf("\n", this.#lineStarts[i]);
      this.#lineStarts.push((end < 0 ? this.#text.length : end) + 1);
    }
    return this.#lineStarts[this.#line - 1]!;
  }
}

/** Closes the innermost element of a name and those in it. */
function closeUpTo(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at >= 0) open.length = at;
}
