/** A JavaScript regular expression as a tree: as much of it as tells how long a match takes. */

/** A part of a sequence. */
export interface Part {
  /** A character or a set of them; a place such as `^` or `\b`; what a group matched before; a group; a look around. */
  readonly kind: "one" | "place" | "back" | "group" | "look";
  readonly text: string;
  /** What is between the bars of a group; empty for all else. */
  readonly choices: readonly Part[][];
  /** How often; null of what has no repeat. */
  readonly repeat: Repeat | null;
  /** Where it starts in the source. */
  readonly start: number;
}

export interface Repeat {
  readonly least: number;
  readonly most: number;
  /** Where it stands in the source. */
  readonly start: number;
  readonly end: number;
}

/** @param source an expression that the browser compiles, with the flag `u` or without */
export function expressionTree(source: string, unicode: boolean): Part[][] {
  return new Reader(source, unicode).choices();
}

const OPENING = /\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/y;
const REPEAT = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;
const ESCAPE = /\\(?:k<[^>]*>|[1-9]\d*|x[\da-fA-F]{2}|u[\da-fA-F]{4}|c[a-zA-Z]|.)/suy;
const UNICODE_ESCAPE = /\\(?:u\{[^}]*\}|[pP]\{[^}]*\})/y;
const SET = /\[(?:\\.|[^\]\\])*\]/suy;
const CHARACTER = /./suy;

class Reader {
  readonly #source: string;
  readonly #unicode: boolean;
  #at = 0;

  constructor(source: string, unicode: boolean) {
    this.#source = source;
    this.#unicode = unicode;
  }

  choices(): Part[][] {
    const all: Part[][] = [[]];
    while (this.#at < this.#source.length && this.#source[this.#at] !== ")") {
      if (this.#source[this.#at] === "|") {
        this.#at++;
        all.push([]);
      } else all.at(-1)!.push(this.#part());
    }
    return all;
  }

  #part(): Part {
    const start = this.#at;
    const opening = this.#take(OPENING);
    if (opening) {
      const choices = this.choices();
      this.#at++;
      const kind = /[=!]$/.test(opening[0]) ? "look" : "group";
      return { kind, text: opening[0], choices, start, repeat: this.#repeat() };
    }
    const read =
      (this.#unicode && this.#take(UNICODE_ESCAPE)) ||
      this.#take(ESCAPE) ||
      this.#take(SET) ||
      this.#take(CHARACTER)!;
    const [text] = read;
    const kind = /^\\[1-9k]/.test(text) ? "back" : /^(?:[$^]|\\[bB])$/.test(text) ? "place" : "one";
    return { kind, text, choices: [], start, repeat: this.#repeat() };
  }

  #repeat(): Repeat | null {
    const start = this.#at;
    const read = this.#take(REPEAT);
    if (!read) return null;
    const [text, count, comma, upTo] = read;
    const end = this.#at;
    if (count === undefined) {
      const sign = text[0];
      return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Number.POSITIVE_INFINITY, start, end };
    }
    const least = Number(count);
    const most = comma === undefined ? least : upTo ? Number(upTo) : Number.POSITIVE_INFINITY;
    return { least, most, start, end };
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const read = pattern.exec(this.#source);
    if (read) this.#at = pattern.lastIndex;
    return read;
  }
}
