/** Texts that were rendered, by what they were made from: kept for the next answer, the newest as far as there is room. */

/** Characters of texts and of what they became that are kept. */
const MOST_CHARACTERS = 1 << 24;

export class Rendered {
  readonly #htmls = new Map<string, string>();
  #characters = 0;

  /** What was made of a text, or is made of it now. */
  get(text: string, render: (text: string) => string): string {
    const known = this.#htmls.get(text);
    if (known !== undefined) {
      // Those that are used stay longest.
      this.#htmls.delete(text);
      this.#htmls.set(text, known);
      return known;
    }
    const html = render(text);
    this.#htmls.set(text, html);
    this.#characters += text.length + html.length;
    for (const [oldest, made] of this.#htmls) {
      if (this.#characters <= MOST_CHARACTERS) break;
      this.#htmls.delete(oldest);
      this.#characters -= oldest.length + made.length;
    }
    return html;
  }
}
