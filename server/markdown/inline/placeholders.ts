/** What inline patterns made, put aside for a placeholder in the text that they were found in. */
import { Element, toXhtml } from "../element.ts";
import { hasText } from "../python-text.ts";
import { ETX, STX } from "../stash.ts";

/** What a pattern makes: an element, or text that no later pattern reads. */
export type Made = Element | string;

const PREFIX = `${STX}klzzwxh:`;
const PLACEHOLDER = new RegExp(`${PREFIX}([0-9]+)${ETX}`, "g");

/** Takes a piece of text, which goes behind an element, or stands first. `isRest`: it is all that is left. */
type Put = (piece: string, after: Element | undefined, isRest: boolean) => void;

export class Placeholders {
  readonly #made = new Map<string, Made>();

  /** Puts something aside; gives its placeholder. */
  store(made: Made): string {
    const id = String(this.#made.size).padStart(4, "0");
    this.#made.set(id, made);
    return `${PREFIX}${id}${ETX}`;
  }

  /** Text whose placeholders are the text of what they stand for. */
  asText(text: string): string {
    return text.replace(PLACEHOLDER, (_, id: string) => {
      const made = this.#made.get(id);
      return made instanceof Element ? made.textContent() : (made ?? "");
    });
  }

  /** HTML whose placeholders are the HTML of what they stand for. */
  asHtml(text: string): string {
    return text.replace(PLACEHOLDER, (_, id: string) => {
      const made = this.#made.get(id);
      if (made instanceof Element) return this.asHtml(toXhtml(made));
      return made === undefined ? "" : `\\${made}`;
    });
  }

  /** Takes the elements out of an element's text; they belong before its children. */
  takeFromText(element: Element): Element[] {
    const { text, atomic } = element;
    element.text = null;
    return this.#resolve(text ?? "", (piece, after, isRest) => {
      if (after) after.tail = (after.tail ?? "") + piece;
      else {
        element.atomic = atomic && isRest && element.text === null;
        element.text = (element.text ?? "") + piece;
      }
    });
  }

  /** Takes the elements out of an element's tail; they belong behind it. */
  takeFromTail(element: Element): Element[] {
    const { tail } = element;
    element.tail = null;
    return this.#resolve(tail ?? "", (piece, after) => {
      const target = after ?? element;
      target.tail = (target.tail ?? "") + piece;
    });
  }

  #resolve(text: string, put: Put): Element[] {
    const elements: Element[] = [];
    const add = (piece: string, isRest = false) => {
      if (piece !== "") put(piece, elements.at(-1), isRest);
    };
    let from = 0;
    for (let at = text.indexOf(PREFIX); at >= 0; at = text.indexOf(PREFIX, from)) {
      PLACEHOLDER.lastIndex = at;
      const match = PLACEHOLDER.exec(text);
      const end = PLACEHOLDER.lastIndex;
      const made = match ? this.#made.get(match[1]!) : undefined;
      if (made === undefined) {
        add(text.slice(from, at + PREFIX.length));
        from = at + PREFIX.length;
        continue;
      }
      add(text.slice(from, at));
      from = end;
      if (made instanceof Element) {
        this.#resolveWithin(made);
        elements.push(made);
      } else add(made);
    }
    add(text.slice(from), true);
    return elements;
  }

  #resolveWithin(element: Element): void {
    for (const child of [element, ...element.children]) {
      if (hasText(child.tail)) {
        const at = child === element ? 0 : element.children.indexOf(child) + 1;
        element.children.splice(at, 0, ...this.takeFromTail(child));
      }
      if (hasText(child.text)) child.children.unshift(...this.takeFromText(child));
    }
  }
}
