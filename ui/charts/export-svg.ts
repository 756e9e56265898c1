/** A chart as SVG: ECharts' axes by its SVG renderer, loaded when first asked for, and our lines as paths. */
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { axesOption } from "./axes.ts";
import { type Frame, pixelX, pixelY } from "./frame.ts";
import type { Line } from "./line.ts";
import { triangle } from "./lines-layer.ts";
import { lineMarks } from "./marks.ts";
import type { ChartTheme } from "./theme.ts";

use([SVGRenderer]);

const LEGEND_ROW = 16;
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
  const { plot, width } = frame;
  const height = TITLE_HEIGHT + frame.height + lines.length * LEGEND_ROW + 8;
  const font = `font-family="${escapeXml(theme.font)}" fill="${theme.text}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${theme.background}"/>`,
    `<text x="12" y="19" font-size="13" font-weight="600" ${font}>${escapeXml(title)}</text>`,
    `<g transform="translate(0 ${TITLE_HEIGHT})">`,
    axes.slice(axes.indexOf("<svg")),
    `<clipPath id="plot"><rect x="${plot.left}" y="${plot.top}" width="${plot.width}" height="${plot.height}"/></clipPath>`,
    '<g clip-path="url(#plot)" fill="none" stroke-linejoin="bevel">',
    ...lines
      .filter((line) => line.faint)
      .map((line) => path(frame, line, line.faint ?? line.y, 'stroke-opacity="0.25"')),
    ...lines.map((line) => path(frame, line, line.y, 'stroke-width="1.5"')),
    "</g>",
    ...lines.map((line) => marks(frame, line)),
    "</g>",
    ...lines.map((line, i) => legend(line, TITLE_HEIGHT + frame.height + i * LEGEND_ROW, font)),
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
  return `<path d="${data}" stroke="${line.color}" ${style}/>`;
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

function legend(line: Line, y: number, font: string): string {
  const swatch = `<rect x="12" y="${y + 3}" width="10" height="10" rx="2" fill="${line.color}"/>`;
  return `${swatch}<text x="28" y="${y + 12}" font-size="11" ${font}>${escapeXml(line.run)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
