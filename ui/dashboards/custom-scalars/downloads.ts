/** A chart of a layout as a file: the picture as PNG or SVG, every point of every tag as CSV or JSON. */
import { fetchSeries } from "../../app/api.ts";
import { csvCell } from "../../board/csv.ts";
import { fileName, save } from "../../board/save.ts";
import type { CardController } from "../scalars/card-controller.ts";
import { pictureOf } from "../scalars/downloads.ts";

export async function downloadChart(
  form: "png" | "svg" | "csv" | "json",
  title: string,
  tags: readonly string[],
  runs: ReadonlySet<string>,
  { chart }: CardController,
): Promise<void> {
  const blob =
    form === "png" || form === "svg" ? await pictureOf(form, title, chart) : await points(form, tags, runs);
  save(blob, `${fileName(title)}.${form}`);
}

async function points(
  form: "csv" | "json",
  tags: readonly string[],
  runs: ReadonlySet<string>,
): Promise<Blob> {
  const all = await Promise.all(
    tags.map(async (tag) => ({
      tag,
      series: (await fetchSeries({ tag, runs: [...runs] })).map(
        ({ run, step, exactStep, wallTime, value }) => ({
          run,
          step: Array.from(exactStep ?? step, (one: number | bigint) => one.toString()),
          wallTime: [...wallTime],
          value: Array.from(value, String),
        }),
      ),
    })),
  );
  if (form === "json") return new Blob([JSON.stringify(all)], { type: "application/json" });
  const rows = all.flatMap(({ tag, series }) =>
    series.flatMap(({ run, step, wallTime, value }) =>
      step.map((at, i) => [csvCell(tag), csvCell(run), at, wallTime[i], value[i]].join(",")),
    ),
  );
  return new Blob([`${["tag,run,step,wall_time,value", ...rows].join("\r\n")}\r\n`], { type: "text/csv" });
}
