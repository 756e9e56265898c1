/** Parallel coordinates: a stretch dragged out on an axis keeps the rows that pass through it. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { ParallelPlot, type ParallelSpec } from "./parallel-plot.ts";
import { setWithin } from "./settings.ts";

interface Props {
  readonly spec: ReadonlySignal<ParallelSpec>;
  readonly label: string;
}

/** Less than this is a click: it takes the stretch away. */
const DRAG_UNITS = 0.02;

export function ParallelView({ spec, label }: Props) {
  const { host, drawing: plot } = useCardCanvas((element, theme) => new ParallelPlot(element, theme));
  useDrawn(plot, (drawn) => drawn.set(spec.value));
  useEffect(() => {
    if (!plot) return;
    const { surface } = plot;
    surface.setAttribute("role", "img");
    let start: { axis: number; unit: number } | null = null;
    const stop = new AbortController();
    const listen = { signal: stop.signal };
    const brush = (event: PointerEvent): void => {
      const end = plot.at(event.offsetX, event.offsetY);
      const axis = start && spec.peek().axes[start.axis];
      if (!start || !end || !axis) return;
      const [from, to] = [Math.min(start.unit, end.unit), Math.max(start.unit, end.unit)];
      setWithin(axis.column.id, to - from < DRAG_UNITS ? null : axis.intervalOf(from, to));
    };
    surface.addEventListener(
      "pointerdown",
      (event) => {
        start = plot.at(event.offsetX, event.offsetY);
        surface.setPointerCapture(event.pointerId);
      },
      listen,
    );
    surface.addEventListener("pointermove", (event) => start && brush(event), listen);
    for (const type of ["pointerup", "pointercancel"] as const)
      surface.addEventListener(
        type,
        (event) => {
          brush(event);
          start = null;
        },
        listen,
      );
    return () => stop.abort();
  }, [plot, spec]);
  useEffect(() => plot?.surface.setAttribute("aria-label", label), [plot, label]);
  return (
    <div class="plot hp-parallel">
      <div class="chart" ref={host} />
    </div>
  );
}
