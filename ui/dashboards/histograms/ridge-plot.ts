/** Draws histograms as hills on a canvas, and on a second one over it what the pointer is at. */
import { PixelCanvas } from "../../charts/pixel-canvas.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import { type RidgeFrame, type RidgePoint, type RidgeSpec, ridgeAt, ridgeFrame } from "./ridge.ts";

export class RidgePlot {
  readonly #hills = new PixelCanvas("chart-lines");
  readonly #hover = new PixelCanvas("chart-hover");
  #spec: RidgeSpec | null = null;
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  #frame: RidgeFrame | null = null;
  #point: RidgePoint | null = null;
  #stale = true;
  #pending = 0;

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    host.append(this.#hills.element, this.#hover.element);
  }

  /** The canvas that takes the pointer and the keyboard. */
  get surface(): HTMLCanvasElement {
    return this.#hover.element;
  }

  get frame(): RidgeFrame | null {
    return this.#frame;
  }

  set(spec: RidgeSpec | null): void {
    this.#spec = spec;
    this.#invalidate();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#invalidate();
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    [this.#width, this.#height] = [width, height];
    this.#invalidate();
  }

  /** What is at a place of the plot. */
  at(px: number, py: number): RidgePoint | null {
    return this.#frame && ridgeAt(this.#frame, px, py);
  }

  point(point: RidgePoint | null): void {
    this.#point = point;
    this.#schedule();
  }

  /** Axes and hills in one bitmap. */
  bitmap(pixelRatio: number): HTMLCanvasElement | null {
    const context = document.createElement("canvas").getContext("2d");
    if (!this.#frame || !context) return null;
    context.canvas.width = this.#width * pixelRatio;
    context.canvas.height = this.#height * pixelRatio;
    context.scale(pixelRatio, pixelRatio);
    context.fillStyle = this.#theme.background;
    context.fillRect(0, 0, this.#width, this.#height);
    drawHills(context, this.#frame, this.#theme);
    return context.canvas;
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#hills.dispose();
    this.#hover.dispose();
  }

  #invalidate(): void {
    this.#stale = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#pending = 0;
    if (this.#width < 40 || this.#height < 40) return;
    if (this.#stale) {
      this.#stale = false;
      this.#frame = this.#spec && ridgeFrame(this.#spec, this.#width, this.#height);
      this.#hills.clear(this.#width, this.#height);
      if (this.#frame) drawHills(this.#hills.context, this.#frame, this.#theme);
      // What tests of the whole path read: set in the frame that draws it.
      this.#hills.element.dataset.ridges = String(this.#spec?.ridges.length ?? 0);
    }
    this.#hover.clear(this.#width, this.#height);
    if (this.#frame && this.#point) drawPoint(this.#hover.context, this.#frame, this.#theme, this.#point);
  }
}

function drawHills(context: CanvasRenderingContext2D, frame: RidgeFrame, theme: ChartTheme): void {
  drawAxes(context, frame, theme);
  const { ridges, offset, held } = frame.spec;
  for (let i = 0; i < ridges.length; i++) drawHill(context, frame, theme, i, offset);
  if (held >= 0 && held < ridges.length) drawHill(context, frame, theme, held, offset, 2);
}

function drawAxes(context: CanvasRenderingContext2D, frame: RidgeFrame, theme: ChartTheme): void {
  const { left, plotWidth, height, xTicks, x, rightTicks } = frame;
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.label;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const { py, label } of rightTicks) {
    line(context, left, Math.round(py) + 0.5, left + plotWidth, Math.round(py) + 0.5);
    context.fillText(label, left + plotWidth + 6, py);
  }
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { value, label } of xTicks) {
    const px = left + x.toUnit(value) * plotWidth;
    line(context, Math.round(px) + 0.5, height - 22, Math.round(px) + 0.5, height - 18);
    context.fillText(label, px, height - 7);
  }
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A hill from bin to bin; on grounds of their own the older are paler, and each hides what is behind it. */
function drawHill(
  context: CanvasRenderingContext2D,
  frame: RidgeFrame,
  theme: ChartTheme,
  index: number,
  filled: boolean,
  lineWidth = 1,
): void {
  const { spec, left, plotWidth, grounds, heightOf } = frame;
  const { counts, color } = spec.ridges[index]!;
  const ground = grounds[index]!;
  const width = plotWidth / spec.bins;
  context.beginPath();
  context.moveTo(left, ground);
  for (let bin = 0; bin < spec.bins; bin++)
    context.lineTo(left + (bin + 0.5) * width, ground - heightOf(counts[bin]!));
  context.lineTo(left + plotWidth, ground);
  const age = spec.ridges.length > 1 ? index / (spec.ridges.length - 1) : 1;
  if (filled) {
    context.fillStyle = theme.background;
    context.fill();
    context.globalAlpha = 0.25 + 0.55 * age;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
  }
  context.lineJoin = "round";
  context.lineWidth = lineWidth;
  context.globalAlpha = filled || lineWidth > 1 ? 1 : 0.35 + 0.65 * age;
  context.strokeStyle = filled && lineWidth === 1 ? theme.background : lineWidth > 1 ? theme.text : color;
  context.stroke();
  context.globalAlpha = 1;
}

function drawPoint(
  context: CanvasRenderingContext2D,
  frame: RidgeFrame,
  theme: ChartTheme,
  { ridge, bin }: RidgePoint,
): void {
  const one = frame.spec.ridges[ridge];
  if (!one) return;
  const width = frame.plotWidth / frame.spec.bins;
  const px = frame.left + (bin + 0.5) * width;
  const ground = frame.grounds[ridge]!;
  const py = ground - frame.heightOf(one.counts[bin]!);
  drawHill(context, frame, theme, ridge, false, 2);
  context.strokeStyle = theme.crosshair;
  context.lineWidth = 1;
  line(context, px, py, px, ground);
  context.beginPath();
  context.arc(px, py, 3.5, 0, 2 * Math.PI);
  context.fillStyle = one.color;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = theme.background;
  context.stroke();
}
