/** What follows the pointer, on a canvas of its own so that the lines need not be drawn again. */
import { type Frame, pixelX, pixelY, type Rect } from "./frame.ts";
import type { Hit } from "./hit-test.ts";
import type { Line } from "./line.ts";
import { drawHighlight } from "./lines-layer.ts";
import type { ChartTheme } from "./theme.ts";

export interface Pointed {
  /** Where the crosshair stands; null where points are marked that have no place in common. */
  readonly px: number | null;
  readonly hits: readonly Hit[];
  readonly nearest: Hit | null;
}

/** Dots for every run up to this many; beyond, they would hide what they mark. */
const DOTS = 24;

export function drawHover(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  pointed: Pointed | null,
  held: Pointed | null,
  highlighted: readonly Line[],
): void {
  if (held) drawHeld(context, frame, theme, held);
  const top = pointed?.nearest ? [pointed.nearest.line] : highlighted;
  if (pointed) drawUpright(context, frame, pointed.px, theme.crosshair);
  for (const line of top) drawHighlight(context, frame, line, theme.background);
  if (!pointed) return;
  if (pointed.hits.length <= DOTS) for (const hit of pointed.hits) drawDot(context, frame, theme, hit, 2.5);
  if (pointed.nearest) drawDot(context, frame, theme, pointed.nearest, 4);
}

/** What the page holds: its place in the accent colour, and every line's point there. */
function drawHeld(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  { px, hits, nearest }: Pointed,
): void {
  context.setLineDash([4, 3]);
  drawUpright(context, frame, px, theme.accent);
  context.setLineDash([]);
  if (hits.length <= DOTS) for (const hit of hits) drawDot(context, frame, theme, hit, 3);
  if (nearest) drawDot(context, frame, theme, nearest, 4);
}

function drawUpright(
  context: CanvasRenderingContext2D,
  { plot }: Frame,
  px: number | null,
  color: string,
): void {
  if (px === null || px < plot.left - 0.5 || px > plot.left + plot.width + 0.5) return;
  const x = Math.round(px) + 0.5;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, plot.top);
  context.lineTo(x, plot.top + plot.height);
  context.stroke();
}

function drawDot(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  { line, index }: Hit,
  radius: number,
): void {
  const x = pixelX(frame, line.x[index]!);
  const y = pixelY(frame, line.y[index]!);
  const { plot } = frame;
  if (
    !(x >= plot.left - 1 && x <= plot.left + plot.width + 1 && y >= plot.top && y <= plot.top + plot.height)
  )
    return;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = line.color;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = theme.background;
  context.stroke();
}

/** The box that is being dragged out. */
export function drawBrush(context: CanvasRenderingContext2D, theme: ChartTheme, box: Rect): void {
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.12;
  context.fillRect(box.left, box.top, box.width, box.height);
  context.globalAlpha = 0.9;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  context.globalAlpha = 1;
}
