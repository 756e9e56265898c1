/** Texts that come again and again, such as operations and devices: each is kept once, and spoken of by number. */
export class Strings {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

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
}
