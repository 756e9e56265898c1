/** A run's histograms of a tag for a card: evenly chosen steps, the one that is looked at among them, live. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { RunRecords } from "../../../client/records-table.ts";
import type { TagInfo } from "../../../server/api/types.ts";
import { indexAt } from "../../board/moments.ts";
import { heldRange, type RangedRecords, recordsInRange, stepsOfRange } from "../../board/range.ts";
import { type RecordsFeed, useRecords, useTensors } from "../../board/records.ts";
import { type CardStep, useCardStep } from "../../board/steps.ts";
import type { WantedTensor } from "../../board/tensor-loader.ts";
import { type Histogram, histogramOf } from "./histogram.ts";

const EVERY_STEP = {};

/** Histograms of a card: more hills than these nobody can tell apart; the step slider leads to every other. */
const SHOWN = 60;

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
  /** Histograms that hold no finite value: nothing, or NaN only. */
  readonly empty: number;
}

export interface HistogramFeed {
  readonly records: RecordsFeed;
  /** All steps; null before the first answer. */
  readonly all: ReadonlySignal<RangedRecords | null>;
  readonly read: ReadonlySignal<ReadHistograms>;
  readonly step: CardStep;
  /** Key of the histogram that the card's step leads to; null for the newest. */
  readonly heldKey: ReadonlySignal<string | null>;
}

export function useHistograms(tag: ReadonlySignal<TagInfo>, run: string): HistogramFeed {
  const runs = useComputed(() => [run]);
  // What is drawn is asked for, and here, before what the slider goes by.
  const sample = useRecords(
    tag,
    runs,
    useComputed(() => ({ values: true, limit: SHOWN, ...stepsOfRange(heldRange.value) })),
  );
  const records = useRecords(
    tag,
    runs,
    useComputed(() => (sample.waiting.value ? null : EVERY_STEP)),
  );
  const all = useComputed(() => {
    const whole = records.data.value.get(run);
    return whole ? recordsInRange(whole, heldRange.value) : null;
  });
  const step = useCardStep(useComputed(() => (all.value ? [all.value] : [])));
  const held = useComputed(() => {
    const moment = step.moment.value;
    const row = all.value && moment ? indexAt(all.value, moment) : -1;
    return row < 0 || !all.value ? [] : [{ run, step: all.value.step[row]!, key: all.value.keys[row]! }];
  });
  const { tensors } = useTensors(
    tag,
    useComputed(() => withNeighbours(run, held.value, all.value)),
  );
  const heldKey = useComputed(() => held.value[0]?.key ?? null);
  // Apart from the step that is looked at, so that these stay the same while a slider moves.
  const shown = useComputed(() => {
    const part = sample.data.value.get(run);
    return part ? readHistograms(recordsInRange(part, heldRange.value)) : { steps: [], unfit: 0, empty: 0 };
  });
  const read = useComputed(() =>
    withHeld(shown.value, all.value, heldKey.value, tensors.value.get(heldKey.value ?? "")),
  );
  return { records: sample, all, read, step, heldKey };
}

/** Steps on either side of the one that is looked at: a slider that moves finds them here. */
const AHEAD = 6;

/** What is looked at, and behind it what will be. */
function withNeighbours(
  run: string,
  held: readonly WantedTensor[],
  all: RunRecords | null,
): readonly WantedTensor[] {
  const [at] = held;
  if (!at || !all) return held;
  const row = all.keys.indexOf(at.key);
  const near = Array.from({ length: AHEAD }, (_, i) => [row + i + 1, row - i - 1]).flat();
  return [
    ...held,
    ...near.flatMap((one) =>
      all.keys[one] === undefined ? [] : [{ run, step: all.step[one]!, key: all.keys[one] }],
    ),
  ];
}

function readHistograms(records: RunRecords): ReadHistograms {
  const steps: StepHistogram[] = [];
  let unfit = 0;
  let empty = 0;
  records.tensors?.forEach((tensor, row) => {
    const histogram = tensor && histogramOf(tensor);
    if (!histogram) unfit++;
    else if (histogram.count.some((count) => count > 0)) steps.push(stepOf(records, row, histogram));
    else empty++;
  });
  return { steps, unfit, empty };
}

function stepOf(records: RunRecords, row: number, histogram: Histogram): StepHistogram {
  return { step: records.step[row]!, wallTime: records.wallTime[row]!, key: records.keys[row]!, histogram };
}

/** The same with the step that is looked at, where it is not among them. */
function withHeld(
  read: ReadHistograms,
  all: RunRecords | null,
  key: string | null,
  tensor: Parameters<typeof histogramOf>[0] | null | undefined,
): ReadHistograms {
  if (!all || key === null || !tensor || read.steps.some((one) => one.key === key)) return read;
  const histogram = histogramOf(tensor);
  const row = all.keys.indexOf(key);
  if (!histogram || row < 0 || !histogram.count.some((count) => count > 0)) return read;
  const passing = { ...stepOf(all, row, histogram), passing: true };
  const steps = [...read.steps, passing].sort((a, b) => a.step - b.step);
  return { ...read, steps };
}

/** What is left out, in words; empty where nothing is. */
export function leftOut({ unfit, empty }: Pick<ReadHistograms, "unfit" | "empty">): string {
  const parts = [
    empty > 0 && `${empty} without a value (only NaN, or nothing)`,
    unfit > 0 && `${unfit} of another shape than [buckets, 3]`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "" : `Not shown: ${parts.join(", ")}`;
}
