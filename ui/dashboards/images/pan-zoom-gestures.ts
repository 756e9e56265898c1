/** Lets hands and keys move what part of a card's images is looked at. */
import { type Signal, signal } from "@preact/signals";
import { type PanZoom, panned, WHOLE, zoomed } from "./pan-zoom.ts";

const views = new Map<string, Signal<PanZoom>>();

/** The view of a card; it outlives the card's leaving the screen. */
export function viewOf(card: string): Signal<PanZoom> {
  const found = views.get(card) ?? signal(WHOLE);
  views.set(card, found);
  return found;
}

const WHEEL_SPEED = 0.002;
const KEY_ZOOM = 1.4;
const KEY_PAN = 0.15;

/**
 * Lets hands move the view over every `.image-view` in `root`: Ctrl and the wheel or two fingers to zoom, a drag to pan
 * when zoomed, a double click for all of it, and keys. Returns the way to stop.
 */
export function attachPanZoom(root: HTMLElement, view: Signal<PanZoom>): () => void {
  const abort = new AbortController();
  const fingers = new Map<number, PointerEvent>();
  const boxOf = (event: Event): DOMRect | null => {
    const target = event.target instanceof Element ? event.target.closest(".image-view") : null;
    return target?.getBoundingClientRect() ?? null;
  };
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ): void => root.addEventListener(name, handle, { passive: false, signal: abort.signal });

  on("wheel", (event) => {
    const box = boxOf(event);
    if (!box || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const factor = Math.exp(-Math.max(-400, Math.min(400, event.deltaY)) * WHEEL_SPEED);
    const u = (event.clientX - box.left) / box.width;
    view.value = zoomed(view.peek(), factor, u, (event.clientY - box.top) / box.height);
  });
  on("pointerdown", (event) => {
    const box = boxOf(event);
    if (!box || event.button !== 0) return;
    fingers.set(event.pointerId, event);
    if (view.peek().scale > 1 || fingers.size > 1) {
      event.preventDefault();
      if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    }
  });
  on("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    const box = boxOf(event);
    if (!before || !box) return;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other) view.value = pinched(view.peek(), before, event, other, box);
    else if (view.peek().scale > 1) {
      const du = (event.clientX - before.clientX) / box.width;
      view.value = panned(view.peek(), du, (event.clientY - before.clientY) / box.height);
    }
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"] as const)
    on(name, (event) => void fingers.delete(event.pointerId));
  on("dblclick", (event) => {
    if (boxOf(event)) view.value = WHOLE;
  });
  on("keydown", (event) => {
    if (event.target !== root || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = byKey(event.key, view.peek());
    if (!next) return;
    event.preventDefault();
    view.value = next;
  });
  return () => abort.abort();
}

function pinched(
  view: PanZoom,
  before: PointerEvent,
  now: PointerEvent,
  other: PointerEvent,
  box: DOMRect,
): PanZoom {
  const apart = (finger: PointerEvent): number =>
    Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
  const u = ((now.clientX + other.clientX) / 2 - box.left) / box.width;
  const v = ((now.clientY + other.clientY) / 2 - box.top) / box.height;
  return zoomed(view, apart(now) / Math.max(1, apart(before)), u, v);
}

function byKey(key: string, view: PanZoom): PanZoom | null {
  switch (key) {
    case "+":
    case "=":
      return zoomed(view, KEY_ZOOM, 0.5, 0.5);
    case "-":
      return zoomed(view, 1 / KEY_ZOOM, 0.5, 0.5);
    case "0":
      return WHOLE;
    case "ArrowLeft":
      return view.scale > 1 ? panned(view, KEY_PAN, 0) : null;
    case "ArrowRight":
      return view.scale > 1 ? panned(view, -KEY_PAN, 0) : null;
    case "ArrowUp":
      return view.scale > 1 ? panned(view, 0, KEY_PAN) : null;
    case "ArrowDown":
      return view.scale > 1 ? panned(view, 0, -KEY_PAN) : null;
    default:
      return null;
  }
}
