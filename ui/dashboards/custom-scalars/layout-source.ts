/** What a chart of a layout draws: a line a tag and run, or a line a value and run with the band between its bounds. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { RunSeries } from "../../../client/series-table.ts";
import type { LayoutChart } from "../../../server/api/types.ts";
import { fetchSeries } from "../../app/api.ts";
import { colorAt } from "../../app/run-colors.ts";
import { runNames, tagsOf } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import { runsOf } from "../../board/runs-of.ts";
import { TagFeeds } from "../../board/tag-feeds.ts";
import type { ValuesLine } from "../../board/values-table.tsx";
import type { Bound, Line, XKind } from "../../charts/line.ts";
import {
  type ChartData,
  type ChartFeed,
  type ChartQuestion,
  type ChartSource,
  type ChartValues,
  valuesOf,
} from "../scalars/chart-source.ts";
import { seriesLines } from "../scalars/series-lines.ts";
import type { SeriesShape } from "../scalars/series-shape.ts";
import { type ChartTags, chartTags } from "./chart-tags.ts";
import { colourBy } from "./settings.ts";

/** Whole, and then what is told apart at a glance; beyond, they begin anew. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [9, 3, 2, 3], [14, 4], [4, 2, 4, 6]];

/** Of the n-th tag, or run. */
export const dashOf = (n: number): readonly number[] => DASHES[n % DASHES.length]!;

const keyFor = (tag: string, run: string): string => JSON.stringify([tag, run]);

export class LayoutSource implements ChartSource {
  readonly id: string;
  readonly name: ReadonlySignal<string>;
  readonly count: ReadonlySignal<number>;
  readonly smooths: boolean;
  readonly found: ReadonlySignal<ChartTags>;
  readonly #infos;

  constructor(id: string, chart: LayoutChart) {
    this.id = id;
    this.smooths = chart.margin === undefined;
    this.found = computed(() =>
      chartTags(
        chart,
        tagsOf("scalars").map(({ tag }) => tag),
      ),
    );
    this.name = computed(() => chart.title || "untitled");
    this.#infos = computed(() => {
      const wanted = new Set(this.found.value.tags);
      return tagsOf("scalars").filter(({ tag }) => wanted.has(tag));
    });
    this.count = computed(() =>
      this.#infos.value.reduce((sum, info) => sum + runsOf(computed(() => info)).value.length, 0),
    );
  }

  /** What the lines are of: the tags, or of margins the values. */
  get shownTags(): readonly string[] {
    const { tags, margins } = this.found.value;
    return margins.length > 0 ? margins.map(({ value }) => value) : tags;
  }

  open({ shape, visible, ...options }: ChartQuestion): ChartFeed {
    const feeds = new TagFeeds<SeriesShape, RunSeries>({ tags: this.#infos, visible }, (tag) => ({
      ...options,
      shape: computed(() => shape.value && { ...shape.value, tag: tag.value.tag }),
      fetch: fetchSeries,
    }));
    return {
      data: computed(
        () =>
          new Map(
            [...feeds.data.value].flatMap(([tag, byRun]) =>
              [...byRun].map(([run, series]) => [keyFor(tag, run), series] as const),
            ),
          ),
      ),
      error: feeds.error,
      waiting: feeds.waiting,
      absent: computed(() => feeds.absent.value.map(({ tag, run }) => `${tag} of ${run}`)),
      dispose: () => feeds.dispose(),
    };
  }

  lines(data: ChartData, xKind: XKind, color: (run: string) => string): Line[] {
    const tags = this.shownTags;
    const marginOf = new Map(this.found.value.margins.map((margin) => [margin.value, margin]));
    const byTag = colourBy.value === "tag";
    const lines: Line[] = [];
    for (const [r, run] of runNames.value.entries())
      for (const [t, tag] of tags.entries()) {
        const key = keyFor(tag, run);
        const margin = marginOf.get(tag);
        const bounds = margin && [
          columnOf(data, keyFor(margin.lower, run), xKind),
          columnOf(data, keyFor(margin.upper, run), xKind),
        ];
        const [low, high] = bounds ?? [];
        const [line] = seriesLines(data, [key], xKind, () => (byTag ? colorAt(t, scheme.value) : color(run)));
        if (!line || (bounds && (!low || !high))) continue;
        const dash = dashOf(byTag ? r : t);
        lines.push({
          ...line,
          run,
          key,
          name: nameOf(run, tag, tags),
          ...(dash.length > 0 && { dash }),
          ...(low && high && { band: { low, high } }),
        });
      }
    return lines;
  }

  values(data: ReadonlySignal<ChartData>, visible: ReadonlySignal<boolean>): ChartValues {
    const tags = computed(() => {
      const shown = new Set(this.shownTags);
      return this.#infos.value.filter(({ tag }) => shown.has(tag));
    });
    return valuesOf(
      tags,
      computed(() => this.#valuesLines()),
      data,
      visible,
    );
  }

  /** Of all runs: those that are off, or lack the tag, have no data. */
  #valuesLines(): ValuesLine[] {
    const tags = this.shownTags;
    const byTag = colourBy.value === "tag";
    return runNames.value.flatMap((run) =>
      tags.map((tag, t) => ({
        run,
        tag,
        key: keyFor(tag, run),
        ...(tags.length > 1 && { name: nameOf(run, tag, tags) }),
        ...(byTag && { color: colorAt(t, scheme.value) }),
      })),
    );
  }
}

/** What a line is called: the run, and the tag where there are several. */
const nameOf = (run: string, tag: string, tags: readonly string[]): string =>
  tags.length === 1 ? run : `${run} · ${tag}`;

function columnOf(data: ChartData, key: string, xKind: XKind): Bound | null {
  const [line] = seriesLines(data, [key], xKind, () => "");
  return line ? { x: line.x, y: line.faint ?? line.y } : null;
}
