/** Two fingers on a chart: apart is closer, and what is between them stays there. */
import type { Frame } from "./frame.ts";
import type { Range, Zoom } from "./line.ts";
import type { LineChart } from "./line-chart.ts";
import { zoomRange } from "./scale.ts";

/** Fingers closer together than this tell no scale. */
const LEAST_PX = 24;

/** Calls `onZoom` while two fingers move. Returns the way to stop. */
export function attachPinch(chart: LineChart, onZoom: (zoom: Zoom) => void): () => void {
  const { surface } = chart;
  const abort = new AbortController();
  /** Where each finger is, in pixels from the chart's left. */
  const fingers = new Map<number, number>();
  let start: { readonly frame: Frame; readonly low: number; readonly high: number } | null = null;

  const places = (): [number, number] | null => {
    const [a, b] = [...fingers.values()];
    return a === undefined || b === undefined ? null : [Math.min(a, b), Math.max(a, b)];
  };
  const begin = (): void => {
    const at = fingers.size === 2 ? places() : null;
    start = at && chart.frame && { frame: chart.frame, low: at[0], high: at[1] };
  };
  const note = (event: PointerEvent): void => {
    if (event.pointerType === "touch")
      fingers.set(event.pointerId, event.clientX - surface.getBoundingClientRect().left);
  };
  const options = { signal: abort.signal };
  surface.addEventListener(
    "pointerdown",
    (event) => {
      note(event);
      begin();
    },
    options,
  );
  surface.addEventListener(
    "pointermove",
    (event) => {
      if (!fingers.has(event.pointerId)) return;
      note(event);
      const at = places();
      if (!start || !at) return;
      onZoom({ x: pinchedRange(start.frame, [start.low, start.high], at), y: chart.spec.zoom?.y ?? null });
    },
    options,
  );
  for (const name of ["pointerup", "pointercancel", "pointerleave"] as const)
    surface.addEventListener(
      name,
      (event) => {
        fingers.delete(event.pointerId);
        begin();
      },
      options,
    );
  return () => abort.abort();
}

/** The range of x that keeps under two fingers what was under them, `from` in the frame before, now at `to`. */
export function pinchedRange(frame: Frame, from: Range, to: Range): Range {
  const { left, width } = frame.plot;
  const apart = (range: Range): number => Math.max(LEAST_PX, range[1] - range[0]);
  const factor = apart(from) / apart(to);
  const middle = (range: Range): number => ((range[0] + range[1]) / 2 - left) / width;
  const before = middle(from);
  // As if zoomed around the middle of the fingers, and then moved along with it.
  return zoomRange(frame.x, factor, before, (before - middle(to)) * factor);
}
