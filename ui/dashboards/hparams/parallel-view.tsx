/**
 * Parallel coordinates: a stretch dragged out on an axis keeps the rows that pass through it. The titles are buttons: dragged,
 * or moved by arrow keys, they take their axis to another place; a click changes between linear and logarithmic.
 */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { PRINT_WIDTH, printing } from "../../app/printing.ts";
import { pointedRun } from "../../app/runs.ts";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { drawByFinger } from "../../charts/touch.ts";
import { ColumnTitle } from "./column-title.tsx";
import { axisAt, axisRoom, axisX, ParallelPlot, type ParallelSpec } from "./parallel-plot.ts";
import { keepBetween, otherScale, toggle } from "./settings.ts";

interface Props {
  readonly spec: ReadonlySignal<ParallelSpec>;
  readonly label: string;
}

/** Less than this is a click: it takes the stretch away. */
const DRAG_UNITS = 0.02;
/** On a phone the picture is wider than the screen, and scrolls sideways. */
const LEAST_AXIS_PX = 72;

export function ParallelView({ spec, label }: Props) {
  const { host, drawing: plot } = useCardCanvas((element, theme) => new ParallelPlot(element, theme));
  useDrawn(plot, (drawn) => drawn.set(spec.value));
  useDrawn(plot, (drawn) => drawn.highlight(pointedRun.value));
  useEffect(() => (plot ? listenTo(plot, spec) : undefined), [plot, spec]);
  useEffect(() => plot?.surface.setAttribute("aria-label", label), [plot, label]);
  return (
    <div class="hp-parallel">
      <div
        class="plot"
        style={
          printing.value
            ? { width: `${PRINT_WIDTH.wide}px` }
            : { minWidth: `${LEAST_AXIS_PX * spec.value.axes.length}px` }
        }
      >
        <div class="chart" ref={host} />
        <AxisTitles spec={spec} />
      </div>
    </div>
  );
}

function listenTo(plot: ParallelPlot, spec: ReadonlySignal<ParallelSpec>): () => void {
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
    keepBetween(axis, to - from < DRAG_UNITS ? null : [from, to]);
  };
  drawByFinger(surface, (px) => plot.isOnAxis(px), stop.signal);
  surface.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "touch" && !plot.isOnAxis(event.offsetX)) return;
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
}

/** Over the picture, each above its axis. */
function AxisTitles({ spec }: { spec: ReadonlySignal<ParallelSpec> }) {
  const row = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      width.value = element.clientWidth;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { axes } = spec.value;
  const idAt = (clientX: number): string | null => {
    const box = row.current?.getBoundingClientRect();
    return box ? (axes[axisAt(clientX - box.left, box.width, axes.length)]?.column.id ?? null) : null;
  };
  return (
    <div class="hp-axes" ref={row} role="toolbar" aria-label="Axes">
      {width.value > 0 &&
        axes.map(({ column, categories, log }, i) => (
          <ColumnTitle
            key={column.id}
            id={column.id}
            ids={axes.map((axis) => axis.column.id)}
            label={`Axis ${column.title}${log ? ", logarithmic" : ""}`}
            hint="Drag, or press the arrow keys, to move the axis; click for the other scale"
            style={{
              left: `${axisX(i, width.value, axes.length)}px`,
              maxWidth: `${axisRoom(width.value, axes.length)}px`,
            }}
            idAt={idAt}
            live
            onClick={() => categories === null && toggle(otherScale, column.id)}
          >
            {column.title}
          </ColumnTitle>
        ))}
    </div>
  );
}
