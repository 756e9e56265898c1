/**
 * One line chart on the page: ECharts' axes below, our lines over them, and on top a layer for the crosshair.
 * Changes are gathered and drawn once a frame.
 */
import { Axes } from "./axes.ts";
import { xExtent } from "./extent.ts";
import { type Frame, inPlot, makeFrame, pixelX, type Rect, valueAtX } from "./frame.ts";
import { type Growth, grown } from "./growth.ts";
import { type Hit, hitTest, nearestHit } from "./hit-test.ts";
import { drawBrush, drawHover, type Pointed } from "./hover-layer.ts";
import { type Place, placeOf } from "./keyboard.ts";
import { type ChartSpec, keyOf, type Line } from "./line.ts";
import { drawLines } from "./lines-layer.ts";
import { PixelCanvas } from "./pixel-canvas.ts";
import type { ChartTheme } from "./theme.ts";

/** A moment that is marked whatever the pointer does: one point of each line. */
export interface Held {
  /** Its place on the x axis; null where it is counted otherwise. */
  readonly x: number | null;
  /** The key of the line whose point stands out. */
  readonly key: string | null;
  /** Index of a line's point; -1 for none. */
  indexOf(line: Line): number;
}

export class LineChart {
  readonly #axesHost = document.createElement("div");
  readonly #axes: Axes;
  readonly #lines = new PixelCanvas("chart-lines");
  readonly #hover = new PixelCanvas("chart-hover");
  readonly #measure: (label: string) => number;
  #spec: ChartSpec;
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  #frame: Frame | null = null;
  #growth: Growth | null = null;
  #drawMillis = 0;
  #pending = 0;
  #linesStale = true;
  #pointer: { px: number; py: number } | null = null;
  #held: Held | null = null;
  #brush: Rect | null = null;
  #highlighted: string | null = null;
  /** Told of every frame once its lines are drawn: for what stands over the chart. */
  onFrame: ((frame: Frame) => void) | null = null;

  constructor(host: HTMLElement, spec: ChartSpec, theme: ChartTheme) {
    this.#axesHost.className = "chart-axes";
    host.append(this.#axesHost, this.#lines.element, this.#hover.element);
    this.#axes = new Axes(this.#axesHost);
    this.#spec = spec;
    this.#theme = theme;
    this.#measure = (label) => {
      this.#lines.context.font = `11px ${this.#theme.font}`;
      return this.#lines.context.measureText(label).width;
    };
  }

  /** The canvas that takes the pointer and the keyboard. */
  get surface(): HTMLCanvasElement {
    return this.#hover.element;
  }

  /** What was drawn last; null before the first drawing. */
  get frame(): Frame | null {
    return this.#frame;
  }

  get spec(): ChartSpec {
    return this.#spec;
  }

  get theme(): ChartTheme {
    return this.#theme;
  }

  set(spec: ChartSpec): void {
    this.#spec = spec;
    this.#invalidate();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#invalidate();
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#invalidate();
  }

  /** Puts the crosshair at a point of the plot, or takes it away. Gives what is there. */
  point(at: { px: number; py: number } | null): Pointed | null {
    this.#pointer = at && this.#frame && inPlot(this.#frame, at.px, at.py) ? at : null;
    this.#schedule();
    return this.#pointed();
  }

  /** Marks a moment, or none. */
  hold(held: Held | null): void {
    this.#held = held;
    this.#schedule();
  }

  /** What is at the moment that is marked. */
  heldAt(): Pointed | null {
    const held = this.#held;
    const frame = this.#frame;
    if (!held || !frame) return null;
    const hits = this.#spec.lines.flatMap((line): Hit[] => {
      const index = held.indexOf(line);
      return index < 0 ? [] : [{ line, index, distance: 0 }];
    });
    return {
      px: held.x === null ? null : pixelX(frame, held.x),
      hits,
      nearest: hits.find(({ line }) => keyOf(line) === held.key) ?? null,
    };
  }

  /** Where a point is drawn. */
  placeOf({ line, index }: Hit): Place | null {
    return this.#frame && placeOf(line, index, this.#frame);
  }

  /** Shows the box being dragged out. */
  brush(box: Rect | null): void {
    this.#brush = box;
    this.#schedule();
  }

  /** Draws this run's lines on top. */
  highlight(run: string | null): void {
    if (run === this.#highlighted) return;
    this.#highlighted = run;
    this.#schedule();
  }

  #pointed(): Pointed | null {
    if (!this.#pointer || !this.#frame) return null;
    const { px, py } = this.#pointer;
    const hits = hitTest(this.#spec.lines, this.#frame, valueAtX(this.#frame, px), px, py);
    return { px, hits, nearest: nearestHit(hits) };
  }

  #invalidate(): void {
    this.#linesStale = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  /** Draws what is to be drawn now, and not at the next frame: paper waits for none. */
  drawNow(): void {
    cancelAnimationFrame(this.#pending);
    this.#draw();
  }

  #draw(): void {
    this.#pending = 0;
    if (this.#width < 40 || this.#height < 40) return;
    if (this.#linesStale) this.#drawLines();
    if (this.#frame) this.#drawHover(this.#frame);
  }

  /** How long the last drawing of axes and lines took. */
  get drawMillis(): number {
    return this.#drawMillis;
  }

  #drawLines(): void {
    const started = performance.now();
    this.#linesStale = false;
    const { lines } = this.#spec;
    const frame = makeFrame(this.#spec, this.#width, this.#height, this.#measure, this.#endX());
    this.#frame = frame;
    this.#axes.draw(frame, this.#theme);
    // Axes around nothing would show a range that no data has.
    this.#axesHost.hidden = lines.length === 0;
    this.#lines.clear(this.#width, this.#height);
    drawLines(this.#lines.context, frame, lines, true);
    // What tests of the whole path read: set in the frame that draws it.
    this.#lines.element.dataset.points = String(lines.reduce((sum, line) => sum + line.x.length, 0));
    this.#lines.element.dataset.lastStep = this.#spec.lastStep;
    this.#drawMillis = performance.now() - started;
    this.onFrame?.(frame);
  }

  /** Where the x axis ends at the earliest: a little after the data, where that grows. */
  #endX(): number | undefined {
    const { lines, xKind, xLog, zoom } = this.#spec;
    const extent = xLog || zoom?.x ? null : xExtent(lines, false);
    this.#growth = extent && grown(this.#growth, xKind, extent);
    return this.#growth?.end;
  }

  #drawHover(frame: Frame): void {
    if (!this.#pointer && !this.#held && !this.#brush && this.#highlighted === null) {
      this.#hover.blank();
      delete this.#hover.element.dataset.held;
      return;
    }
    this.#hover.clear(this.#width, this.#height);
    const highlighted = this.#spec.lines.filter((line) => line.run === this.#highlighted);
    const held = this.heldAt();
    drawHover(this.#hover.context, frame, this.#theme, this.#pointed(), held, highlighted);
    // As for the lines: what tests read of it.
    if (held) this.#hover.element.dataset.held = held.px === null ? "points" : String(Math.round(held.px));
    else delete this.#hover.element.dataset.held;
    if (this.#brush) drawBrush(this.#hover.context, this.#theme, this.#brush);
  }

  /** Axes and lines in one bitmap. */
  bitmap(pixelRatio: number): HTMLCanvasElement | null {
    const frame = this.#frame;
    if (!frame) return null;
    const canvas = document.createElement("canvas");
    canvas.width = frame.width * pixelRatio;
    canvas.height = frame.height * pixelRatio;
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.drawImage(this.#axes.bitmap(pixelRatio), 0, 0, canvas.width, canvas.height);
    context.scale(pixelRatio, pixelRatio);
    drawLines(context, frame, this.#spec.lines);
    return canvas;
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#axes.dispose();
    this.#lines.dispose();
    this.#hover.dispose();
  }
}
