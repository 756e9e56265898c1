/** The tree between Markdown and HTML: elements whose text stands before their children, and a tail behind them. */

export class Element {
  readonly tag: string;
  readonly attributes = new Map<string, string>();
  readonly children: Element[] = [];
  text: string | null = null;
  /** Text that follows the element in its parent. */
  tail: string | null = null;
  /** Whether the text is as it is meant to be: no inline Markdown in it. */
  atomic = false;

  constructor(tag: string) {
    this.tag = tag;
  }

  /** A new last child. */
  add(tag: string): Element {
    const child = new Element(tag);
    this.children.push(child);
    return child;
  }

  get last(): Element | undefined {
    return this.children.at(-1);
  }

  setAtomicText(text: string): void {
    this.text = text;
    this.atomic = true;
  }

  /** Itself and all below it, in order. */
  *all(): Generator<Element> {
    yield this;
    for (const child of this.children) yield* child.all();
  }

  /** Its text and that of all below it. */
  textContent(): string {
    return (
      (this.text ?? "") + this.children.map((child) => child.textContent() + (child.tail ?? "")).join("")
    );
  }
}

const EMPTY = new Set(
  "area base basefont br col embed frame hr img input isindex link meta param source track wbr".split(" "),
);

/** The element as XHTML, with its tail. */
export function toXhtml(element: Element): string {
  const { tag, text, tail, children, attributes } = element;
  const sorted = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = `<${tag}${sorted.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("")}`;
  const behind = tail ? escapeText(tail) : "";
  if (EMPTY.has(tag)) return `${head} />${behind}`;
  return `${head}>${text ? escapeText(text) : ""}${children.map(toXhtml).join("")}</${tag}>${behind}`;
}

/** An ampersand that begins no entity. */
const BARE_AMPERSAND = /&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)/gi;

function escapeText(text: string): string {
  return text.replace(BARE_AMPERSAND, "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const escapeAttribute = (value: string): string => escapeText(value).replaceAll('"', "&quot;");

/** Source code as text: every special character escaped. */
export function escapeCode(code: string): string {
  return code.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
