/**
 * Turns what hands do over a chart into what it means: pointing, dragging out a zoom, panning, zooming by wheel or by two
 * fingers, keys. A plain wheel scrolls the page, wherever the focus is; with Ctrl or Cmd it zooms.
 */
import { brushBox, brushZoom, type Drag, isClick } from "./brush.ts";
import { type Frame, inPlot } from "./frame.ts";
import { moveCrosshair, type Place } from "./keyboard.ts";
import type { Zoom } from "./line.ts";
import type { LineChart } from "./line-chart.ts";
import { attachPinch } from "./pinch.ts";
import { zoomRange } from "./scale.ts";
import { listenTo, spotOn } from "./surface-events.ts";

export interface GestureHandlers {
  /** The crosshair moved, by pointer or by key; null when it left. */
  onPoint(at: Place | null, by: "pointer" | "key"): void;
  /** Where the crosshair is, for keys to go on from. */
  place(): Place | null;
  /** Holds the crosshair where it is (null), or at a place that was clicked; held there, lets it go. */
  onPin(at: Place | null): void;
  /** Another part of the data is asked for; `done` is false while a pan goes on. */
  onZoom(zoom: Zoom | null): void;
  /** Escape: what is open closes. Returns whether anything was. */
  onEscape(): boolean;
}

const WHEEL_SPEED = 0.0016;
const KEY_ZOOM = 0.7;
const PAN_ALONG_X = 14;

/** Attaches the gestures to a chart. Returns the way to detach them. */
export function attachGestures(chart: LineChart, handlers: GestureHandlers): () => void {
  const surface = chart.surface;
  const { on, stop } = listenTo(surface);
  let drag: (Drag & { pan: boolean; frame: Frame; zoom: Zoom | null }) | null = null;
  const placeOf = (event: MouseEvent): Place => {
    const { x, y } = spotOn(surface, event);
    return { px: x, py: y };
  };

  const stopPinch = attachPinch(chart, (zoom) => {
    drag = null;
    handlers.onZoom(zoom);
  });

  on("pointerdown", (event) => {
    const frame = chart.frame;
    const { px, py } = placeOf(event);
    if (event.button !== 0 || !frame || !inPlot(frame, px, py)) return;
    if (event.pointerType === "mouse") surface.setPointerCapture(event.pointerId);
    drag = { fromX: px, fromY: py, toX: px, toY: py, pan: event.shiftKey, frame, zoom: chart.spec.zoom };
  });

  on("pointermove", (event) => {
    const place = placeOf(event);
    if (!drag || event.pointerType !== "mouse") {
      handlers.onPoint(place, "pointer");
      return;
    }
    drag = { ...drag, toX: place.px, toY: place.py };
    if (isClick(drag)) return;
    if (drag.pan) handlers.onZoom(pannedZoom(drag, drag.frame, drag.zoom));
    else chart.brush(brushBox(drag, drag.frame));
  });

  on("pointerup", (event) => {
    const finished = drag;
    drag = null;
    chart.brush(null);
    if (!finished) return;
    if (isClick(finished)) {
      handlers.onPin(placeOf(event));
    } else if (!finished.pan && event.pointerType === "mouse") {
      handlers.onZoom(brushZoom(brushBox(finished, finished.frame), finished.frame, finished.zoom));
    }
  });

  on("pointercancel", () => {
    drag = null;
    chart.brush(null);
  });

  on("pointerleave", () => {
    if (!drag) handlers.onPoint(null, "pointer");
  });

  on("dblclick", () => handlers.onZoom(null));

  on(
    "wheel",
    (event) => {
      const frame = chart.frame;
      const { px, py } = placeOf(event);
      const meant = event.ctrlKey || event.metaKey;
      if (!frame || !meant || !inPlot(frame, px, py)) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(Math.max(-400, Math.min(400, event.deltaY * lines)) * WHEEL_SPEED);
      const unit = (px - frame.plot.left) / frame.plot.width;
      handlers.onZoom({ x: zoomRange(frame.x, factor, unit), y: chart.spec.zoom?.y ?? null });
    },
    { passive: false },
  );

  on("keydown", (event) => {
    const frame = chart.frame;
    if (!frame || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = handlers.place();
    const unit = at ? (at.px - frame.plot.left) / frame.plot.width : 0.5;
    const y = chart.spec.zoom?.y ?? null;
    const moved = moveCrosshair(event.key, event.shiftKey, at, chart.spec.lines, frame);
    if (moved) handlers.onPoint(moved, "key");
    else if (event.key === "+" || event.key === "=")
      handlers.onZoom({ x: zoomRange(frame.x, KEY_ZOOM, unit), y });
    else if (event.key === "-") handlers.onZoom({ x: zoomRange(frame.x, 1 / KEY_ZOOM, unit), y });
    else if (event.key === "0") handlers.onZoom(null);
    else if (event.key === "Enter" || event.key === " ") handlers.onPin(null);
    else if (event.key !== "Escape" || !handlers.onEscape()) return;
    event.preventDefault();
  });

  on("blur", () => handlers.onPoint(null, "key"));

  return () => {
    stop();
    stopPinch();
  };
}

function pannedZoom(drag: Drag, frame: Frame, zoom: Zoom | null): Zoom {
  const { plot, x, y } = frame;
  const dy = drag.toY - drag.fromY;
  const alongY = zoom?.y || Math.abs(dy) > PAN_ALONG_X;
  return {
    x: zoomRange(x, 1, 0, (drag.fromX - drag.toX) / plot.width),
    y: alongY ? zoomRange(y, 1, 0, dy / plot.height) : null,
  };
}
