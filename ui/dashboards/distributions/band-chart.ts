/** Draws quantiles over steps as bands, the wider ones paler, with the median as a line, and the crosshair over them. */
import { type Frame, inPlot, makeFrame, pixelX, pixelY, valueAtX } from "../../charts/frame.ts";
import { LayeredPlot, segment } from "../../charts/layered-plot.ts";
import type { XKind } from "../../charts/line.ts";
import { drawAxes } from "../../charts/plain-axes.ts";

export interface BandSpec {
  /** Ascending. */
  readonly x: Float64Array;
  /** Ascending from the lowest quantile to the highest; their number is odd. */
  readonly values: readonly Float32Array[];
  readonly xKind: XKind;
  readonly yLog: boolean;
  readonly color: string;
  /** Where the step that is looked at stands, which need not be one of `x`; null for none. */
  readonly held: number | null;
}

export class BandChart extends LayeredPlot {
  #spec: BandSpec | null = null;
  #frame: Frame | null = null;
  #point = -1;

  set(spec: BandSpec | null): void {
    this.#spec = spec;
    this.invalidate();
  }

  /** Index of the step nearest to a place of the plot; -1 outside. */
  at(px: number, py: number): number {
    const spec = this.#spec;
    if (!spec || !this.#frame || !inPlot(this.#frame, px, py)) return -1;
    return nearest(spec.x, valueAtX(this.#frame, px));
  }

  point(index: number): void {
    this.#point = index;
    this.redrawHover();
  }

  /** Where a step's median is drawn. */
  placeOf(index: number): { px: number; py: number } | null {
    const spec = this.#spec;
    if (!spec || !this.#frame || index < 0 || index >= spec.x.length) return null;
    const median = spec.values[(spec.values.length - 1) / 2]!;
    return { px: pixelX(this.#frame, spec.x[index]!), py: pixelY(this.#frame, median[index]!) };
  }

  protected override get isEmpty(): boolean {
    return this.#frame === null;
  }

  protected override layOut(measure: CanvasRenderingContext2D): void {
    this.#frame = this.#spec && this.#frameOf(this.#spec, measure);
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    if (!this.#frame || !this.#spec) return;
    drawAxes(context, this.#frame, this.theme);
    drawBands(context, this.#frame, this.#spec);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    if (!this.#frame || !this.#spec) return;
    const { x, held } = this.#spec;
    if (held !== null) drawUpright(context, this.#frame, held, this.theme.accent);
    if (this.#point >= 0) drawUpright(context, this.#frame, x[this.#point]!, this.theme.crosshair);
  }

  protected override readings(): Readonly<Record<string, number>> {
    return { points: this.#spec?.x.length ?? 0, last: this.#spec?.x.at(-1) ?? -1 };
  }

  #frameOf({ x, values, xKind, yLog }: BandSpec, measure: CanvasRenderingContext2D): Frame {
    const lines = [values[0]!, values.at(-1)!].map((y) => ({ run: "", color: "", x, y, faint: null }));
    const spec = { lines, xKind, xLog: false, yLog, ignoreOutliers: false, zoom: null, lastStep: "" };
    return makeFrame(spec, this.width, this.height, (label) => {
      measure.font = `11px ${this.theme.font}`;
      return measure.measureText(label).width;
    });
  }
}

function nearest(x: Float64Array, value: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const distance = Math.abs(x[i]! - value);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** From the outermost band to the innermost. */
function drawBands(context: CanvasRenderingContext2D, frame: Frame, spec: BandSpec): void {
  const { plot } = frame;
  const { x, values, color } = spec;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.fillStyle = color;
  const half = (values.length - 1) / 2;
  for (let band = 0; band < half; band++) {
    const [low, high] = [values[band]!, values[values.length - 1 - band]!];
    context.globalAlpha = 0.16;
    context.beginPath();
    for (let i = 0; i < x.length; i++) context.lineTo(pixelX(frame, x[i]!), pixelOf(frame, high[i]!));
    for (let i = x.length - 1; i >= 0; i--) context.lineTo(pixelX(frame, x[i]!), pixelOf(frame, low[i]!));
    context.fill();
    if (x.length === 1) drawSingle(context, frame, x[0]!, low[0]!, high[0]!);
  }
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let i = 0; i < x.length; i++) context.lineTo(pixelX(frame, x[i]!), pixelOf(frame, values[half]![i]!));
  context.stroke();
  context.restore();
}

/** A log axis has no place for what is not positive: it stands at the bottom. */
function pixelOf(frame: Frame, value: number): number {
  const py = pixelY(frame, value);
  return Number.isFinite(py) ? py : frame.plot.top + frame.plot.height;
}

/** One step is no area: a bar around it. */
function drawSingle(
  context: CanvasRenderingContext2D,
  frame: Frame,
  x: number,
  low: number,
  high: number,
): void {
  const top = pixelOf(frame, high);
  context.fillRect(pixelX(frame, x) - 6, top, 12, Math.max(1, pixelOf(frame, low) - top));
}

function drawUpright(context: CanvasRenderingContext2D, frame: Frame, x: number, color: string): void {
  const px = Math.round(pixelX(frame, x)) + 0.5;
  context.strokeStyle = color;
  context.lineWidth = 1;
  segment(context, px, frame.plot.top, px, frame.plot.top + frame.plot.height);
}
