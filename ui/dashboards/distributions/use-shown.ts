/** A run's histograms of a tag for a card: evenly chosen steps of the stretch that the page looks at, live. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { TagInfo } from "../../../server/api/types.ts";
import { heldRange, type RangedRecords, recordsInRange, stepsOfRange } from "../../board/range.ts";
import { type RecordsFeed, useRecords } from "../../board/records.ts";

/** Steps of a card: as many as it has pixels to tell them apart. */
const SHOWN = 250;

/** The first of a run, and the last, which comes with it. */
const ENDS = { limit: 2 };

export interface Shown {
  readonly feed: RecordsFeed;
  /** Null before the first answer, and where the stretch has none. */
  readonly records: ReadonlySignal<RangedRecords | null>;
}

export function useShown(tag: ReadonlySignal<TagInfo>, run: string): Shown {
  const runs = useComputed(() => [run]);
  const feed = useRecords(
    tag,
    runs,
    useComputed(() => ({ values: true, limit: SHOWN, ...stepsOfRange(heldRange.value) })),
  );
  // Relative times count from the run's first, which an answer of some steps may not have.
  const isCut = useComputed(() => stepsOfRange(heldRange.value).from !== undefined);
  const ends = useRecords(
    tag,
    runs,
    useComputed(() => (isCut.value ? ENDS : null)),
  );
  const records = useComputed(() => {
    const found = feed.data.value.get(run);
    if (!found) return null;
    const origin = isCut.value ? ends.data.value.get(run)?.wallTime[0] : undefined;
    const shown = recordsInRange(found, heldRange.value);
    return origin === undefined ? shown : { ...shown, origin };
  });
  return { feed, records };
}
