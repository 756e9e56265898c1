/** The layouts that are shown: those of the logs, asked for as they come, and the one that was made in this page. */
import { computed, effect, signal } from "@preact/signals";
import { decodeLayout } from "../../../client/layouts.ts";
import type { LayoutCategory, LayoutChart, LayoutJson, LayoutsJson } from "../../../server/api/types.ts";
import { describeError, fetchLayouts } from "../../app/api.ts";
import { readSetting, writeSetting } from "../../app/local-settings.ts";
import { catalog, epoch, onPoints, status, tagsOf } from "../../app/session.ts";

export const logged = signal<LayoutsJson | null>(null);
/** Why they could not be read the last time; null when they could. */
export const layoutsError = signal<string | null>(null);

/** Runs whose layout is none. */
export const unreadable = computed(() =>
  (logged.value?.layouts ?? []).filter(({ layout }) => layout === null).map(({ run }) => run),
);

const EMPTY: LayoutJson = { category: [] };
/** Where the layout of a log directory is kept; null until it is known which one it is. */
const setting = computed(() => (status.value ? `custom_scalars ${status.value.logdir}` : null));
const changed = signal<LayoutJson | null>(null);

/** The layout that was made in this page; kept in this browser for each log directory. */
export const own = computed<LayoutJson>(() => changed.value ?? kept(setting.value));

function kept(name: string | null): LayoutJson {
  const text = name === null ? null : readSetting(name);
  if (text === null) return EMPTY;
  try {
    return decodeLayout(JSON.parse(text));
  } catch {
    return EMPTY;
  }
}

export function setOwn(layout: LayoutJson): void {
  changed.value = layout;
  if (setting.value !== null) writeSetting(setting.value, JSON.stringify(layout));
}

/** Whether there is any layout to show. Reads signals. */
export function hasLayouts(): boolean {
  return tagsOf("custom_scalars").length > 0 || own.value.category.length > 0;
}

/** Where a chart of the own layout stands. */
export interface ChartPlace {
  readonly category: string;
  readonly chart: number;
}

/** The layout with a chart put in: at its place, or at the end of the category. A category that is not there is made. */
export function withChart(
  layout: LayoutJson,
  title: string,
  chart: LayoutChart,
  at?: ChartPlace,
): LayoutJson {
  if (at && at.category === title)
    return mapCategory(layout, title, (of) => ({ ...of, chart: of.chart.with(at.chart, chart) }));
  const without = at ? withoutChart(layout, at) : layout;
  if (without.category.some((category) => category.title === title))
    return mapCategory(without, title, (of) => ({ ...of, chart: [...of.chart, chart] }));
  return { category: [...without.category, { title, chart: [chart] }] };
}

/** Without the chart; a category that has none left goes with it. */
export function withoutChart(layout: LayoutJson, { category, chart }: ChartPlace): LayoutJson {
  const next = mapCategory(layout, category, (of) => ({
    ...of,
    chart: of.chart.filter((_, i) => i !== chart),
  }));
  return { category: next.category.filter((of) => of.title !== category || of.chart.length > 0) };
}

/** A chart changes places with the one before it. */
export function movedUp(layout: LayoutJson, { category, chart }: ChartPlace): LayoutJson {
  return mapCategory(layout, category, (of) => {
    const [before, moved] = [of.chart[chart - 1], of.chart[chart]];
    if (!before || !moved) return of;
    return { ...of, chart: of.chart.with(chart - 1, moved).with(chart, before) };
  });
}

/** Two layouts as one: categories of the same title are one. */
export function joined(first: LayoutJson, second: LayoutJson): LayoutJson {
  let layout = first;
  for (const { title, chart } of second.category)
    for (const one of chart) layout = withChart(layout, title, one);
  return layout;
}

function mapCategory(
  { category }: LayoutJson,
  title: string,
  change: (of: LayoutCategory) => LayoutCategory,
): LayoutJson {
  return { category: category.map((of) => (of.title === title ? change(of) : of)) };
}

const RETRY_MS = 3000;

/** Keeps the logs' layouts fresh. Returns the way to stop. */
export function followLayouts(): () => void {
  const asked = signal(0);
  const stopPoints = effect(() => {
    void catalog.value;
    const stops = tagsOf("custom_scalars").map(({ id }) => onPoints(id, () => void asked.value++));
    return () => {
      for (const stop of stops) stop();
    };
  });
  const stopAsking = effect(() => {
    void [catalog.value, epoch.value, asked.value];
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const fresh = await fetchLayouts(stop.signal);
        if (JSON.stringify(fresh) !== JSON.stringify(logged.peek())) logged.value = fresh;
        layoutsError.value = null;
      } catch (error) {
        if (stop.signal.aborted) return;
        layoutsError.value = describeError(error);
        timer = setTimeout(() => void ask(), RETRY_MS);
      }
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  });
  return () => {
    stopPoints();
    stopAsking();
  };
}
