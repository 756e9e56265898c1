/** Draws histograms as hills on a canvas, and on a second one over it what the pointer is at. */
import { dot, LayeredPlot, segment } from "../../charts/layered-plot.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import {
  type Ridge,
  type RidgeFrame,
  type RidgePoint,
  type RidgeSpec,
  ridgeAt,
  ridgeFrame,
} from "./ridge.ts";

/** The hills but for the one that stands out, as they were drawn: a slider that moves changes only that one. */
interface Drawn {
  readonly canvas: HTMLCanvasElement;
  readonly frame: RidgeFrame;
  readonly theme: ChartTheme;
  readonly scale: number;
}

export class RidgePlot extends LayeredPlot {
  #spec: RidgeSpec | null = null;
  #frame: RidgeFrame | null = null;
  #point: RidgePoint | null = null;
  #drawn: Drawn | null = null;

  get frame(): RidgeFrame | null {
    return this.#frame;
  }

  set(spec: RidgeSpec | null): void {
    this.#spec = spec;
    this.invalidate();
  }

  /** What is at a place of the plot. */
  at(px: number, py: number): RidgePoint | null {
    return this.#frame && ridgeAt(this.#frame, px, py);
  }

  point(point: RidgePoint | null): void {
    this.#point = point;
    this.redrawHover();
  }

  protected override get isEmpty(): boolean {
    return this.#frame === null;
  }

  protected override layOut(): void {
    this.#frame = this.#spec && ridgeFrame(this.#spec, this.width, this.height);
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    const { theme } = this;
    const frame = this.#frame;
    if (!frame) return;
    const scale = context.getTransform().a;
    const before = this.#drawn;
    const isSame =
      before !== null &&
      before.scale === scale &&
      before.theme === theme &&
      isSamePicture(before.frame, frame);
    this.#drawn = isSame ? before : drawnApart(frame, theme, scale, before?.canvas);
    context.drawImage(this.#drawn.canvas, 0, 0, frame.width, frame.height);
    const { held, offset } = frame.spec;
    if (frame.spec.ridges[held]) drawHill(context, frame, theme, held, offset, 2);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    if (this.#frame && this.#point) drawPoint(context, this.#frame, this.theme, this.#point);
  }

  protected override readings(): Readonly<Record<string, number>> {
    const { ridges = [], held = -1 } = this.#spec ?? {};
    return { ridges: ridges.length, held: ridges[held]?.at ?? -1, last: ridges.at(-1)?.at ?? -1 };
  }
}

function drawnApart(
  frame: RidgeFrame,
  theme: ChartTheme,
  scale: number,
  canvas = document.createElement("canvas"),
): Drawn {
  canvas.width = Math.round(frame.width * scale);
  canvas.height = Math.round(frame.height * scale);
  const context = canvas.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  drawAxes(context, frame, theme);
  const { ridges, offset } = frame.spec;
  for (let i = 0; i < ridges.length; i++)
    if (ridges[i]!.passing !== true) drawHill(context, frame, theme, i, offset);
  return { canvas, frame, theme, scale };
}

/** Whether the same would be drawn but for the one that stands out. */
function isSamePicture(a: RidgeFrame, b: RidgeFrame): boolean {
  const sameFrame =
    a.width === b.width &&
    a.height === b.height &&
    a.spec.offset === b.spec.offset &&
    a.spec.bins === b.spec.bins &&
    a.spec.axis === b.spec.axis &&
    a.spec.logCounts === b.spec.logCounts &&
    a.spec.range[0] === b.spec.range[0] &&
    a.spec.range[1] === b.spec.range[1] &&
    // Pixels of a count, and of a place: they go by the highest hill, and by the outermost.
    a.heightOf(1) === b.heightOf(1) &&
    a.grounds[0] === b.grounds[0] &&
    a.grounds.at(-1) === b.grounds.at(-1);
  if (!sameFrame) return false;
  const [own, other] = [lasting(a), lasting(b)];
  return own.length === other.length && own.every((one, i) => isSameRidge(one, other[i]!));
}

const lasting = ({ spec }: RidgeFrame): Ridge[] => spec.ridges.filter(({ passing }) => passing !== true);

const isSameRidge = (a: Ridge, b: Ridge): boolean =>
  a.counts === b.counts && a.at === b.at && a.color === b.color;

function drawAxes(context: CanvasRenderingContext2D, frame: RidgeFrame, theme: ChartTheme): void {
  const { left, plotWidth, height, xTicks, x, rightTicks } = frame;
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.label;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const { py, label } of rightTicks) {
    segment(context, left, Math.round(py) + 0.5, left + plotWidth, Math.round(py) + 0.5);
    context.fillText(label, left + plotWidth + 6, py);
  }
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { value, label } of xTicks) {
    const px = left + x.toUnit(value) * plotWidth;
    segment(context, Math.round(px) + 0.5, height - 22, Math.round(px) + 0.5, height - 18);
    context.fillText(label, px, height - 7);
  }
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
  segment(context, px, py, px, ground);
  dot(context, { px, py }, 3.5, one.color, theme.background);
}
