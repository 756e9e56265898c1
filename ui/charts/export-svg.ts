/** A chart as SVG: ECharts' axes by its SVG renderer, loaded when first asked for, and our lines as paths. */
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { axesOption } from "./axes.ts";
import { type Frame, pixelX, pixelY } from "./frame.ts";
import { type LegendEntry, layOutLegend, SWATCH } from "./legend.ts";
import type { Line } from "./line.ts";
import { BAND, bandCorners, triangle } from "./lines-layer.ts";
import { lineMarks } from "./marks.ts";
import type { ChartTheme } from "./theme.ts";

use([SVGRenderer]);

const TITLE_HEIGHT = 28;

export function chartToSvg(
  title: string,
  frame: Frame,
  lines: readonly Line[],
  chartTheme: ChartTheme,
): string {
  // ECharts writes the font into an attribute without escaping it.
  const theme = { ...chartTheme, font: chartTheme.font.replaceAll('"', "'") };
  const chart = init(null, null, { renderer: "svg", ssr: true, width: frame.width, height: frame.height });
  chart.setOption(axesOption(frame, theme));
  const axes = chart.renderToSVGString();
  chart.dispose();
  const { plot } = frame;
  const legend = layOutLegend(lines, frame.width, textMeasure(theme.font));
  const { width } = legend;
  const height = TITLE_HEIGHT + frame.height + legend.height;
  const font = `font-family="${escapeXml(theme.font)}" fill="${theme.text}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${theme.background}"/>`,
    `<text x="12" y="19" font-size="13" font-weight="600" ${font}>${escapeXml(title)}</text>`,
    `<g transform="translate(0 ${TITLE_HEIGHT})">`,
    axes.slice(axes.indexOf("<svg")),
    `<clipPath id="plot"><rect x="${plot.left}" y="${plot.top}" width="${plot.width}" height="${plot.height}"/></clipPath>`,
    '<g clip-path="url(#plot)" fill="none" stroke-linejoin="bevel">',
    ...lines.filter((line) => line.band).map((line) => band(frame, line)),
    ...lines
      .filter((line) => line.faint)
      .map((line) => path(frame, line, line.faint ?? line.y, 'stroke-opacity="0.25"')),
    ...lines.map((line) => path(frame, line, line.y, 'stroke-width="1.5"')),
    "</g>",
    ...lines.map((line) => marks(frame, line)),
    "</g>",
    ...legend.entries.map((entry) => legendEntry(entry, TITLE_HEIGHT + frame.height, font)),
    "</svg>",
  ].join("\n");
}

function path(frame: Frame, line: Line, column: Float32Array, style: string): string {
  let data = "";
  let drawing = false;
  for (let i = 0; i < column.length; i++) {
    const x = pixelX(frame, line.x[i]!);
    const y = pixelY(frame, column[i]!);
    const finite = Number.isFinite(x) && Number.isFinite(y);
    if (finite) data += `${drawing ? "L" : "M"}${round(x)} ${round(y)}`;
    drawing = finite;
  }
  const dash = line.dash ? ` stroke-dasharray="${line.dash.join(" ")}"` : "";
  return `<path d="${data}" stroke="${line.color}" ${style}${dash}/>`;
}

function band(frame: Frame, line: Line): string {
  const points = bandCorners(frame, line).map(([px, py]) => `${round(px)},${round(py)}`);
  return `<polygon points="${points.join(" ")}" fill="${line.color}" fill-opacity="${BAND}"/>`;
}

function marks(frame: Frame, line: Line): string {
  const x = Float32Array.from(line.x, (value) => pixelX(frame, value));
  const y = Float32Array.from(line.y, (value) => pixelY(frame, value));
  const { top, height, left, width } = frame.plot;
  return lineMarks(line.faint ?? line.y, x, y, top, top + height)
    .filter((mark) => mark.x >= left && mark.x <= left + width && mark.y >= top && mark.y <= top + height)
    .map((mark) => {
      if (mark.kind === "dot")
        return `<circle cx="${round(mark.x)}" cy="${round(mark.y)}" r="2.75" fill="${line.color}"/>`;
      const points = triangle(mark.kind).map(([dx, dy]) => `${round(mark.x + dx)},${round(mark.y + dy)}`);
      return `<polygon points="${points.join(" ")}" fill="${line.color}"/>`;
    })
    .join("");
}

function legendEntry({ text, color, x, y }: LegendEntry, top: number, font: string): string {
  const swatch =
    color === null
      ? ""
      : `<rect x="${x}" y="${top + y + 3}" width="${SWATCH}" height="${SWATCH}" rx="2" fill="${color}"/>`;
  return `${swatch}<text x="${x + 16}" y="${top + y + 12}" font-size="11" ${font}>${escapeXml(text)}</text>`;
}

/** Widths as the browser would draw them; without a canvas a guess that is rather too wide. */
function textMeasure(font: string): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 7;
  context.font = `11px ${font}`;
  return (text) => context.measureText(text).width;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
