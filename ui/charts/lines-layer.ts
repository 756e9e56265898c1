/**
 * Draws the lines on a canvas over ECharts' grid: one path a run. ECharts' own line series builds objects per
 * point and takes ten times as long.
 */
import type { Frame } from "./frame.ts";
import type { Bound, Line } from "./line.ts";
import { lineMarks, type Mark } from "./marks.ts";
import { project } from "./projection.ts";

const TRIANGLE = 4.5;
const FAINT = { few: 0.28, many: 0.14 };
const MANY = 12;
/** Opacity of what lies between bounds. */
export const BAND = 0.18;

/**
 * More points than this are drawn by hairs. A line wider than a pixel is a shape that Skia fills, and takes ten to fifty
 * times as long as one of a pixel: of 20 lines of 900 points a tenth of a second instead of some milliseconds, where no
 * graphics card helps.
 */
const POINTS_BY_HAIRS = 3000;

/** Draws all lines, clipped to the plot; the context is in CSS pixels. `quick` makes many points cost less. */
export function drawLines(
  context: CanvasRenderingContext2D,
  frame: Frame,
  lines: readonly Line[],
  quick = false,
): void {
  const { plot } = frame;
  const hairs = quick && lines.reduce((sum, line) => sum + line.x.length, 0) > POINTS_BY_HAIRS;
  context.save();
  context.beginPath();
  context.rect(plot.left - 1, plot.top - 1, plot.width + 2, plot.height + 2);
  context.clip();
  context.lineJoin = "bevel";
  context.globalAlpha = BAND;
  for (const line of lines) if (line.band) fillBand(context, frame, line);
  context.globalAlpha = lines.length > MANY ? FAINT.many : FAINT.few;
  context.lineWidth = 1;
  for (const line of lines) if (line.faint) strokeColumn(context, frame, line, line.faint, hairs);
  context.globalAlpha = 1;
  context.lineWidth = strongWidth(lines.length);
  const marks: { color: string; marks: Mark[] }[] = [];
  for (const line of lines) marks.push({ color: line.color, marks: drawStrong(context, frame, line, hairs) });
  context.restore();
  for (const { color, marks: ofLine } of marks) {
    context.fillStyle = color;
    for (const mark of ofLine) if (isInside(mark, frame)) drawMark(context, mark);
  }
}

/** Draws one line on top of the others, thicker, with a rim that parts it from what is below. */
export function drawHighlight(
  context: CanvasRenderingContext2D,
  frame: Frame,
  line: Line,
  rim: string,
): void {
  const { plot } = frame;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.globalAlpha = 0.85;
  strokeColumn(context, frame, { ...line, color: rim }, line.y);
  context.globalAlpha = 1;
  context.lineWidth = 2.25;
  strokeColumn(context, frame, line, line.y);
  context.restore();
}

function strongWidth(lines: number): number {
  return lines > 60 ? 1 : lines > MANY ? 1.25 : 1.6;
}

function drawStrong(context: CanvasRenderingContext2D, frame: Frame, line: Line, hairs: boolean): Mark[] {
  const { plot } = frame;
  const { x, y } = strokeColumn(context, frame, line, line.y, hairs);
  // Whether a raw value is a number decides its mark; smoothing has none of its own.
  return lineMarks(line.faint ?? line.y, x, y, plot.top, plot.top + plot.height);
}

function strokeColumn(
  context: CanvasRenderingContext2D,
  frame: Frame,
  line: Line,
  column: Float32Array,
  hairs = false,
) {
  const projected = project(frame, line.x, column);
  const { x, y } = projected;
  const path = new Path2D();
  let drawing = false;
  for (let i = 0; i < x.length; i++) {
    const px = x[i]!;
    const py = y[i]!;
    // Infinities and NaN end a stretch: the difference with themselves is not 0.
    if (py - py !== 0 || px - px !== 0) drawing = false;
    else if (drawing) path.lineTo(px, py);
    else {
      path.moveTo(px, py);
      drawing = true;
    }
  }
  context.strokeStyle = line.color;
  if (line.dash) context.setLineDash([...line.dash]);
  if (hairs) strokeByHairs(context, path);
  else context.stroke(path);
  if (line.dash) context.setLineDash([]);
  return projected;
}

function fillBand(context: CanvasRenderingContext2D, frame: Frame, line: Line): void {
  context.beginPath();
  for (const [px, py] of bandCorners(frame, line)) context.lineTo(px, py);
  context.fillStyle = line.color;
  context.fill();
}

/** Once around the band: along the upper bound, and back along the lower one. */
export function bandCorners(frame: Frame, { band }: Line): [px: number, py: number][] {
  if (!band) return [];
  const along = ({ x, y }: Bound): [number, number][] => {
    // What a log axis cannot show is at the bottom; the buffers of `project` are its own.
    const projected = project(frame, x, y);
    const bottom = frame.plot.top + frame.plot.height;
    return Array.from(projected.x, (px, i): [number, number] => {
      const py = projected.y[i]!;
      return [px, Number.isNaN(py) && frame.y.log && !Number.isNaN(y[i]!) ? bottom : py];
    }).filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py));
  };
  return [...along(band.high), ...along(band.low).reverse()];
}

/** As wide as the context's lines, of lines a device pixel wide side by side. */
function strokeByHairs(context: CanvasRenderingContext2D, path: Path2D): void {
  const pixel = 1 / Math.max(1, context.getTransform().a);
  const count = Math.max(1, Math.round(context.lineWidth / pixel));
  context.save();
  context.lineWidth = pixel;
  // Askew, so that flat and steep parts gain alike.
  const apart = pixel * 0.7;
  context.translate((-(count - 1) / 2) * apart, (-(count - 1) / 2) * apart);
  for (let i = 0; i < count; i++) {
    if (i > 0) context.translate(apart, apart);
    context.stroke(path);
  }
  context.restore();
}

function isInside(mark: Mark, { plot }: Frame): boolean {
  return (
    mark.x >= plot.left - 1 &&
    mark.x <= plot.left + plot.width + 1 &&
    mark.y >= plot.top - 1 &&
    mark.y <= plot.top + plot.height + 1
  );
}

function drawMark(context: CanvasRenderingContext2D, { x, y, kind }: Mark): void {
  context.beginPath();
  if (kind === "dot") context.arc(x, y, 2.75, 0, 2 * Math.PI);
  else {
    for (const [dx, dy] of triangle(kind)) context.lineTo(x + dx, y + dy);
    context.closePath();
  }
  context.fill();
}

/** Corners around the mark's point; the infinities point outwards and stay inside the plot. */
export function triangle(kind: "nan" | "up" | "down"): readonly (readonly [number, number])[] {
  const t = TRIANGLE;
  if (kind === "up")
    return [
      [0, 1],
      [t, 1 + 1.7 * t],
      [-t, 1 + 1.7 * t],
    ];
  if (kind === "down")
    return [
      [0, -1],
      [t, -1 - 1.7 * t],
      [-t, -1 - 1.7 * t],
    ];
  return [
    [0, -t],
    [t, t * 0.8],
    [-t, t * 0.8],
  ];
}
