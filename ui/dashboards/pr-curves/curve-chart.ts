/** Draws PR curves in the unit square of recall and precision, with the point that is looked at on top. */
import { type Frame, inPlot, pixelX, pixelY, valueAtX, valueAtY } from "../../charts/frame.ts";
import { PixelCanvas } from "../../charts/pixel-canvas.ts";
import { drawAxes } from "../../charts/plain-axes.ts";
import { makeScale } from "../../charts/scale.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import { linearTicks } from "../../charts/ticks.ts";
import { type Curve, nearestThreshold } from "./curve.ts";

export interface DrawnCurve {
  readonly run: string;
  readonly color: string;
  readonly curve: Curve;
}

/** A threshold of a curve. */
export interface CurvePoint {
  readonly curve: number;
  readonly at: number;
}

const PLOT = { left: 44, top: 10, right: 14, bottom: 24 };

export class CurveChart {
  readonly #lines = new PixelCanvas("chart-lines");
  readonly #hover = new PixelCanvas("chart-hover");
  #curves: readonly DrawnCurve[] = [];
  #highlighted: string | null = null;
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  #frame: Frame | null = null;
  #point: CurvePoint | null = null;
  #stale = true;
  #pending = 0;

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    host.append(this.#lines.element, this.#hover.element);
  }

  /** The canvas that takes the pointer and the keyboard. */
  get surface(): HTMLCanvasElement {
    return this.#hover.element;
  }

  set(curves: readonly DrawnCurve[]): void {
    this.#curves = curves;
    this.#invalidate();
  }

  /** Draws this run on top. */
  highlight(run: string | null): void {
    this.#highlighted = run;
    this.#schedule();
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

  /** The threshold nearest to a place of the plot, on the nearest curve. */
  at(px: number, py: number): CurvePoint | null {
    const frame = this.#frame;
    if (!frame || !inPlot(frame, px, py)) return null;
    const [recall, precision] = [valueAtX(frame, px), valueAtY(frame, py)];
    let best: (CurvePoint & { distance: number }) | null = null;
    for (const [curve, drawn] of this.#curves.entries()) {
      const found = nearestThreshold(drawn.curve, recall, precision);
      if (!best || found.distance <= best.distance) best = { curve, ...found };
    }
    return best;
  }

  point(point: CurvePoint | null): void {
    this.#point = point;
    this.#schedule();
  }

  placeOf({ curve, at }: CurvePoint): { px: number; py: number } | null {
    const drawn = this.#curves[curve]?.curve;
    if (!this.#frame || !drawn) return null;
    return {
      px: pixelX(this.#frame, drawn.recall[at]!),
      py: pixelY(this.#frame, drawn.precision[at]!),
    };
  }

  /** Axes and curves in one bitmap. */
  bitmap(pixelRatio: number): HTMLCanvasElement | null {
    const context = document.createElement("canvas").getContext("2d");
    if (!this.#frame || !context) return null;
    context.canvas.width = this.#width * pixelRatio;
    context.canvas.height = this.#height * pixelRatio;
    context.scale(pixelRatio, pixelRatio);
    context.fillStyle = this.#theme.background;
    context.fillRect(0, 0, this.#width, this.#height);
    drawAxes(context, this.#frame, this.#theme);
    nameAxes(context, this.#frame, this.#theme);
    for (const curve of this.#curves) drawCurve(context, this.#frame, curve, 1.5);
    return context.canvas;
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#lines.dispose();
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
      this.#frame = unitFrame(this.#width, this.#height);
      this.#lines.clear(this.#width, this.#height);
      drawAxes(this.#lines.context, this.#frame, this.#theme);
      nameAxes(this.#lines.context, this.#frame, this.#theme);
      for (const curve of this.#curves) drawCurve(this.#lines.context, this.#frame, curve, 1.5);
      // What tests of the whole path read: set in the frame that draws it.
      this.#lines.element.dataset.curves = String(this.#curves.length);
    }
    this.#hover.clear(this.#width, this.#height);
    this.#drawHover();
  }

  #drawHover(): void {
    const { context } = this.#hover;
    const top =
      this.#curves[this.#point?.curve ?? -1] ?? this.#curves.find(({ run }) => run === this.#highlighted);
    if (top && this.#frame) drawCurve(context, this.#frame, top, 2.5);
    const place = this.#point && this.placeOf(this.#point);
    if (!place || !top) return;
    context.beginPath();
    context.arc(place.px, place.py, 4, 0, 2 * Math.PI);
    context.fillStyle = top.color;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = this.#theme.background;
    context.stroke();
  }
}

/** A little room beyond 0 and 1, so that curves along the edges show. */
const UNIT = [-0.02, 1.02] as const;

function unitFrame(width: number, height: number): Frame {
  const plot = {
    left: PLOT.left,
    top: PLOT.top,
    width: Math.max(1, width - PLOT.left - PLOT.right),
    height: Math.max(1, height - PLOT.top - PLOT.bottom),
  };
  return {
    width,
    height,
    plot,
    x: makeScale(UNIT, false),
    y: makeScale(UNIT, false),
    xTicks: linearTicks([0, 1], Math.max(2, plot.width / 56)),
    yTicks: linearTicks([0, 1], Math.max(2, plot.height / 30)),
  };
}

function nameAxes(context: CanvasRenderingContext2D, { plot }: Frame, theme: ChartTheme): void {
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.label;
  context.textBaseline = "alphabetic";
  context.textAlign = "right";
  context.fillText("recall", plot.left + plot.width - 4, plot.top + plot.height - 5);
  context.textAlign = "left";
  context.fillText("precision", plot.left + 5, plot.top + 11);
}

function drawCurve(context: CanvasRenderingContext2D, frame: Frame, drawn: DrawnCurve, width: number): void {
  const { recall, precision } = drawn.curve;
  context.strokeStyle = drawn.color;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.beginPath();
  for (let i = 0; i < recall.length; i++)
    context.lineTo(pixelX(frame, recall[i]!), pixelY(frame, precision[i]!));
  context.stroke();
}
