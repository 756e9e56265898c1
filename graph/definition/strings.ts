/** Numbers for texts that come again and again. */
import { isSameSpan, textOf, textsOf } from "./wire.ts";

/** Texts that come again and again, such as operations and devices: each is kept once, and spoken of by number. */
export class Strings {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Of texts in the wire, by a hash of their bytes: where each first was. */
  readonly #spans = new Map<
    number,
    { readonly start: number; readonly end: number; readonly number: number }
  >();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.push(text) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  /** Its number, if it came before. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  /** The same of text in the wire: nothing is decoded that came before. */
  numberOfSpan(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const known = this.#spans.get(hash);
    if (known && isSameSpan(bytes, start, end, known.start, known.end)) return known.number;
    const number = this.numberOf(textOf(bytes, start, end));
    if (!known) this.#spans.set(hash, { start, end, number });
    return number;
  }
}

const EMPTY = -1;

/** The same for many texts of the wire that are mostly different: they are decoded at the end, all at once. */
export class SpanStrings {
  readonly #bytes: Uint8Array;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Numbers by hash; a text that is not at its hash's place is at one of the next. */
  #slots = new Int32Array(1024).fill(EMPTY);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  numberOf(start: number, end: number): number {
    const slot = this.#slotOf(start, end);
    const known = this.#slots[slot]!;
    if (known !== EMPTY) return known;
    const number = this.#starts.push(start) - 1;
    this.#ends.push(end);
    this.#slots[slot] = number;
    if (2 * this.#starts.length > this.#slots.length) this.#grow();
    return number;
  }

  /** By number. */
  texts(): string[] {
    return textsOf(this.#bytes, this.#starts, this.#ends);
  }

  /** Where the text is, or would be. */
  #slotOf(start: number, end: number): number {
    const mask = this.#slots.length - 1;
    const hash = hashOf(this.#bytes, start, end);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let at = this.#slots[slot]!; at !== EMPTY; at = this.#slots[slot]!) {
      if (isSameSpan(this.#bytes, this.#starts[at]!, this.#ends[at]!, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Int32Array(4 * this.#slots.length).fill(EMPTY);
    for (let number = 0; number < this.#starts.length; number++)
      this.#slots[this.#slotOf(this.#starts[number]!, this.#ends[number]!)] = number;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
  return hash;
}
