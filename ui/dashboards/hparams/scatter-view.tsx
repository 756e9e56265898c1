/** The scatter matrix: a box dragged out in a pair keeps the rows in it, a click lets both columns go. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { pointedRun } from "../../app/runs.ts";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { PlotTip } from "../../board/plot-tip.tsx";
import { cellText } from "./formats.ts";
import type { ParallelSpec } from "./parallel-plot.ts";
import { type ScatterCell, ScatterPlot } from "./scatter-plot.ts";
import { setWithin } from "./settings.ts";
import type { Row } from "./table.ts";

interface Props {
  readonly spec: ReadonlySignal<ParallelSpec>;
  readonly label: string;
}

interface Pointed {
  readonly row: Row;
  readonly cell: ScatterCell;
  readonly px: number;
  readonly py: number;
}

/** Less than this is a click. */
const DRAG_UNITS = 0.03;
const PAIR_PX = 104;

export function ScatterView({ spec, label }: Props) {
  const { host, drawing: plot } = useCardCanvas((element, theme) => new ScatterPlot(element, theme));
  const pointed = useSignal<Pointed | null>(null);
  useDrawn(plot, (drawn) => drawn.set(spec.value));
  useDrawn(plot, (drawn) => drawn.highlight(pointedRun.value));
  useEffect(
    () =>
      plot
        ? listenTo(plot, spec, (next) => {
            pointed.value = next;
            pointedRun.value = next?.row.runs[0] ?? null;
          })
        : undefined,
    [plot, spec],
  );
  useEffect(() => plot?.surface.setAttribute("aria-label", label), [plot, label]);
  const { axes } = spec.value;
  const at = pointed.value;
  const [x, y] = [axes[at?.cell.x ?? -1], axes[at?.cell.y ?? -1]];
  return (
    <div class="plot hp-scatter" style={{ height: `${60 + PAIR_PX * Math.max(2, axes.length)}px` }}>
      <div class="chart" ref={host} />
      {at && x && y && (
        <PlotTip px={at.px} py={at.py}>
          <strong>{at.row.title}</strong>
          <table>
            <tbody>
              {(x === y ? [x] : [x, y]).map(({ column, place }) => (
                <tr key={column.id}>
                  <th scope="row">{column.title}</th>
                  <td>{cellText(at.row.cells[place] ?? null)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PlotTip>
      )}
    </div>
  );
}

function listenTo(
  plot: ScatterPlot,
  spec: ReadonlySignal<ParallelSpec>,
  show: (pointed: Pointed | null) => void,
): () => void {
  const { surface } = plot;
  surface.setAttribute("role", "img");
  let start: { cell: ScatterCell; unit: [number, number] } | null = null;
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  surface.addEventListener(
    "pointerdown",
    (event) => {
      start = plot.at(event.offsetX, event.offsetY);
      surface.setPointerCapture(event.pointerId);
    },
    listen,
  );
  surface.addEventListener(
    "pointermove",
    (event) => {
      const [px, py] = [event.offsetX, event.offsetY];
      const now = plot.at(px, py);
      if (start) {
        if (now && isSame(now.cell, start.cell))
          plot.brush({ cell: start.cell, from: start.unit, to: now.unit });
        return;
      }
      const row = plot.rowAt(px, py);
      show(row && now ? { row, cell: now.cell, px, py } : null);
    },
    listen,
  );
  surface.addEventListener("pointerleave", () => show(null), listen);
  for (const type of ["pointerup", "pointercancel"] as const)
    surface.addEventListener(
      type,
      (event) => {
        const end = plot.at(event.offsetX, event.offsetY);
        const from = start;
        start = null;
        plot.brush(null);
        if (type === "pointerup" && from && end && isSame(end.cell, from.cell))
          keep(spec.peek(), from.cell, from.unit, end.unit);
      },
      listen,
    );
  return () => stop.abort();
}

const isSame = (a: ScatterCell, b: ScatterCell): boolean => a.x === b.x && a.y === b.y;

/** Keeps what lies between two places of a pair; where they are the same, lets go of both columns. */
function keep(
  { axes }: ParallelSpec,
  cell: ScatterCell,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  const isClick = Math.abs(to[0] - from[0]) < DRAG_UNITS && Math.abs(to[1] - from[1]) < DRAG_UNITS;
  for (const [place, index] of [cell.x, cell.y].entries()) {
    const axis = axes[index];
    if (!axis || (place === 1 && cell.x === cell.y)) continue;
    const [low, high] = [Math.min(from[place]!, to[place]!), Math.max(from[place]!, to[place]!)];
    setWithin(axis.column.id, isClick ? null : axis.intervalOf(low, high));
  }
}
