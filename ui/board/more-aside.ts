/** Whether a box scrolls sideways, and has more at its right end: what is cut off there is to be seen to go on. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface MoreAside {
  readonly scrolls: boolean;
  /** Something is out of sight to the right. */
  readonly more: boolean;
}

const NOTHING: MoreAside = { scrolls: false, more: false };

/** Give the box the class `has-more-aside` while there is more: it fades out there. Its first child is what scrolls. */
export function useMoreAside(box: RefObject<HTMLElement | null>): MoreAside {
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = (): void => {
      const room = element.scrollWidth - element.clientWidth;
      const scrolls = room > 1;
      const more = scrolls && element.scrollLeft < room - 1;
      setState((before) => (before.scrolls === scrolls && before.more === more ? before : { scrolls, more }));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [box]);
  return state;
}
