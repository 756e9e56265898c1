/** A card as a file: the picture as PNG or SVG, every point as CSV or JSON. */
import { fetchSeriesFile } from "../../app/api.ts";
import { fileName, save } from "../../board/save.ts";
import { chartToPng } from "../../charts/export-png.ts";
import type { LineChart } from "../../charts/line-chart.ts";

export type DownloadForm = "png" | "svg" | "csv" | "json";

export async function downloadCard(
  form: DownloadForm,
  tag: string,
  runs: readonly string[],
  chart: LineChart,
): Promise<void> {
  const blob =
    form === "csv" || form === "json"
      ? await fetchSeriesFile({ tag, runs }, form)
      : await pictureOf(form, tag, chart);
  save(blob, `${fileName(tag)}.${form}`);
}

export async function pictureOf(form: "png" | "svg", tag: string, chart: LineChart): Promise<Blob> {
  if (form === "png") return chartToPng(tag, chart);
  const { chartToSvg } = await import("../../charts/export-svg.ts");
  if (!chart.frame) throw new Error("nothing has been drawn yet");
  const svg = chartToSvg(tag, chart.frame, chart.spec.lines, chart.theme);
  return new Blob([svg], { type: "image/svg+xml" });
}
