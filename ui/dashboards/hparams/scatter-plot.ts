/** Draws columns against each other, a small plot a pair: each row a dot, coloured as its line is; what is left out is grey. */
import { dot, LayeredPlot } from "../../charts/layered-plot.ts";
import { keptStretches, type ParallelAxis } from "./axes.ts";
import { cellText } from "./formats.ts";
import { gradient, type ParallelSpec } from "./parallel-plot.ts";
import { unitsOf } from "./scatter-keys.ts";
import type { Row } from "./table.ts";

/** A pair of columns. */
export interface ScatterCell {
  readonly x: number;
  readonly y: number;
}

const GAP = 6;
const LEFT = 54;
const BOTTOM = 34;
const TOP = 8;
const INSET = 5;

const EVERYTHING = [[0, 1]] as const;

export class ScatterPlot extends LayeredPlot {
  #spec: ParallelSpec | null = null;
  #pointed: string | null = null;
  #marked: ScatterCell | null = null;
  #brush: { cell: ScatterCell; from: [number, number]; to: [number, number] } | null = null;

  set(spec: ParallelSpec): void {
    this.#spec = spec;
    this.invalidate();
  }

  highlight(run: string | null): void {
    this.#pointed = run;
    this.redrawHover();
  }

  /** The pair in which keys go from row to row, and a finger draws boxes. */
  mark(cell: ScatterCell | null): void {
    this.#marked = cell;
    this.redrawHover();
  }

  /** A box that is being dragged out in a pair, in units of its axes. */
  brush(box: { cell: ScatterCell; from: [number, number]; to: [number, number] } | null): void {
    this.#brush = box;
    this.redrawHover();
  }

  /** The pair at a place, and the place in it, 0 to 1 to the right and upwards; null outside of all. */
  at(px: number, py: number): { cell: ScatterCell; unit: [number, number] } | null {
    const axes = this.#spec?.axes.length ?? 0;
    const [size, height] = this.#size();
    const x = Math.floor((px - LEFT) / (size + GAP));
    const y = Math.floor((py - TOP) / (height + GAP));
    if (x < 0 || y < 0 || x >= axes || y >= axes) return null;
    const unit = (at: number, room: number): number =>
      Math.min(1, Math.max(0, (at - INSET) / Math.max(1, room - 2 * INSET)));
    return {
      cell: { x, y },
      unit: [unit(px - LEFT - x * (size + GAP), size), 1 - unit(py - TOP - y * (height + GAP), height)],
    };
  }

  /** The row that is drawn nearest to a place, within a few pixels. */
  rowAt(px: number, py: number): Row | null {
    const found = this.at(px, py);
    if (!found) return null;
    let best: Row | null = null;
    let least = 8 ** 2;
    for (const row of this.#spec!.passing) {
      const place = this.placeOf(row, found.cell);
      if (!place) continue;
      const distance = (place.px - px) ** 2 + (place.py - py) ** 2;
      if (distance <= least) [best, least] = [row, distance];
    }
    return best;
  }

  /** Where a row is drawn in a pair; null where one of its values is missing. */
  placeOf(row: Row, cell: ScatterCell): { px: number; py: number } | null {
    const units = unitsOf(this.#spec!, row, cell);
    return units && this.#pixelOf(cell, units);
  }

  protected override get isEmpty(): boolean {
    return this.#spec === null;
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    const { axes, rows, passing } = this.#spec!;
    const [width, height] = this.#size();
    // Those left out below the others.
    const ordered = [...rows.filter((row) => !passing.has(row)), ...passing];
    const colors = ordered.map((row) => (passing.has(row) ? this.#colorOf(row) : this.theme.axis));
    const radius = rows.length > 300 ? 1.2 : 2;
    for (let y = 0; y < axes.length; y++)
      for (let x = 0; x < axes.length; x++) {
        const [left, top] = this.#corner({ x, y });
        context.strokeStyle = this.theme.axis;
        context.lineWidth = 1;
        context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
        this.#drawKept(context, { x, y });
        for (const [i, row] of ordered.entries()) {
          const place = this.placeOf(row, { x, y });
          if (!place) continue;
          context.fillStyle = colors[i]!;
          context.fillRect(place.px - radius, place.py - radius, 2 * radius, 2 * radius);
        }
      }
    this.#drawTitles(context, axes);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    const { axes, rows } = this.#spec!;
    const pointed = this.#pointed;
    const row = pointed === null ? undefined : rows.find(({ runs }) => runs.includes(pointed));
    if (row)
      for (let y = 0; y < axes.length; y++)
        for (let x = 0; x < axes.length; x++) {
          const place = this.placeOf(row, { x, y });
          if (place) dot(context, place, 4, this.theme.text, this.theme.background);
        }
    context.strokeStyle = this.theme.accent;
    if (this.#marked) {
      const [left, top] = this.#corner(this.#marked);
      const [width, height] = this.#size();
      context.lineWidth = 2;
      context.strokeRect(left, top, width, height);
    }
    if (!this.#brush) return;
    const { cell, from, to } = this.#brush;
    const [a, b] = [this.#pixelOf(cell, from), this.#pixelOf(cell, to)];
    context.lineWidth = 1;
    context.strokeRect(
      Math.min(a.px, b.px),
      Math.min(a.py, b.py),
      Math.abs(a.px - b.px),
      Math.abs(a.py - b.py),
    );
  }

  protected override readings(): Readonly<Record<string, number>> {
    return { cells: (this.#spec?.axes.length ?? 0) ** 2, dots: this.#spec?.passing.size ?? 0 };
  }

  #size(): [width: number, height: number] {
    const axes = Math.max(1, this.#spec?.axes.length ?? 1);
    return [
      Math.max(10, (this.width - LEFT - 8 - GAP * (axes - 1)) / axes),
      Math.max(10, (this.height - TOP - BOTTOM - GAP * (axes - 1)) / axes),
    ];
  }

  #corner({ x, y }: ScatterCell): [left: number, top: number] {
    const [width, height] = this.#size();
    return [LEFT + x * (width + GAP), TOP + y * (height + GAP)];
  }

  #pixelOf(cell: ScatterCell, [right, up]: readonly [number, number]): { px: number; py: number } {
    const [left, top] = this.#corner(cell);
    const [width, height] = this.#size();
    return {
      px: left + INSET + right * (width - 2 * INSET),
      py: top + INSET + (1 - up) * (height - 2 * INSET),
    };
  }

  #colorOf(row: Row): string {
    const axis = this.#spec!.colorAxis;
    const unit = axis?.unitOf(row.cells[axis.place] ?? null) ?? null;
    return unit === null ? this.theme.label : gradient(unit);
  }

  /** The boxes that both columns let through; nothing where these let all through. */
  #drawKept(context: CanvasRenderingContext2D, cell: ScatterCell): void {
    const { axes, kept } = this.#spec!;
    const across = keptStretches(axes[cell.x]!, kept);
    const upward = keptStretches(axes[cell.y]!, kept);
    if (!across && !upward) return;
    context.fillStyle = this.theme.accent;
    context.globalAlpha = 0.12;
    for (const [left, right] of across ?? EVERYTHING)
      for (const [bottom, top] of upward ?? EVERYTHING) {
        const low = this.#pixelOf(cell, [left, bottom]);
        const high = this.#pixelOf(cell, [right, top]);
        context.fillRect(low.px, high.py, high.px - low.px, low.py - high.py);
      }
    context.globalAlpha = 1;
  }

  #drawTitles(context: CanvasRenderingContext2D, axes: readonly ParallelAxis[]): void {
    const [width, height] = this.#size();
    for (const [i, axis] of axes.entries()) {
      const [left] = this.#corner({ x: i, y: 0 });
      const [, top] = this.#corner({ x: 0, y: i });
      const bottom = this.height - BOTTOM;
      const range = axis.categories
        ? axis.categories.length <= 1
          ? axis.categories
          : [axis.categories[0]!, axis.categories.at(-1)!]
        : [cellText(axis.low), cellText(axis.high)];
      context.font = `10px ${this.theme.font}`;
      context.fillStyle = this.theme.label;
      context.textBaseline = "top";
      context.textAlign = "left";
      const room = width / 2 - 4;
      context.fillText(range[0] ?? "", left, bottom + 4, room);
      context.textAlign = "right";
      if (range.length > 1) context.fillText(range[1]!, left + width, bottom + 4, room);
      context.textBaseline = "bottom";
      context.fillText(range[0] ?? "", LEFT - 4, top + height, LEFT - 18);
      context.textBaseline = "top";
      if (range.length > 1) context.fillText(range[1]!, LEFT - 4, top, LEFT - 18);
      context.font = `600 11px ${this.theme.font}`;
      context.fillStyle = this.theme.text;
      context.textAlign = "center";
      context.fillText(
        `${axis.column.title}${axis.log ? " (log)" : ""}`,
        left + width / 2,
        bottom + 18,
        width,
      );
      context.save();
      context.translate(4, top + height / 2);
      context.rotate(-Math.PI / 2);
      context.fillText(axis.column.title, 0, 0, height);
      context.restore();
    }
  }
}
