/** What Markdown leaves alone while it works on the rest: pieces of HTML, put aside for a placeholder. */

/** Begin and end every placeholder; they are taken out of the source. */
export const STX = "\x02";
export const ETX = "\x03";
/** Stands for an ampersand that is not to be escaped. */
export const AMPERSAND = `${STX}amp${ETX}`;

const PLACEHOLDER = `${STX}wzxhzdk:([0-9]+)${ETX}`;
const WRAPPED_OR_NOT = new RegExp(`<p>${PLACEHOLDER}</p>|${PLACEHOLDER}`, "g");

/** Elements that stand for themselves, not in a paragraph (`util.BLOCK_LEVEL_ELEMENTS`). */
const BLOCK_LEVEL = new Set(
  (
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
    "header hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group html iframe li " +
    "legend math map noscript output object option progress script style summary tbody td textarea tfoot th " +
    "thead tr video center"
  ).split(" "),
);

/** Whether an element is of the block level; trailing slashes of its name do not count. */
export const isBlockLevel = (tag: string): boolean => BLOCK_LEVEL.has(tag.toLowerCase().replace(/\/+$/, ""));

export class HtmlStash {
  readonly #pieces: string[] = [];

  /** Puts HTML aside; gives its placeholder. */
  store(html: string): string {
    this.#pieces.push(html);
    return `${STX}wzxhzdk:${this.#pieces.length - 1}${ETX}`;
  }

  /** Puts all HTML back, in a paragraph where it stands alone and is not of the block level. */
  restore(text: string): string {
    if (this.#pieces.length === 0) return text;
    return text.replace(WRAPPED_OR_NOT, (match: string, wrapped?: string, bare?: string) => {
      const html = this.#pieces[Number(wrapped ?? bare)];
      if (html === undefined) return match;
      return this.restore(wrapped === undefined || startsAtBlockLevel(html) ? html : `<p>${html}</p>`);
    });
  }
}

function startsAtBlockLevel(html: string): boolean {
  const tag = /^<\/?([^ >]+)/.exec(html)?.[1];
  return tag !== undefined && ("!?@%".includes(tag[0]!) || isBlockLevel(tag));
}
