/** How large things are in the picture: measured once for each text, since measuring is slow. */
import type { Chip } from "./frame.ts";
import type { Item } from "./items.ts";

export const FONT_SIZE = 12;
export const CHIP_FONT_SIZE = 9.5;
export const HEADER = 28;
export const PADDING = 16;
export const CHIP_HEIGHT = 13;
const LEAST_WIDTH = 52;
const MOST_WIDTH = 210;
const MOST_CHIP_WIDTH = 96;
/** Annotations on a side; beyond, one that says how many more. */
const MOST_CHIPS = 5;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A text as it is drawn: cut in the middle where it is too long. */
export interface Fitted {
  readonly text: string;
  readonly width: number;
}

export class Measurer {
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  readonly #known = new Map<string, Fitted>();

  constructor(font: string) {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.#context = context;
    context.font = `${FONT_SIZE}px ${font}`;
  }

  fit(text: string, size = FONT_SIZE, most = MOST_WIDTH - 24): Fitted {
    const key = `${size} ${text}`;
    let fitted = this.#known.get(key);
    if (!fitted) {
      fitted = this.#fit(text, size / FONT_SIZE, most);
      this.#known.set(key, fitted);
    }
    return fitted;
  }

  #fit(text: string, scale: number, most: number): Fitted {
    const width = (candidate: string): number => this.#context.measureText(candidate).width * scale;
    // Names may have thousands of characters; what cannot fit need not be measured.
    const whole = text.length > 200 ? `${text.slice(0, 100)}${text.slice(-100)}` : text;
    const full = width(whole);
    if (full <= most && whole === text) return { text, width: full };
    let [low, high] = [2, whole.length];
    const cut = (length: number): string =>
      `${whole.slice(0, Math.ceil(length / 2))}…${whole.slice(whole.length - Math.floor(length / 2))}`;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (width(cut(middle)) <= most) low = middle;
      else high = middle - 1;
    }
    return { text: cut(low), width: width(cut(low)) };
  }

  /** Size of a closed item's box. */
  box(item: Item): Size {
    const text = this.fit(item.label).width;
    const wide = Math.max(LEAST_WIDTH, Math.ceil(text) + 24);
    switch (item.kind) {
      case "op":
        return { width: wide, height: 24 };
      case "series":
        return { width: wide + 8, height: 34 };
      case "call":
        return { width: wide + 10, height: 28 };
      default:
        return { width: Math.max(72, wide + 8), height: 38 };
    }
  }

  chip(chip: Chip): Fitted {
    return this.fit(chip.label, CHIP_FONT_SIZE, MOST_CHIP_WIDTH);
  }
}

/** The annotations that are drawn: some, and how many more there are. */
export function shownChips(chips: readonly Chip[], side: Chip["side"]): Chip[] {
  const own = chips.filter((chip) => chip.side === side);
  if (own.length <= MOST_CHIPS) return own;
  const more = own.length - (MOST_CHIPS - 1);
  return [
    ...own.slice(0, MOST_CHIPS - 1),
    { label: `and ${more} more`, target: null, side, kind: "more", control: false },
  ];
}
