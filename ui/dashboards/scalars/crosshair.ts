/** A card's crosshair: where it is, what it shows, whether it is held, and what it says. */
import { signal } from "@preact/signals";
import type { RunSeries } from "../../../client/series-table.ts";
import { formatDuration, formatStep, formatValue, formatWallTime } from "../../app/format.ts";
import type { Place } from "../../charts/keyboard.ts";
import type { LineChart } from "../../charts/line-chart.ts";
import { type HoverRow, hoverRow } from "./hover-rows.ts";
import { xKind } from "./settings.ts";

/** What the table under the crosshair shows. */
export interface CardHover {
  readonly rows: readonly HoverRow[];
  readonly pinned: boolean;
}

export class Crosshair {
  readonly hover = signal<CardHover | null>(null);
  /** For those who hear the page: the nearest run's point, after a key moved there. */
  readonly spoken = signal("");
  readonly #chart: LineChart;
  readonly #series: (run: string) => RunSeries | undefined;
  #place: Place | null = null;

  constructor(chart: LineChart, series: (run: string) => RunSeries | undefined) {
    this.#chart = chart;
    this.#series = series;
  }

  /** Moves to a place, or away. Held, it follows keys but neither the pointer nor a lost focus. */
  point(at: Place | null, by: "pointer" | "key"): void {
    if (this.hover.peek()?.pinned && (by === "pointer" || at === null)) return;
    this.#place = at;
    this.#refresh();
    if (by === "key" && at) this.spoken.value = this.#sentence();
  }

  /** Reads the points again once what changed has been drawn. */
  refreshSoon(): void {
    if (this.#place) requestAnimationFrame(() => this.#refresh());
  }

  /** Holds the crosshair where it is, or lets it follow again. */
  pin(): void {
    const hover = this.hover.peek();
    if (hover) this.hover.value = { ...hover, pinned: !hover.pinned };
  }

  /** Takes the crosshair away; false when there was none. */
  release(): boolean {
    if (!this.hover.peek()) return false;
    this.hover.value = null;
    this.#place = null;
    this.#chart.point(null);
    return true;
  }

  #refresh(): void {
    const pointed = this.#chart.point(this.#place);
    const pinned = this.hover.peek()?.pinned ?? false;
    if (!pointed) {
      if (!pinned) this.hover.value = null;
      return;
    }
    const rows: HoverRow[] = [];
    for (const hit of pointed.hits) {
      const series = this.#series(hit.line.run);
      // Newer data may be here already, with fewer rows than what is drawn.
      if (series && hit.index < series.step.length) rows.push(hoverRow(hit, series, hit === pointed.nearest));
    }
    this.hover.value = { rows, pinned };
  }

  #sentence(): string {
    const row = this.hover.peek()?.rows.find((candidate) => candidate.nearest);
    if (!row) return "";
    const at = {
      step: `step ${formatStep(row.step)}`,
      relative: formatDuration(row.relative),
      wall_time: formatWallTime(row.wallTime),
    };
    return `${row.run}, ${at[xKind.peek()]}: ${formatValue(row.smoothed ?? row.value)}`;
  }
}
