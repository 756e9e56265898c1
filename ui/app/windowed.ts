/** A long list of rows of one height, of which only those in sight are drawn; on paper, all. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { printing } from "./printing.ts";

const OVERSCAN = 8;
/** Rows that are printed at most: some forty pages. */
export const MOST_PRINTED = 2000;

export interface Windowed {
  readonly first: number;
  readonly last: number;
  /** Scrolls so that a row is in sight. */
  show(index: number): void;
}

/**
 * Which rows of `count` are in sight of the scrolling element.
 *
 * @param printed whether the list stands on paper: all its rows then, up to {@link MOST_PRINTED}
 */
export function useWindowed(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  above = 0,
  printed = false,
): Windowed {
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller]);
  const whole = printed && printing.value;
  return {
    first: whole ? 0 : Math.max(0, Math.min(count, Math.floor((view.top - above) / rowHeight) - OVERSCAN)),
    last: whole
      ? Math.min(count, MOST_PRINTED)
      : Math.max(0, Math.min(count, Math.ceil((view.top - above + view.height) / rowHeight) + OVERSCAN)),
    show(index) {
      const element = scroller.current;
      if (!element) return;
      const top = above + index * rowHeight;
      if (top < element.scrollTop + above) element.scrollTop = top - above;
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + rowHeight - element.clientHeight;
    },
  };
}
