/**
 * Tags in HTML that is not trusted: those that are let through, and everything else as the text that it is.
 * Where a tag ends, and what of it, follows html5lib's tokenizer with bleach's exceptions.
 */

/** Elements and attributes that stock TensorBoard lets through (`plugin_util.py`). */
const TAGS = new Set(
  "ul ol li p pre code blockquote h1 h2 h3 h4 h5 h6 hr br strong em a img table thead tbody td tr th".split(
    " ",
  ),
);
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title"],
  img: ["src", "title", "alt"],
};

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "start"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "end"; readonly name: string }
  | { readonly kind: "comment" };

/** A text in pieces, in order. */
export function* piecesOf(html: string): Generator<Piece> {
  for (let from = 0; from < html.length; ) {
    const open = html.indexOf("<", from);
    // Null characters are nowhere.
    const text = html.slice(from, open < 0 ? html.length : open).replaceAll("\0", "");
    if (text !== "") yield { kind: "text", text };
    if (open < 0) return;
    const { piece, end } = pieceAt(html, open);
    if (piece) yield piece;
    from = end;
  }
}

interface Read {
  /** Null for what is left out. */
  readonly piece: Piece | null;
  readonly end: number;
}

/** What a `<` begins. */
function pieceAt(html: string, open: number): Read {
  const next = html[open + 1] ?? "";
  const isEnd = next === "/";
  if (/[a-zA-Z]/.test(isEnd ? (html[open + 2] ?? "") : next)) return new TagScan(html, open, isEnd).run();
  if (html.startsWith("<!--", open)) return { piece: { kind: "comment" }, end: endOfComment(html, open) };
  if (next === "!" || next === "?") {
    const isDoctype = /^<!doctype/i.test(html.slice(open, open + 9));
    return { piece: isDoctype ? null : { kind: "comment" }, end: behind(html, ">", open + 2) };
  }
  if (html.startsWith("</>", open)) return { piece: null, end: open + 3 };
  if (html.startsWith("<>", open)) return text(html, open, open + 2);
  if (isEnd && open + 2 === html.length) return text(html, open, open + 2);
  if (isEnd) return endTagWithoutName(html, open);
  return text(html, open, open + 1);
}

/** `</ name>` is a comment to browsers; but where it is no tag that is let through, people want to see it. */
function endTagWithoutName(html: string, open: number): Read {
  const end = behind(html, ">", open + 2);
  const content = html.slice(open + 2, end).replace(/>$/, "");
  return TAGS.has(content.toLowerCase().trim()) ? { piece: { kind: "comment" }, end } : text(html, open, end);
}

function text(html: string, from: number, to: number): Read {
  return { piece: { kind: "text", text: html.slice(from, to).replaceAll("\0", "?") }, end: to };
}

/** Index behind the next `mark`; the end where there is none. */
function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function endOfComment(html: string, open: number): number {
  const short = /^<!--(?:>|->)/.exec(html.slice(open, open + 6));
  if (short) return open + short[0].length;
  const close = /--!?>/g;
  close.lastIndex = open + 4;
  return close.test(html) ? close.lastIndex : html.length;
}

const SPACES = /[\t\n\f ]*/y;
const NAME = /[^\t\n\f />]*/y;
const ATTRIBUTE_NAME = /[=]?[^\t\n\f />=]*/y;
const UNQUOTED = /[^\t\n\f >]*/y;

/** Reads a tag from its `<` on. A tag that the text ends in is text, or is left out, by where it ends. */
class TagScan {
  readonly #html: string;
  readonly #open: number;
  readonly #isEnd: boolean;
  #at: number;

  constructor(html: string, open: number, isEnd: boolean) {
    this.#html = html;
    this.#open = open;
    this.#isEnd = isEnd;
    this.#at = open + (isEnd ? 2 : 1);
  }

  run(): Read {
    const name = this.#take(NAME).toLowerCase();
    if (this.#isAtEnd) return this.#asText();
    const attributes = new Map<string, string>();
    for (;;) {
      this.#take(SPACES);
      const next = this.#html[this.#at];
      if (next === undefined) return this.#leftOut();
      if (next === ">") return this.#tag(name, attributes);
      if (next === "/") {
        this.#at++;
        if (this.#isAtEnd) return this.#leftOut();
        continue;
      }
      const ended = this.#attribute(attributes);
      if (ended) return ended;
    }
  }

  /** Reads an attribute; gives what the tag is where the text ends in it. */
  #attribute(attributes: Map<string, string>): Read | null {
    const name = this.#take(ATTRIBUTE_NAME).toLowerCase();
    if (this.#isAtEnd) return this.#asText();
    this.#take(SPACES);
    if (this.#isAtEnd) return this.#asText();
    const value = this.#html[this.#at] === "=" ? this.#value() : "";
    if (typeof value !== "string") return value;
    if (!attributes.has(name)) attributes.set(name, value.replaceAll("\0", "\ufffd"));
    return null;
  }

  #value(): string | Read {
    this.#at++;
    this.#take(SPACES);
    const quote = this.#html[this.#at];
    if (quote === undefined) return this.#leftOut();
    if (quote !== '"' && quote !== "'") {
      const value = this.#take(UNQUOTED);
      return this.#isAtEnd ? this.#asText() : value;
    }
    const start = this.#at + 1;
    const close = this.#html.indexOf(quote, start);
    if (close < 0 || close + 1 === this.#html.length) return this.#leftOut();
    this.#at = close + 1;
    return this.#html.slice(start, close);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [taken = ""] = pattern.exec(this.#html) ?? [];
    this.#at += taken.length;
    return taken;
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#html.length;
  }

  #tag(name: string, attributes: ReadonlyMap<string, string>): Read {
    this.#at++;
    if (!TAGS.has(name)) return text(this.#html, this.#open, this.#at);
    if (this.#isEnd) return { piece: { kind: "end", name }, end: this.#at };
    const allowed = new Map([...attributes].filter(([attribute]) => ATTRIBUTES[name]?.includes(attribute)));
    return { piece: { kind: "start", name, attributes: allowed }, end: this.#at };
  }

  #asText(): Read {
    return text(this.#html, this.#open, this.#html.length);
  }

  #leftOut(): Read {
    return { piece: null, end: this.#html.length };
  }
}
