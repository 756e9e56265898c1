/** Which of a run's values are histograms that can be drawn, and what is left out. */
import type { RunRecords } from "../../../client/records-table.ts";
import { type Histogram, hasValues, histogramOf } from "./histogram.ts";

export interface StepHistogram {
  readonly step: number;
  readonly wallTime: number;
  readonly key: string;
  readonly histogram: Histogram;
  /** It is not among the steps that are shown, but the one that is looked at. */
  readonly passing?: boolean;
}

export interface ReadHistograms {
  /** In order of step. */
  readonly steps: readonly StepHistogram[];
  /** Values that are no histograms, or that cannot be read any more. */
  readonly unfit: number;
  /** Histograms that hold no finite value: nothing, or NaN and infinities only. */
  readonly empty: number;
}

export function readHistograms(records: RunRecords): ReadHistograms {
  const steps: StepHistogram[] = [];
  let unfit = 0;
  let empty = 0;
  records.tensors?.forEach((tensor, row) => {
    const histogram = tensor && histogramOf(tensor);
    if (!histogram) unfit++;
    else if (hasValues(histogram)) steps.push(stepOf(records, row, histogram));
    else empty++;
  });
  return { steps, unfit, empty };
}

function stepOf(records: RunRecords, row: number, histogram: Histogram): StepHistogram {
  return { step: records.step[row]!, wallTime: records.wallTime[row]!, key: records.keys[row]!, histogram };
}

/** The same with the step that is looked at, where it is not among them. */
export function withHeld(
  read: ReadHistograms,
  all: RunRecords | null,
  key: string | null,
  tensor: Parameters<typeof histogramOf>[0] | null | undefined,
): ReadHistograms {
  if (!all || key === null || !tensor || read.steps.some((one) => one.key === key)) return read;
  const histogram = histogramOf(tensor);
  const row = all.keys.indexOf(key);
  if (!histogram || row < 0 || !hasValues(histogram)) return read;
  const passing = { ...stepOf(all, row, histogram), passing: true };
  const steps = [...read.steps, passing].sort((a, b) => a.step - b.step);
  return { ...read, steps };
}

/** What is left out, in words; empty where nothing is. */
export function leftOut({ unfit, empty }: Pick<ReadHistograms, "unfit" | "empty">): string {
  const parts = [
    empty > 0 && `${empty} without a finite value (only NaN or infinities, or nothing)`,
    unfit > 0 && `${unfit} of another shape than [buckets, 3]`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "" : `Not shown: ${parts.join(", ")}`;
}
