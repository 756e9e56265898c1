/** What hands do over the timeline: zoom by wheel or pinch, pan by dragging, look elsewhere in the overview, choose. */
import { listenTo, spotOn } from "../../../charts/surface-events.ts";
import { ROW_HEIGHT, type TimelineView } from "./timeline-view.ts";

export interface TimelineHandlers {
  onPoint(execution: number): void;
  onChoose(execution: number): void;
}

const WHEEL_SPEED = 0.002;
const STILL = 4;

export function attachTimelineGestures(view: TimelineView, handlers: TimelineHandlers): () => void {
  const { canvas } = view;
  const { on, stop } = listenTo(canvas);
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = false;
  let inOverview = false;
  const placeOf = (event: MouseEvent) => spotOn(canvas, event);

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    const place = placeOf(event);
    pointers.set(event.pointerId, place);
    canvas.setPointerCapture(event.pointerId);
    moved = pointers.size > 1;
    inOverview = view.isOverview(place.y);
    if (inOverview) view.lookAt(place.x / canvas.clientWidth);
  });
  on("pointermove", (event) => {
    const place = placeOf(event);
    const known = pointers.get(event.pointerId);
    if (!known) {
      point(view.executionAt(place.x, place.y));
      return;
    }
    if (inOverview) {
      view.lookAt(place.x / canvas.clientWidth);
      return;
    }
    if (!moved && Math.hypot(place.x - known.x, place.y - known.y) < STILL) return;
    moved = true;
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    if (others.length > 0) {
      const other = others[0]![1];
      const factor = (Math.abs(place.x - other.x) || 1) / (Math.abs(known.x - other.x) || 1);
      view.zoomBy(factor, other.x / canvas.clientWidth);
    } else view.panBy((known.x - place.x) / canvas.clientWidth, (known.y - place.y) / ROW_HEIGHT);
    pointers.set(event.pointerId, place);
  });
  const lift = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId);
    if (!wasDown || moved || inOverview || event.type === "pointercancel") return;
    const { x, y } = placeOf(event);
    const execution = view.executionAt(x, y);
    if (execution >= 0) handlers.onChoose(execution);
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  on("pointerleave", () => point(-1));
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        view.panBy(((event.deltaX || event.deltaY) * lines) / canvas.clientWidth);
      else view.zoomBy(Math.exp(-event.deltaY * lines * WHEEL_SPEED), placeOf(event).x / canvas.clientWidth);
    },
    { passive: false },
  );
  on("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => view.panBy(-0.1),
      a: () => view.panBy(-0.1),
      ArrowRight: () => view.panBy(0.1),
      d: () => view.panBy(0.1),
      ArrowUp: () => view.panBy(0, -2),
      ArrowDown: () => view.panBy(0, 2),
      "+": () => view.zoomBy(1.4),
      "=": () => view.zoomBy(1.4),
      w: () => view.zoomBy(1.4),
      "-": () => view.zoomBy(1 / 1.4),
      s: () => view.zoomBy(1 / 1.4),
      "0": () => view.reset(),
    };
    const action = actions[event.key];
    if (!action) return;
    action();
    event.preventDefault();
  });

  function point(execution: number): void {
    view.point(execution);
    canvas.style.cursor = execution >= 0 ? "pointer" : "";
    handlers.onPoint(execution);
  }
  return stop;
}
