/** What a chart of scalars draws, and where it has it from: a tag's runs, or whatever lines a layout puts together. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { RunSeries } from "../../../client/series-table.ts";
import type { TagInfo } from "../../../server/api/types.ts";
import { fetchSeries } from "../../app/api.ts";
import { type FeedOptions, LiveFeed } from "../../board/live-feed.ts";
import { runsOf } from "../../board/runs-of.ts";
import { heldStep } from "../../board/steps.ts";
import type { ValuesLine } from "../../board/values-table.tsx";
import type { Line, XKind } from "../../charts/line.ts";
import { RangeValues } from "./range-values.ts";
import { seriesLines } from "./series-lines.ts";
import type { SeriesShape } from "./series-shape.ts";
import { type StepRow, stepRows } from "./step-values.ts";

/** What is asked of each tag of a chart. */
export type ChartShape = Omit<SeriesShape, "tag">;
/** The series of a chart by the keys of their lines. */
export type ChartData = ReadonlyMap<string, RunSeries>;

export interface ChartFeed {
  readonly data: ReadonlySignal<ChartData>;
  readonly error: ReadonlySignal<string | null>;
  readonly waiting: ReadonlySignal<boolean>;
  /** What has no scalars, though it has the tag: runs, or where there are several tags these of runs. */
  readonly absent: ReadonlySignal<readonly string[]>;
  dispose(): void;
}

export interface ChartQuestion extends Pick<FeedOptions<SeriesShape, RunSeries>, "cost" | "isWorthWaiting"> {
  /** Null for nothing yet. */
  readonly shape: ReadonlySignal<ChartShape | null>;
  /** Whether the card is on the screen. */
  readonly visible: ReadonlySignal<boolean>;
}

export interface ChartSource {
  /** Unique on the page: the address keeps the card's zoom under it. */
  readonly id: string;
  /** What it is of, for those who hear the page. */
  readonly name: ReadonlySignal<string>;
  /** How many lines there may be. */
  readonly count: ReadonlySignal<number>;
  /** Whether smoothing is for it. */
  readonly smooths: boolean;
  open(question: ChartQuestion): ChartFeed;
  lines(data: ChartData, xKind: XKind, color: (run: string) => string): Line[];
  /** What stands in a table below the chart. */
  values(data: ReadonlySignal<ChartData>, visible: ReadonlySignal<boolean>): ChartValues;
}

export interface ChartValues {
  /** What the lines did over the stretch that the page looks at. */
  readonly range: Pick<RangeValues, "rows">;
  /** What they have at the step that it holds. */
  readonly stepRows: ReadonlySignal<readonly StepRow[]>;
  dispose(): void;
}

/** The table of `lines`, whose tags are `tags`. */
export function valuesOf(
  tags: ReadonlySignal<readonly TagInfo[]>,
  lines: ReadonlySignal<readonly ValuesLine[]>,
  data: ReadonlySignal<ChartData>,
  visible: ReadonlySignal<boolean>,
): ChartValues {
  const range = new RangeValues(tags, lines, visible);
  return {
    range,
    stepRows: computed(() => stepRows(lines.value, data.value, heldStep.value)),
    dispose: () => range.dispose(),
  };
}

/** A tag: a line a run. */
export class TagSource implements ChartSource {
  readonly id: string;
  readonly name: ReadonlySignal<string>;
  /** Runs that are on and have the tag. */
  readonly runs: ReadonlySignal<readonly string[]>;
  readonly count: ReadonlySignal<number>;
  readonly smooths = true;
  readonly #tag: ReadonlySignal<TagInfo>;

  constructor(tag: ReadonlySignal<TagInfo>) {
    this.#tag = tag;
    this.id = tag.peek().tag;
    this.name = computed(() => tag.value.tag);
    this.runs = runsOf(tag);
    this.count = computed(() => this.runs.value.length);
  }

  open({ shape, visible, ...options }: ChartQuestion): ChartFeed {
    const tag = this.#tag;
    return new LiveFeed<SeriesShape, RunSeries>(
      { tag, runs: this.runs, visible },
      {
        ...options,
        shape: computed(() => shape.value && { ...shape.value, tag: tag.value.tag }),
        fetch: fetchSeries,
      },
    );
  }

  lines(data: ChartData, xKind: XKind, color: (run: string) => string): Line[] {
    return seriesLines(data, this.runs.value, xKind, color);
  }

  values(data: ReadonlySignal<ChartData>, visible: ReadonlySignal<boolean>): ChartValues {
    const lines = computed(() => this.runs.value.map((run) => ({ run, tag: this.#tag.value.tag })));
    return valuesOf(
      computed(() => [this.#tag.value]),
      lines,
      data,
      visible,
    );
  }
}
