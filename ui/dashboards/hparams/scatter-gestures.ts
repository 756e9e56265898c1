/** How pointer and keyboard work the scatter matrix: they point at rows, and make boxes that keep what is in them. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { pointedRun } from "../../app/runs.ts";
import { drawByFinger } from "../../charts/touch.ts";
import type { ParallelSpec } from "./parallel-plot.ts";
import { movedPoint, type ScatterPoint, unitsOf } from "./scatter-keys.ts";
import type { ScatterCell, ScatterPlot } from "./scatter-plot.ts";
import { keepBetween } from "./settings.ts";

/** What is pointed at, and where that is drawn. */
export interface Pointed extends ScatterPoint {
  readonly px: number;
  readonly py: number;
  /** A corner of a box that is being made by keys. */
  readonly boxed?: boolean;
}

/** Less than this is a click. */
const DRAG_UNITS = 0.03;
/** So that what a box was made from lies in it, whatever an axis rounds. */
const MARGIN_UNITS = 1e-6;

type Show = (next: Pointed | null) => void;

/** Lets the matrix answer. Returns the way to stop. */
export function attachScatter(
  plot: ScatterPlot,
  spec: ReadonlySignal<ParallelSpec>,
  pointed: Signal<Pointed | null>,
): () => void {
  const stop = new AbortController();
  plot.surface.setAttribute("role", "img");
  plot.surface.tabIndex = 0;
  const show: Show = (next) => {
    pointed.value = next;
    pointedRun.value = next?.row.runs[0] ?? null;
  };
  listenToPointer(plot, spec, show, stop.signal);
  listenToKeys(plot, spec, { pointed, show }, stop.signal);
  return () => stop.abort();
}

function listenToPointer(
  plot: ScatterPlot,
  spec: ReadonlySignal<ParallelSpec>,
  show: Show,
  signal: AbortSignal,
): void {
  const { surface } = plot;
  let start: { cell: ScatterCell; unit: [number, number] } | null = null;
  /** The pair that a finger tapped: there it draws, elsewhere it scrolls the page. */
  let tapped: ScatterCell | null = null;
  const isTapped = (cell: ScatterCell | undefined): boolean => !!tapped && !!cell && isSame(cell, tapped);
  drawByFinger(surface, (px, py) => isTapped(plot.at(px, py)?.cell), signal);
  const point = (px: number, py: number): void => {
    const found = plot.at(px, py);
    const row = plot.rowAt(px, py);
    show(row && found ? { row, cell: found.cell, px, py } : null);
  };
  surface.addEventListener(
    "pointerdown",
    (event) => {
      start = plot.at(event.offsetX, event.offsetY);
      if (event.pointerType === "mouse") surface.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  surface.addEventListener(
    "pointermove",
    (event) => {
      const now = plot.at(event.offsetX, event.offsetY);
      if (!start) point(event.offsetX, event.offsetY);
      else if (now && isSame(now.cell, start.cell))
        plot.brush({ cell: start.cell, from: start.unit, to: now.unit });
    },
    { signal },
  );
  surface.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && show(null), {
    signal,
  });
  /** A click lets go; so does a tap in the pair that was tapped before. */
  const click = (event: PointerEvent, cell: ScatterCell): void => {
    if (event.pointerType === "mouse" || isTapped(cell)) letGo(spec.peek(), cell);
    if (event.pointerType === "mouse") return;
    tapped = cell;
    plot.mark(cell);
    point(event.offsetX, event.offsetY);
  };
  for (const type of ["pointerup", "pointercancel"] as const)
    surface.addEventListener(
      type,
      (event) => {
        const end = plot.at(event.offsetX, event.offsetY);
        const from = start;
        start = null;
        plot.brush(null);
        if (type === "pointercancel" || !from || !end || !isSame(end.cell, from.cell)) return;
        const [dx, dy] = [end.unit[0] - from.unit[0], end.unit[1] - from.unit[1]];
        if (Math.abs(dx) < DRAG_UNITS && Math.abs(dy) < DRAG_UNITS) click(event, from.cell);
        else keep(spec.peek(), from.cell, from.unit, end.unit);
      },
      { signal },
    );
}

function listenToKeys(
  plot: ScatterPlot,
  spec: ReadonlySignal<ParallelSpec>,
  { pointed, show }: { pointed: Signal<Pointed | null>; show: Show },
  signal: AbortSignal,
): void {
  let corner: ScatterPoint | null = null;
  const boxTo = (at: ScatterPoint | null) => {
    const from = corner && unitsOf(spec.peek(), corner.row, corner.cell);
    const to = at && unitsOf(spec.peek(), at.row, at.cell);
    return corner && from && to ? { cell: corner.cell, from, to } : null;
  };
  const showPoint = (point: ScatterPoint | null): void => {
    const place = point && plot.placeOf(point.row, point.cell);
    show(point && place ? { ...point, ...place, boxed: corner !== null } : null);
    plot.brush(boxTo(point));
    plot.mark(point?.cell ?? null);
  };
  const makeBox = (at: ScatterPoint): void => {
    const box = boxTo(at);
    if (box) keep(spec.peek(), box.cell, box.from, box.to);
    corner = box ? null : at;
    showPoint(at);
  };
  const giveUp = (at: ScatterPoint | null): void => {
    const stays = corner !== null;
    corner = null;
    showPoint(stays ? at : null);
  };
  /** Whether the key means something here. */
  const press = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const at = pointed.peek();
    if (key === "Escape") giveUp(at);
    else if (key === "Enter" && at) makeBox(at);
    else if ((key === "Delete" || key === "Backspace") && at) letGo(spec.peek(), at.cell);
    else {
      // A box is in one pair.
      const next = movedPoint(spec.peek(), at, { key, shiftKey: shiftKey && corner === null });
      if (next) showPoint(next);
      return next !== undefined;
    }
    return true;
  };
  const { surface } = plot;
  surface.addEventListener(
    "keydown",
    (event) => {
      if (!event.altKey && !event.ctrlKey && !event.metaKey && press(event)) event.preventDefault();
    },
    { signal },
  );
  surface.addEventListener(
    "blur",
    () => {
      corner = null;
      showPoint(null);
    },
    { signal },
  );
}

const isSame = (a: ScatterCell, b: ScatterCell): boolean => a.x === b.x && a.y === b.y;

function letGo({ axes }: ParallelSpec, { x, y }: ScatterCell): void {
  for (const axis of [axes[x], axes[y]]) if (axis) keepBetween(axis, null);
}

/** Keeps what lies between two places of a pair. */
function keep(
  { axes }: ParallelSpec,
  cell: ScatterCell,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  for (const [place, index] of [cell.x, cell.y].entries()) {
    const axis = axes[index];
    if (!axis || (place === 1 && cell.x === cell.y)) continue;
    const [low, high] = [Math.min(from[place]!, to[place]!), Math.max(from[place]!, to[place]!)];
    keepBetween(axis, [low - MARGIN_UNITS, high + MARGIN_UNITS]);
  }
}
