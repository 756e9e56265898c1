/** A chart as PNG, with its title and a legend, at twice the screen's size. */
import { layOutLegend, SWATCH } from "./legend.ts";
import type { LineChart } from "./line-chart.ts";

const SCALE = 2;
const TITLE_HEIGHT = 28;

export async function chartToPng(title: string, chart: LineChart): Promise<Blob> {
  const bitmap = chart.bitmap(SCALE);
  if (!bitmap) throw new Error("nothing has been drawn yet");
  const { theme } = chart;
  const { lines } = chart.spec;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2D canvas");
  context.font = `11px ${theme.font}`;
  const legend = layOutLegend(lines, bitmap.width / SCALE, (text) => context.measureText(text).width);
  canvas.width = legend.width * SCALE;
  canvas.height = bitmap.height + (TITLE_HEIGHT + legend.height) * SCALE;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, TITLE_HEIGHT * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = theme.text;
  context.font = `600 13px ${theme.font}`;
  context.fillText(title, 12, 19);
  context.font = `11px ${theme.font}`;
  const top = TITLE_HEIGHT + bitmap.height / SCALE;
  for (const { text, color, x, y } of legend.entries) {
    if (color !== null) {
      context.fillStyle = color;
      context.fillRect(x, top + y + 3, SWATCH, SWATCH);
    }
    context.fillStyle = theme.text;
    context.fillText(text, x + 16, top + y + 12);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be encoded"))),
      "image/png",
    );
  });
}
