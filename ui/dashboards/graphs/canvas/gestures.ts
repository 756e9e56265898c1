/** What hands do over the picture: pan by dragging, zoom by wheel or pinch, choose, open, point. */
import { listenTo, spotOn } from "../../../charts/surface-events.ts";
import { CHIP_HEIGHT } from "../picture/measure.ts";
import { boxAt, chipAt, lineAt, type SceneLine } from "../picture/scene.ts";
import type { GraphView } from "./graph-view.ts";

export interface GestureHandlers {
  /** `also` adds to what is chosen, or takes it out. */
  onSelect(id: string | null, also: boolean): void;
  onToggle(id: string): void;
  onPoint(id: string | null, line: SceneLine | null, x: number, y: number): void;
  /** An annotation stands for something elsewhere. */
  onChip(target: string): void;
}

const WHEEL_SPEED = 0.0016;
/** Pixels that a click may move. */
const STILL = 4;
/** Milliseconds and pixels between the taps of a double tap. */
const DOUBLE_TAP = { ms: 350, pixels: 24 };
const KEY_PAN = 60;
const KEY_ZOOM = 1.25;

interface Point {
  x: number;
  y: number;
}

/** Attaches the gestures to the view's canvas. Returns the way to detach them. */
export function attachGestures(view: GraphView, handlers: GestureHandlers): () => void {
  const { canvas } = view;
  const { on, stop } = listenTo(canvas);
  const pointers = new Map<number, Point>();
  let began: Point | null = null;
  let moved = false;
  let lastTap: (Point & { readonly at: number }) | null = null;

  const placeOf = (event: MouseEvent): Point => spotOn(canvas, event);

  on("pointerdown", (event) => {
    if (event.button !== 0 && event.button !== 1) return;
    const place = placeOf(event);
    pointers.set(event.pointerId, place);
    canvas.setPointerCapture(event.pointerId);
    if (pointers.size === 1) {
      began = place;
      moved = false;
    } else moved = true;
  });

  on("pointermove", (event) => {
    const place = placeOf(event);
    const known = pointers.get(event.pointerId);
    if (!known) {
      point(place);
      return;
    }
    const before = [...pointers.values()].map((p) => ({ ...p }));
    if (!moved && began && Math.hypot(place.x - began.x, place.y - began.y) < STILL) return;
    moved = true;
    pointers.set(event.pointerId, place);
    const after = [...pointers.values()];
    if (after.length === 1) view.panBy(place.x - known.x, place.y - known.y);
    else pinch(before, after);
    canvas.classList.add("is-dragging");
  });

  const lift = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId);
    canvas.classList.remove("is-dragging");
    if (!wasDown || pointers.size > 0 || moved || event.type === "pointercancel" || event.button !== 0)
      return;
    click(placeOf(event), event);
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  on("pointerleave", () => {
    if (pointers.size === 0) handlers.onPoint(null, null, 0, 0);
  });

  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const { x, y } = placeOf(event);
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.shiftKey) view.panBy(-event.deltaX * lines - event.deltaY * lines, 0);
      else {
        // A trackpad's pinch comes as a wheel with Ctrl, in small steps.
        const speed = event.ctrlKey ? 6 * WHEEL_SPEED : WHEEL_SPEED;
        view.zoomBy(Math.exp(-Math.max(-300, Math.min(300, event.deltaY * lines)) * speed), x, y);
      }
    },
    { passive: false },
  );

  on("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const pan: Record<string, [number, number]> = {
      ArrowLeft: [KEY_PAN, 0],
      ArrowRight: [-KEY_PAN, 0],
      ArrowUp: [0, KEY_PAN],
      ArrowDown: [0, -KEY_PAN],
    };
    const by = pan[event.key];
    // Without Shift, arrows choose boxes.
    if (by && !event.shiftKey) return;
    if (by) view.panBy(...by);
    else if (event.key === "+" || event.key === "=") view.zoomBy(KEY_ZOOM);
    else if (event.key === "-") view.zoomBy(1 / KEY_ZOOM);
    else if (event.key === "0" || event.key === "f") view.fit();
    else if (event.key === "Escape") handlers.onSelect(null, false);
    else return;
    event.preventDefault();
  });

  function point({ x, y }: Point): void {
    const [sx, sy] = view.toScene(x, y);
    const box = boxAt(view.scene, sx, sy);
    const line = box && !box.open ? null : lineAt(view.scene, sx, sy, 5 / view.camera.scale);
    const chip = chipAt(view.scene, sx, sy, CHIP_HEIGHT);
    canvas.style.cursor = (box && !box.open) || chip?.chip.target ? "pointer" : "";
    handlers.onPoint(box?.id ?? null, line, x, y);
  }

  function click(place: Point, event: PointerEvent): void {
    const [sx, sy] = view.toScene(place.x, place.y);
    const chip = chipAt(view.scene, sx, sy, CHIP_HEIGHT);
    if (chip?.chip.target) {
      handlers.onChip(chip.chip.target);
      return;
    }
    const box = boxAt(view.scene, sx, sy);
    const now = performance.now();
    const double =
      lastTap !== null &&
      now - lastTap.at < DOUBLE_TAP.ms &&
      Math.hypot(place.x - lastTap.x, place.y - lastTap.y) < DOUBLE_TAP.pixels;
    lastTap = double ? null : { ...place, at: now };
    if (double && box) handlers.onToggle(box.id);
    else if (!double) handlers.onSelect(box?.id ?? null, event.shiftKey || event.ctrlKey || event.metaKey);
  }

  function pinch(before: readonly Point[], after: readonly Point[]): void {
    const middle = (points: readonly Point[]): Point => ({
      x: (points[0]!.x + points[1]!.x) / 2,
      y: (points[0]!.y + points[1]!.y) / 2,
    });
    const spread = (points: readonly Point[]): number =>
      Math.hypot(points[0]!.x - points[1]!.x, points[0]!.y - points[1]!.y) || 1;
    const [a, b] = [middle(before), middle(after)];
    view.panBy(b.x - a.x, b.y - a.y);
    view.zoomBy(spread(after) / spread(before), b.x, b.y);
  }

  return stop;
}
