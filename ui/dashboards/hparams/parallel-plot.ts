/** Draws rows as lines across upright axes, coloured by the column that is looked at; what is left out is grey. */
import { LayeredPlot, segment } from "../../charts/layered-plot.ts";
import { type Kept, keptStretches, type ParallelAxis } from "./axes.ts";
import { cellText } from "./formats.ts";
import type { Row } from "./table.ts";

export interface ParallelSpec {
  readonly axes: readonly ParallelAxis[];
  readonly rows: readonly Row[];
  /** Rows that pass every interval. */
  readonly passing: ReadonlySet<Row>;
  /** The axis, shown or not, of the column that colours. */
  readonly colorAxis: ParallelAxis | null;
  readonly kept: Kept;
}

/** Room for the titles, which stand over the picture as buttons. */
const TOP = 42;
const BOTTOM = 20;
const SIDE = 56;
const FINGER_PX = 22;
/** From an axis to the words beside it. */
const BESIDE = 7;

export class ParallelPlot extends LayeredPlot {
  #spec: ParallelSpec | null = null;
  #pointed: string | null = null;

  set(spec: ParallelSpec): void {
    this.#spec = spec;
    this.invalidate();
  }

  /** Draws the row of this run on top. */
  highlight(run: string | null): void {
    this.#pointed = run;
    this.redrawHover();
  }

  /** The axis nearest to a place, and the height on it, 0 at the bottom to 1 at the top. */
  at(px: number, py: number): { axis: number; unit: number } | null {
    const axes = this.#spec?.axes.length ?? 0;
    if (axes === 0) return null;
    const unit = 1 - (py - TOP) / Math.max(1, this.height - TOP - BOTTOM);
    return { axis: axisAt(px, this.width, axes), unit: Math.min(1, Math.max(0, unit)) };
  }

  /** Whether a place is as near to an axis as a finger hits it; half of the room between two is nobody's. */
  isOnAxis(px: number): boolean {
    const axes = this.#spec?.axes.length ?? 0;
    const room = axes > 1 ? this.#px(1) - this.#px(0) : this.width;
    const reach = Math.min(FINGER_PX, room / 4);
    return axes > 0 && Math.abs(px - this.#px(axisAt(px, this.width, axes))) <= reach;
  }

  protected override get isEmpty(): boolean {
    return this.#spec === null;
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    const { rows, passing, axes } = this.#spec!;
    for (const row of rows)
      if (!passing.has(row)) this.#drawRow(context, row, { color: this.theme.axis, alpha: 0.35, width: 1 });
    const alpha = rows.length > 300 ? 0.4 : 0.75;
    for (const row of rows)
      if (passing.has(row)) this.#drawRow(context, row, { color: this.#colorOf(row), alpha, width: 1.4 });
    for (let axis = 0; axis < axes.length; axis++) this.#drawAxis(context, axis);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    const pointed = this.#pointed;
    const top = pointed === null ? undefined : this.#spec!.rows.find(({ runs }) => runs.includes(pointed));
    if (top) this.#drawRow(context, top, { color: this.theme.text, alpha: 1, width: 2.5 });
  }

  protected override readings(): Readonly<Record<string, number>> {
    return { lines: this.#spec?.passing.size ?? 0 };
  }

  #px(axis: number): number {
    return axisX(axis, this.width, this.#spec?.axes.length ?? 1);
  }

  #py(unit: number): number {
    return TOP + (1 - unit) * (this.height - TOP - BOTTOM);
  }

  #colorOf(row: Row): string {
    const axis = this.#spec?.colorAxis;
    const unit = axis?.unitOf(row.cells[axis.place] ?? null) ?? null;
    return unit === null ? this.theme.label : gradient(unit);
  }

  #drawRow(context: CanvasRenderingContext2D, row: Row, pen: Pen): void {
    const { axes } = this.#spec!;
    context.strokeStyle = pen.color;
    context.globalAlpha = pen.alpha;
    context.lineWidth = pen.width;
    context.beginPath();
    let broken = true;
    for (const [i, axis] of axes.entries()) {
      const unit = axis.unitOf(row.cells[axis.place] ?? null);
      if (unit === null) broken = true;
      else if (broken) {
        context.moveTo(this.#px(i), this.#py(unit));
        broken = false;
      } else context.lineTo(this.#px(i), this.#py(unit));
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  #drawAxis(context: CanvasRenderingContext2D, index: number): void {
    const axis = this.#spec!.axes[index]!;
    const x = Math.round(this.#px(index)) + 0.5;
    context.strokeStyle = this.theme.label;
    context.lineWidth = 1;
    segment(context, x, this.#py(1), x, this.#py(0));
    for (const stretch of keptStretches(axis, this.#spec!.kept) ?? []) this.#drawStretch(context, stretch, x);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.font = `11px ${this.theme.font}`;
    context.fillStyle = this.theme.label;
    const room = axisRoom(this.width, this.#spec!.axes.length);
    const labels = axis.categories
      ? axis.categories.slice(0, 12).map((name) => ({ unit: axis.unitOf(name) ?? 0, text: name }))
      : [
          { unit: 1, text: cellText(axis.high) },
          { unit: 0, text: cellText(axis.low) },
        ];
    for (const { unit, text } of labels) {
      const above = unit === 1;
      if (unit > 0 && unit < 1) {
        this.#drawBeside(context, cut(context, text, room - BESIDE), x + BESIDE, this.#py(unit));
        continue;
      }
      const y = above ? this.#py(1) - 5 : this.#py(0) + 14;
      context.fillText(cut(context, text + (above && axis.log ? " (log)" : ""), room), x, y);
    }
  }

  /** A category between the ends of its axis: beside the line, and readable over those that cross it. */
  #drawBeside(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
    context.save();
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.theme.background;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    context.restore();
  }

  #drawStretch(
    context: CanvasRenderingContext2D,
    [from, to]: readonly [from: number, to: number],
    x: number,
  ): void {
    const top = this.#py(to);
    context.fillStyle = this.theme.accent;
    context.globalAlpha = 0.3;
    context.fillRect(x - 7, top, 14, Math.max(2, this.#py(from) - top));
    context.globalAlpha = 1;
  }
}

interface Pen {
  readonly color: string;
  readonly alpha: number;
  readonly width: number;
}

/** Where an axis stands, CSS pixels. */
export function axisX(axis: number, width: number, axes: number): number {
  return axes === 1 ? width / 2 : SIDE + (axis / (axes - 1)) * (width - 2 * SIDE);
}

/** The axis nearest to a place. */
export function axisAt(px: number, width: number, axes: number): number {
  const axis = axes === 1 ? 0 : Math.round(((px - SIDE) / Math.max(1, width - 2 * SIDE)) * (axes - 1));
  return Math.min(axes - 1, Math.max(0, axis));
}

/** Pixels that an axis has for its words. */
export function axisRoom(width: number, axes: number): number {
  return Math.max(60, (width - 2 * SIDE) / Math.max(1, axes - 1) - 8);
}

/** Blue over grey to orange: told apart by all who see colours, and by lightness. */
const STOPS = [
  [48, 86, 200],
  [126, 140, 160],
  [224, 122, 14],
] as const;

export function gradient(unit: number): string {
  const place = unit * (STOPS.length - 1);
  const index = Math.min(STOPS.length - 2, Math.floor(place));
  const share = place - index;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(STOPS[index]![channel] * (1 - share) + STOPS[index + 1]![channel] * share);
  return `rgb(${mix(0)} ${mix(1)} ${mix(2)})`;
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length)}…`;
}
