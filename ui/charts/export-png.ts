/** A chart as PNG, with its title and a legend, at twice the screen's size. */
import type { LineChart } from "./line-chart.ts";

const SCALE = 2;
const TITLE_HEIGHT = 28;
const LEGEND_ROW = 16;
/** A legend longer than this would dwarf the chart. */
const LEGEND_ROWS = 40;

export async function chartToPng(title: string, chart: LineChart): Promise<Blob> {
  const bitmap = chart.bitmap(SCALE);
  if (!bitmap) throw new Error("nothing has been drawn yet");
  const { theme } = chart;
  const { lines } = chart.spec;
  const listed = lines.slice(0, LEGEND_ROWS);
  const rows = listed.length + (lines.length > listed.length ? 1 : 0);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height + (TITLE_HEIGHT + rows * LEGEND_ROW + 8) * SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2D canvas");
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, TITLE_HEIGHT * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = theme.text;
  context.font = `600 13px ${theme.font}`;
  context.fillText(title, 12, 19);
  context.font = `11px ${theme.font}`;
  const top = TITLE_HEIGHT + bitmap.height / SCALE;
  listed.forEach((line, i) => {
    context.fillStyle = line.color;
    context.fillRect(12, top + i * LEGEND_ROW + 3, 10, 10);
    context.fillStyle = theme.text;
    context.fillText(line.run, 28, top + i * LEGEND_ROW + 12);
  });
  if (lines.length > listed.length)
    context.fillText(`and ${lines.length - listed.length} more`, 28, top + listed.length * LEGEND_ROW + 12);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be encoded"))),
      "image/png",
    );
  });
}
