/** Where a link leads: `(address "title")`, with pairs of parentheses in it and quotes that may not be any. */
import { SPACE } from "../python-text.ts";

export interface Destination {
  readonly href: string;
  /** Null when there is none; perhaps with quotes around it. */
  readonly title: string | null;
  readonly end: number;
}

const OPENING = new RegExp(
  `\\([${SPACE}]*(?:(<[^<>]*>)[${SPACE}]*(?:('[^']*'|"[^"]*")[${SPACE}]*)?\\))?`,
  "uy",
);

/** The destination at an index; null when there is none. */
export function destinationAt(text: string, index: number): Destination | null {
  OPENING.lastIndex = index;
  const match = OPENING.exec(text);
  if (!match) return null;
  const end = OPENING.lastIndex;
  const [, bracketed, quoted] = match;
  if (bracketed === undefined) return new Scan(text, end).run();
  return {
    href: bracketed.slice(1, -1).trim(),
    title: quoted === undefined ? null : quoted.slice(1, -1),
    end,
  };
}

/** A quote that may begin a title. */
interface Quote {
  readonly mark: string;
  /** Index behind it. */
  readonly start: number;
  /** Index behind the last one of the same mark; -1 when there was none. */
  end: number;
}

/** Walks to the parenthesis that closes. Once a quote was seen, parentheses count only as a way back. */
class Scan {
  readonly #text: string;
  readonly #start: number;
  #open = 1;
  #quote: Quote | null = null;
  #otherQuote: Quote | null = null;
  /** How many would have to close if the quote began no title, and where the last of them did. */
  #openWithoutTitle = 1;
  #wayBack = -1;
  /** The last character that is no space. */
  #last = "";

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  run(): Destination | null {
    for (let at = this.#start; at < this.#text.length; at++) {
      const character = this.#text[at]!;
      this.#count(character, at);
      if (this.#open === 0) return this.#destination(at + 1);
      if (character !== " ") this.#last = character;
    }
    if (this.#openWithoutTitle > 0) return null;
    return { href: this.#text.slice(this.#start, this.#wayBack - 1), title: null, end: this.#wayBack };
  }

  #count(character: string, at: number): void {
    if (character === "(") {
      if (this.#quote === null) this.#open++;
      else if (this.#openWithoutTitle > 0) this.#openWithoutTitle--;
    } else if (character === ")") this.#close(at);
    else if (character === "'" || character === '"') this.#mark(character, at);
  }

  #close(at: number): void {
    if (this.#endsTitle(this.#quote) || this.#endsTitle(this.#otherQuote)) this.#open = 0;
    else if (this.#quote === null) this.#open--;
    else if (this.#openWithoutTitle > 0 && --this.#openWithoutTitle === 0) this.#wayBack = at + 1;
  }

  #mark(mark: string, at: number): void {
    const start = at + 1;
    if (this.#quote === null) {
      this.#openWithoutTitle = this.#open;
      this.#open = 1;
      this.#quote = { mark, start, end: -1 };
    } else if (mark === this.#quote.mark) this.#quote.end = start;
    else if (this.#otherQuote === null) this.#otherQuote = { mark, start, end: -1 };
    else this.#otherQuote.end = start;
  }

  #endsTitle(quote: Quote | null): quote is Quote {
    return quote !== null && quote.end >= 0 && quote.mark === this.#last;
  }

  #destination(end: number): Destination {
    for (const quote of [this.#quote, this.#otherQuote])
      if (this.#endsTitle(quote)) {
        const href = this.#text.slice(this.#start, quote.start - 1);
        return { href, title: this.#text.slice(quote.start, quote.end - 1), end };
      }
    return { href: this.#text.slice(this.#start, end - 1), title: null, end };
  }
}
