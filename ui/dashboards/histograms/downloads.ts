/** A card's histograms as files: the picture, or every bucket of every step. */
import type { ReadonlySignal } from "@preact/signals";
import { fetchRecords } from "../../app/api.ts";
import type { Download } from "../../board/card-header.tsx";
import { csvCell } from "../../board/csv.ts";
import { fileName, save } from "../../board/save.ts";
import { histogramOf } from "./histogram.ts";

/** What draws a picture. */
interface Drawn {
  bitmap(pixelRatio: number): HTMLCanvasElement | null;
}

interface Row {
  readonly run: string;
  readonly step: number;
  readonly wall_time: number;
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

export function histogramDownloads(
  tag: string,
  runs: readonly string[],
  plot: ReadonlySignal<Drawn | null>,
): Download[] {
  return [
    { label: "PNG", hint: "picture", run: () => savePicture(tag, plot.peek()) },
    {
      label: "CSV",
      hint: "all buckets",
      run: async () =>
        save(new Blob([csv(await allRows(tag, runs))], { type: "text/csv" }), `${fileName(tag)}.csv`),
    },
    {
      label: "JSON",
      hint: "all buckets",
      run: async () =>
        save(
          new Blob([JSON.stringify(await allRows(tag, runs))], { type: "application/json" }),
          `${fileName(tag)}.json`,
        ),
    },
  ];
}

export async function savePicture(tag: string, plot: Drawn | null): Promise<void> {
  const canvas = plot?.bitmap(2);
  const blob = canvas && (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve)));
  if (!blob) throw new Error("there is no picture");
  save(blob, `${fileName(tag)}.png`);
}

async function allRows(tag: string, runs: readonly string[]): Promise<Row[]> {
  const parts = await fetchRecords({ tag, plugin: "histograms", runs, values: true });
  return parts.flatMap(({ run, step, wallTime, tensors }) =>
    (tensors ?? []).flatMap((tensor, i) => {
      const histogram = tensor && histogramOf(tensor);
      if (!histogram) return [];
      return Array.from(histogram.count, (count, bucket) => ({
        run,
        step: step[i]!,
        wall_time: wallTime[i]!,
        left: histogram.left[bucket]!,
        right: histogram.right[bucket]!,
        count,
      }));
    }),
  );
}

function csv(rows: readonly Row[]): string {
  const lines = rows.map(({ run, step, wall_time, left, right, count }) =>
    [csvCell(run), step, wall_time, left, right, count].join(","),
  );
  return ["run,step,wall_time,left,right,count", ...lines, ""].join("\n");
}
