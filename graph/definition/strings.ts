/** Numbers for texts that come again and again. */
import { isSameSpan, textOf } from "./wire.ts";

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
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    const known = this.#spans.get(hash);
    if (known && isSameSpan(bytes, start, end, known.start, known.end)) return known.number;
    const number = this.numberOf(textOf(bytes, start, end));
    if (!known) this.#spans.set(hash, { start, end, number });
    return number;
  }
}
