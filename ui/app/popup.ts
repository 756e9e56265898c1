/** What a button opens: below it and in sight, until a press elsewhere. One rule for menus and panels. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Left to the edges, pixels. */
const MARGIN = 6;
/** Between the button and what it opens, pixels. */
const GAP = 4;

/**
 * What opens is the child with the class `popup` of an element with the class `menu`, which also holds the button.
 *
 * @param close called on a press elsewhere
 * @returns the ref of the element with the class `menu`
 */
export function usePopup(open: boolean, close: () => void) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  useLayoutEffect(() => {
    const popup = root.current?.querySelector<HTMLElement>(":scope > .popup");
    if (!open || !root.current || !popup) return;
    const opener = root.current;
    const keep = (): void => keepInSight(popup, opener);
    keep();
    const observer = new ResizeObserver(keep);
    // What is in it may grow, and what is around it become narrower.
    observer.observe(popup);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, [open]);
  return root;
}

/** Moves a popup to the side, turns it up or has it scroll, as far as it would be cut off else. */
function keepInSight(popup: HTMLElement, opener: HTMLElement): void {
  const { style } = popup;
  const { scrollTop } = popup;
  Object.assign(style, { translate: "", top: "", bottom: "", maxHeight: "", overflowY: "" });
  const room = roomAround(opener);
  style.maxWidth = `${room.right - room.left}px`;
  const { top, bottom } = opener.getBoundingClientRect();
  const { height } = popup.getBoundingClientRect();
  const below = room.bottom - bottom - GAP;
  const above = top - GAP - room.top;
  const up = height > below && above > below;
  if (up) Object.assign(style, { top: "auto", bottom: `calc(100% + ${GAP}px)` });
  if (height > Math.max(below, above))
    Object.assign(style, { maxHeight: `${Math.max(below, above)}px`, overflowY: "auto" });
  const { left, right } = popup.getBoundingClientRect();
  const aside = Math.max(room.left - left, Math.min(0, room.right - right));
  if (aside !== 0) style.translate = `${aside}px`;
  popup.scrollTop = scrollTop;
}

/** What of the window can be seen of an element's surroundings, less a margin: everything around it may cut it off. */
function roomAround(element: HTMLElement): { left: number; top: number; right: number; bottom: number } {
  const { clientWidth, clientHeight } = document.documentElement;
  let [left, top, right, bottom] = [0, 0, clientWidth, clientHeight];
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflow === "visible") continue;
    const box = around.getBoundingClientRect();
    left = Math.max(left, box.left + around.clientLeft);
    top = Math.max(top, box.top + around.clientTop);
    right = Math.min(right, box.left + around.clientLeft + around.clientWidth);
    bottom = Math.min(bottom, box.top + around.clientTop + around.clientHeight);
  }
  return { left: left + MARGIN, top: top + MARGIN, right: right - MARGIN, bottom: bottom - MARGIN };
}
