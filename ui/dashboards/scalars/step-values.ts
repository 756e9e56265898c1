/** What a card's lines have at the step that the page holds, or at the newest: rows of the table below the chart. */
import type { RunSeries } from "../../../client/series-table.ts";
import { formatDuration, formatStep, formatValue } from "../../app/format.ts";
import { indexAt, type Moment } from "../../board/moments.ts";
import { keyOfRow, type ValuesColumn, type ValuesLine, type ValuesRow } from "../../board/values-table.tsx";

export interface StepRow extends ValuesRow {
  /** As the line is drawn; the value itself where nothing is smoothed. */
  readonly smoothed: number;
  readonly value: number;
  readonly step: number | bigint;
  /** Seconds since the run's first point of the tag. */
  readonly relative: number;
}

/** @param data by the keys of the lines */
export function stepRows(
  lines: readonly ValuesLine[],
  data: ReadonlyMap<string, RunSeries>,
  moment: Moment | null,
): StepRow[] {
  return lines.flatMap((line) => {
    const series = data.get(keyOfRow(line));
    const at = series ? indexAt(series, moment) : -1;
    if (!series || at < 0) return [];
    return [
      {
        ...line,
        smoothed: series.smoothed?.[at] ?? series.value[at]!,
        value: series.value[at]!,
        step: series.exactStep?.[at] ?? series.step[at]!,
        relative: series.wallTime[at]! - series.origin,
      },
    ];
  });
}

export const STEP_COLUMNS: readonly ValuesColumn<StepRow>[] = [
  {
    id: "smoothed",
    title: "Smoothed",
    text: ({ smoothed }) => formatValue(smoothed),
    value: ({ smoothed }) => smoothed,
  },
  { id: "value", title: "Value", text: ({ value }) => formatValue(value), value: ({ value }) => value },
  { id: "step", title: "Step", text: ({ step }) => formatStep(step), value: ({ step }) => step },
  {
    id: "relative",
    title: "Relative",
    text: ({ relative }) => formatDuration(relative),
    value: ({ relative }) => relative,
  },
];
