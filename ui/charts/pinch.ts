/** Two fingers on a chart: apart is closer, and what is between them stays there. */
import type { Frame } from "./frame.ts";
import type { Zoom } from "./line.ts";
import type { LineChart } from "./line-chart.ts";
import { pinchedRange } from "./pinch-range.ts";

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
