/** A frame's grid, axis line and labels on a canvas: for charts that need no chart library. They look as `axes.ts` draws. */
import { type Frame, pixelX, pixelY } from "./frame.ts";
import { segment } from "./layered-plot.ts";
import type { ChartTheme } from "./theme.ts";

export function drawAxes(context: CanvasRenderingContext2D, frame: Frame, theme: ChartTheme): void {
  const { left, top, width, height } = frame.plot;
  context.font = `11px ${theme.font}`;
  context.lineWidth = 1;
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.label;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of frame.yTicks) {
    const py = Math.round(pixelY(frame, value)) + 0.5;
    segment(context, left, py, left + width, py);
    context.fillText(label, left - 6, py);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, label } of frame.xTicks) {
    const px = Math.round(pixelX(frame, value)) + 0.5;
    segment(context, px, top, px, top + height);
    context.fillText(label, px, top + height + 6);
  }
  context.strokeStyle = theme.axis;
  segment(context, left + 0.5, top, left + 0.5, top + height);
  segment(context, left, top + height + 0.5, left + width, top + height + 0.5);
}
