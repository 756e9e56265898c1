/** Splits protobuf text into tokens, each with the line and column where it starts. */

/** Where the text is not what it should be. */
export class TextFormatError extends Error {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

export interface Token {
  readonly kind: "name" | "number" | "string" | "symbol" | "end";
  /** As written; of a string without its quotes, escapes still in it. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const SPACE = /(?:[ \t\r\n\f\v\uFEFF]+|#[^\n]*)+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?)/y;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const SYMBOLS = "{}<>[]:;,-./";

/** Reads one token ahead. */
export class Tokens {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read();
  }

  /** The token that comes, not taken. */
  get next(): Token {
    return this.#next;
  }

  take(): Token {
    const token = this.#next;
    this.#next = this.#read();
    return token;
  }

  /** Takes the symbol if it comes. */
  accept(symbol: string): boolean {
    if (this.#next.kind !== "symbol" || this.#next.text !== symbol) return false;
    this.take();
    return true;
  }

  /** @throws TextFormatError when anything else comes */
  expect(symbol: string): void {
    if (!this.accept(symbol)) throw this.error(`expected "${symbol}" but found ${describe(this.#next)}`);
  }

  /** An error at a token, by default the one that comes. */
  error(message: string, { line, column }: Token = this.#next): TextFormatError {
    return new TextFormatError(message, line, column);
  }

  #read(): Token {
    const space = this.#match(SPACE);
    this.#advance(space ?? "");
    const at = { line: this.#line, column: this.#offset - this.#lineStart + 1 };
    if (this.#offset >= this.#text.length) return { kind: "end", text: "", ...at };
    const name = this.#match(NAME);
    if (name !== null) return this.#token("name", name, at);
    const number = this.#match(NUMBER);
    if (number !== null) return this.#token("number", number, at);
    const string = this.#match(STRING);
    if (string !== null) return { ...this.#token("string", string, at), text: string.slice(1, -1) };
    const char = this.#text[this.#offset]!;
    if (SYMBOLS.includes(char)) return this.#token("symbol", char, at);
    const message =
      char === '"' || char === "'" ? "a string that does not end on its line" : `unexpected "${char}"`;
    throw new TextFormatError(message, at.line, at.column);
  }

  #token(kind: Token["kind"], text: string, at: { line: number; column: number }): Token {
    this.#advance(text);
    return { kind, text, ...at };
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #advance(passed: string): void {
    for (let at = passed.indexOf("\n"); at >= 0; at = passed.indexOf("\n", at + 1)) {
      this.#line++;
      this.#lineStart = this.#offset + at + 1;
    }
    this.#offset += passed.length;
  }
}

export function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end";
  return kind === "string" ? "a string" : `"${text}"`;
}
