/** Draws PR curves in the unit square of recall and precision, with the point that is looked at on top. */
import { type Frame, inPlot, pixelX, pixelY, valueAtX, valueAtY } from "../../charts/frame.ts";
import { dot, LayeredPlot } from "../../charts/layered-plot.ts";
import { drawAxes } from "../../charts/plain-axes.ts";
import { makeScale } from "../../charts/scale.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import { linearTicks } from "../../charts/ticks.ts";
import { type Curve, nearestThreshold } from "./curve.ts";

export interface DrawnCurve {
  readonly run: string;
  readonly step: number;
  readonly color: string;
  readonly curve: Curve;
}

/** A threshold of a curve. */
export interface CurvePoint {
  readonly curve: number;
  readonly at: number;
}

const PLOT = { left: 54, top: 10, right: 14, bottom: 36 };

export class CurveChart extends LayeredPlot {
  #curves: readonly DrawnCurve[] = [];
  #highlighted: string | null = null;
  #frame: Frame | null = null;
  #point: CurvePoint | null = null;

  set(curves: readonly DrawnCurve[]): void {
    this.#curves = curves;
    this.invalidate();
  }

  /** Draws this run on top. */
  highlight(run: string | null): void {
    this.#highlighted = run;
    this.redrawHover();
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
    this.redrawHover();
  }

  placeOf({ curve, at }: CurvePoint): { px: number; py: number } | null {
    const drawn = this.#curves[curve]?.curve;
    if (!this.#frame || !drawn) return null;
    return {
      px: pixelX(this.#frame, drawn.recall[at]!),
      py: pixelY(this.#frame, drawn.precision[at]!),
    };
  }

  protected override get isEmpty(): boolean {
    return this.#frame === null;
  }

  protected override layOut(): void {
    this.#frame = unitFrame(this.width, this.height);
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    if (!this.#frame) return;
    drawAxes(context, this.#frame, this.theme);
    nameAxes(context, this.#frame, this.theme);
    for (const curve of this.#curves) drawCurve(context, this.#frame, curve, 1.5);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    const top =
      this.#curves[this.#point?.curve ?? -1] ?? this.#curves.find(({ run }) => run === this.#highlighted);
    if (top && this.#frame) drawCurve(context, this.#frame, top, 2.5);
    const place = this.#point && this.placeOf(this.#point);
    if (place && top) dot(context, place, 4, top.color, this.theme.background);
  }

  protected override readings(): Readonly<Record<string, number>> {
    // The newest of the steps that are drawn.
    const step = this.#curves.reduce((last, curve) => Math.max(last, curve.step), -1);
    return { curves: this.#curves.length, step };
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
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText("recall", plot.left + plot.width / 2, plot.top + plot.height + PLOT.bottom);
  context.save();
  context.translate(2, plot.top + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText("precision", 0, 0);
  context.restore();
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
