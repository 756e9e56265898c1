/** What a card's lines did over the stretch that the page looks at: first and last value, extremes, change. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Last } from "../../../client/last-table.ts";
import type { LastQuery, TagInfo } from "../../../server/api/types.ts";
import { fetchLast } from "../../app/api.ts";
import { formatStep, formatValue } from "../../app/format.ts";
import { heldRange } from "../../board/range.ts";
import { TagFeeds } from "../../board/tag-feeds.ts";
import type { ValuesColumn, ValuesLine, ValuesRow } from "../../board/values-table.tsx";

export interface RangeRow extends ValuesRow {
  readonly start: number;
  readonly end: number;
  /** NaN where every value is. */
  readonly min: number;
  readonly max: number;
  readonly startStep: number | bigint;
  readonly endStep: number | bigint;
}

type RangeShape = Omit<LastQuery, "tags" | "runs"> & { readonly tag: string };

export class RangeValues {
  /** A row a line that has points in the stretch, in their order. */
  readonly rows: ReadonlySignal<readonly RangeRow[]>;
  readonly #feeds: TagFeeds<RangeShape, Last>;

  /** @param tags those of the lines */
  constructor(
    tags: ReadonlySignal<readonly TagInfo[]>,
    lines: ReadonlySignal<readonly ValuesLine[]>,
    visible: ReadonlySignal<boolean>,
  ) {
    // While a handle is dragged: the stretch that was is worth seeing until the next has come.
    const isWorthWaiting = (): boolean => true;
    this.#feeds = new TagFeeds<RangeShape, Last>({ tags, visible }, (tag) => ({
      shape: computed(() => rangeShape(tag.value.tag)),
      fetch: ({ tag: name, ...query }, signal) => fetchLast({ ...query, tags: [name] }, signal),
      isWorthWaiting,
    }));
    this.rows = computed(() => {
      const found = this.#feeds.data.value;
      return lines.value.flatMap((line) => rangeRow(line, found.get(line.tag)?.get(line.run)) ?? []);
    });
  }

  dispose(): void {
    this.#feeds.dispose();
  }
}

/** What is asked of a tag; null while there is no stretch. Reads signals. */
function rangeShape(tag: string): RangeShape | null {
  const range = heldRange.value;
  return (
    range && {
      tag,
      axis: range.axis,
      ...(Number.isFinite(range.from) && { from: range.from }),
      ...(Number.isFinite(range.to) && { to: range.to }),
    }
  );
}

/** Null without points. */
function rangeRow(line: ValuesLine, ends: Last | undefined): RangeRow | null {
  if (!ends) return null;
  return {
    ...line,
    start: ends.first.value,
    end: ends.last.value,
    min: ends.min?.value ?? Number.NaN,
    max: ends.max?.value ?? Number.NaN,
    startStep: ends.first.step,
    endStep: ends.last.step,
  };
}

const number = (id: keyof RangeRow & string, title: string): ValuesColumn<RangeRow> => ({
  id,
  title,
  text: (row) => formatValue(Number(row[id])),
  value: (row) => Number(row[id]),
});
const change = ({ start, end }: RangeRow): number => end - start;
/** Of the first value. */
const share = (row: RangeRow): number => change(row) / Math.abs(row.start);

export const RANGE_COLUMNS: readonly ValuesColumn<RangeRow>[] = [
  number("start", "Start"),
  number("end", "End"),
  number("min", "Min"),
  number("max", "Max"),
  {
    id: "change",
    title: "Change",
    text: (row) => signed(formatValue(change(row)), change(row)),
    value: change,
  },
  {
    id: "share",
    title: "%",
    text: (row) => (Number.isFinite(share(row)) ? signed(formatValue(100 * share(row), 3), share(row)) : "–"),
    value: share,
  },
  {
    id: "steps",
    title: "Steps",
    text: ({ startStep, endStep }) => `${formatStep(startStep)} – ${formatStep(endStep)}`,
    value: ({ endStep }) => endStep,
  },
];

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}
