/** Draws rows as lines across upright axes, coloured by the column that is looked at; what is left out is grey. */
import { PixelCanvas } from "../../charts/pixel-canvas.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import type { ParallelAxis } from "./axes.ts";
import { cellText } from "./formats.ts";
import type { Interval, Row } from "./table.ts";

export interface ParallelSpec {
  readonly axes: readonly ParallelAxis[];
  readonly rows: readonly Row[];
  /** Rows that pass every interval. */
  readonly passing: ReadonlySet<Row>;
  /** Place among `axes` of the one that colours; -1 for none. */
  readonly colorBy: number;
  readonly intervals: ReadonlyMap<string, Interval>;
  /** Run that stands out. */
  readonly pointed: string | null;
}

const TOP = 34;
const BOTTOM = 20;
const SIDE = 56;

export class ParallelPlot {
  readonly #canvas = new PixelCanvas("chart-hover");
  #spec: ParallelSpec | null = null;
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  #pending = 0;

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    host.append(this.#canvas.element);
  }

  get surface(): HTMLCanvasElement {
    return this.#canvas.element;
  }

  set(spec: ParallelSpec): void {
    this.#spec = spec;
    this.#schedule();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#schedule();
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    [this.#width, this.#height] = [width, height];
    this.#schedule();
  }

  /** The axis nearest to a place, and the height on it, 0 at the bottom to 1 at the top. */
  at(px: number, py: number): { axis: number; unit: number } | null {
    const axes = this.#spec?.axes.length ?? 0;
    if (axes === 0) return null;
    const axis =
      axes === 1 ? 0 : Math.round(((px - SIDE) / Math.max(1, this.#width - 2 * SIDE)) * (axes - 1));
    const unit = 1 - (py - TOP) / Math.max(1, this.#height - TOP - BOTTOM);
    return { axis: Math.min(axes - 1, Math.max(0, axis)), unit: Math.min(1, Math.max(0, unit)) };
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#canvas.dispose();
  }

  #schedule(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #px(axis: number): number {
    const axes = this.#spec?.axes.length ?? 1;
    return axes === 1 ? this.#width / 2 : SIDE + (axis / (axes - 1)) * (this.#width - 2 * SIDE);
  }

  #py(unit: number): number {
    return TOP + (1 - unit) * (this.#height - TOP - BOTTOM);
  }

  #draw(): void {
    this.#pending = 0;
    if (this.#width < 40 || this.#height < 40 || !this.#spec) return;
    this.#canvas.clear(this.#width, this.#height);
    const { rows, passing, pointed } = this.#spec;
    for (const row of rows) if (!passing.has(row)) this.#drawRow(row, this.#theme.axis, 0.35, 1);
    for (const row of rows)
      if (passing.has(row)) this.#drawRow(row, this.#colorOf(row), rows.length > 300 ? 0.4 : 0.75, 1.4);
    const top = rows.find((row) => pointed !== null && row.runs.includes(pointed));
    if (top) this.#drawRow(top, this.#theme.text, 1, 2.5);
    for (let axis = 0; axis < this.#spec.axes.length; axis++) this.#drawAxis(axis);
    // What tests of the whole path read: set in the frame that draws it.
    this.#canvas.element.dataset.lines = String(passing.size);
  }

  #colorOf(row: Row): string {
    const axis = this.#spec?.axes[this.#spec.colorBy];
    const unit = axis?.unitOf(row.cells[axis.place] ?? null) ?? null;
    return unit === null ? this.#theme.label : gradient(unit);
  }

  #drawRow(row: Row, color: string, alpha: number, width: number): void {
    const { context } = this.#canvas;
    const { axes } = this.#spec!;
    context.strokeStyle = color;
    context.globalAlpha = alpha;
    context.lineWidth = width;
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

  #drawAxis(index: number): void {
    const { context } = this.#canvas;
    const axis = this.#spec!.axes[index]!;
    const x = Math.round(this.#px(index)) + 0.5;
    context.strokeStyle = this.#theme.label;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, this.#py(1));
    context.lineTo(x, this.#py(0));
    context.stroke();
    const interval = this.#spec!.intervals.get(axis.column.id);
    if (interval) this.#drawInterval(axis, interval, x);
    context.font = `600 12px ${this.#theme.font}`;
    context.fillStyle = this.#theme.text;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    const room = Math.max(60, (this.#width - 2 * SIDE) / Math.max(1, this.#spec!.axes.length - 1) - 8);
    context.fillText(cut(context, axis.column.title, room), x, 14);
    context.font = `11px ${this.#theme.font}`;
    context.fillStyle = this.#theme.label;
    const labels = axis.categories
      ? axis.categories.slice(0, 12).map((name) => ({ unit: axis.unitOf(name) ?? 0, text: name }))
      : [
          { unit: 1, text: cellText(axis.high) },
          { unit: 0, text: cellText(axis.low) },
        ];
    for (const { unit, text } of labels) {
      const above = unit === 1;
      const y = unit === 0 ? this.#py(0) + 14 : above ? this.#py(1) - 5 : this.#py(unit) + 4;
      context.fillText(cut(context, text + (above && axis.log ? " (log)" : ""), room), x, y);
    }
  }

  #drawInterval(axis: ParallelAxis, { low, high }: Interval, x: number): void {
    const { context } = this.#canvas;
    const [from, to] = [axis.unitOf(low) ?? 0, axis.unitOf(high) ?? 1];
    const top = this.#py(Math.min(1, to));
    context.fillStyle = this.#theme.accent;
    context.globalAlpha = 0.3;
    context.fillRect(x - 7, top, 14, Math.max(2, this.#py(Math.max(0, from)) - top));
    context.globalAlpha = 1;
  }
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
