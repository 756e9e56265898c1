/** What a card of PR curves shows, as files. */
import type { ReadonlySignal } from "@preact/signals";
import type { Download } from "../../board/card-header.tsx";
import { fileName, save } from "../../board/save.ts";
import { savePicture } from "../histograms/downloads.ts";
import type { CurveChart, DrawnCurve } from "./curve-chart.ts";

export function curveDownloads(
  tag: string,
  curves: ReadonlySignal<readonly DrawnCurve[]>,
  chart: ReadonlySignal<CurveChart | null>,
): Download[] {
  return [
    { label: "PNG", hint: "picture", run: () => savePicture(tag, chart.peek()) },
    {
      label: "JSON",
      hint: "these curves",
      run: () =>
        save(
          new Blob([JSON.stringify(curves.peek().map(toJson))], { type: "application/json" }),
          `${fileName(tag)}.json`,
        ),
    },
  ];
}

function toJson({ run, step, curve }: DrawnCurve): object {
  return {
    run,
    step,
    ...Object.fromEntries(
      Object.entries(curve).map(([name, values]: [string, Float64Array]) => [name, [...values]]),
    ),
  };
}
