/** A run's histograms of a tag for a card: evenly chosen steps, the one that is looked at among them, live. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { RunRecords } from "../../../client/records-table.ts";
import type { TagInfo } from "../../../server/api/types.ts";
import { indexAt } from "../../board/moments.ts";
import { heldRange, type RangedRecords, recordsInRange, stepsOfRange } from "../../board/range.ts";
import { type RecordsFeed, useRecords, useTensors } from "../../board/records.ts";
import { type CardStep, useCardStep } from "../../board/steps.ts";
import type { WantedTensor } from "../../board/tensor-loader.ts";
import { type ReadHistograms, readHistograms, withHeld } from "./read-histograms.ts";

const EVERY_STEP = {};

/** Histograms of a card: more hills than these nobody can tell apart; the step slider leads to every other. */
const HILLS = 60;

export interface HistogramFeed {
  readonly records: RecordsFeed;
  /** All steps; null before the first answer. */
  readonly all: ReadonlySignal<RangedRecords | null>;
  readonly read: ReadonlySignal<ReadHistograms>;
  readonly step: CardStep;
  /** Key of the histogram that the card's step leads to; null for the newest. */
  readonly heldKey: ReadonlySignal<string | null>;
}

/** @param most steps that are drawn at most, beside the one that is looked at */
export function useHistograms(tag: ReadonlySignal<TagInfo>, run: string, most = HILLS): HistogramFeed {
  const runs = useComputed(() => [run]);
  // What is drawn is asked for, and here, before what the slider goes by.
  const sample = useRecords(
    tag,
    runs,
    useComputed(() => ({ values: true, limit: most, ...stepsOfRange(heldRange.value) })),
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
