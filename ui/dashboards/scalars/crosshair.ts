/**
 * A card's crosshair: where it is, what it shows, what it says; and the step that the page holds, which every chart
 * marks. The card in which it was held shows its table, and no other does.
 */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { RunSeries } from "../../../client/series-table.ts";
import { formatDuration, formatStep, formatValue, formatWallTime } from "../../app/format.ts";
import { indexAt, type Moment } from "../../board/moments.ts";
import { heldStep, stepAxis } from "../../board/steps.ts";
import type { Pointed } from "../../charts/hover-layer.ts";
import type { Place } from "../../charts/keyboard.ts";
import { keyOf, type Line, type XKind } from "../../charts/line.ts";
import type { LineChart } from "../../charts/line-chart.ts";
import { type HoverRow, hoverRow } from "./hover-rows.ts";
import { xKind } from "./settings.ts";

/** What the table under the crosshair shows. */
export interface CardHover {
  readonly rows: readonly HoverRow[];
  readonly pinned: boolean;
}

/** The crosshair whose table stays, and the key of the line that was nearest when it was held. */
const openTable = signal<{ readonly of: Crosshair; readonly key: string | null } | null>(null);

/** A click this near to the held step lets it go. */
const SAME_PX = 5;

export class Crosshair {
  /** What the pointer or the keys are on. */
  readonly #hover = signal<CardHover | null>(null);
  readonly hover: ReadonlySignal<CardHover | null>;
  /** For those who hear the page: the nearest run's point, after a key moved there. */
  readonly spoken = signal("");
  readonly #chart: LineChart;
  readonly #data: ReadonlySignal<ReadonlyMap<string, RunSeries>>;
  /** What was drawn last; its rows are what a held table reads. */
  readonly #drawn = signal(0);
  readonly #pinned: ReadonlySignal<boolean>;
  #place: Place | null = null;

  constructor(chart: LineChart, data: ReadonlySignal<ReadonlyMap<string, RunSeries>>) {
    this.#chart = chart;
    this.#data = data;
    this.#pinned = computed(() => heldStep.value !== null && openTable.value?.of === this);
    this.hover = computed(() => {
      if (!this.#pinned.value) return this.#hover.value;
      this.#drawn.value;
      return { rows: this.#rows(this.#chart.heldAt()), pinned: true };
    });
  }

  /** Moves to a place, or away. Held, keys move what is held, and the pointer nothing. */
  point(at: Place | null, by: "pointer" | "key"): void {
    if (this.#pinned.peek()) {
      if (by === "key" && at) this.#holdAt(at);
      return;
    }
    this.#place = at;
    this.#refresh();
    if (by === "key" && at) this.#speak();
  }

  /** Where keys go on from: what is held, or what is pointed at. */
  place(): Place | null {
    if (!this.#pinned.peek()) return this.#place;
    const held = this.#chart.heldAt();
    const { nearest = null } = held ?? {};
    return held && nearest ? this.#chart.placeOf(nearest) : null;
  }

  /** Marks the step that the page holds, or none. */
  mark(moment: Moment | null, axis: XKind): void {
    this.#chart.hold(
      moment && {
        x: moment.axis === axis ? moment.at : null,
        key: openTable.peek()?.of === this ? (openTable.peek()?.key ?? null) : null,
        indexOf: (line) => this.#indexOf(line, moment),
      },
    );
    this.refreshSoon();
  }

  #indexOf(line: Line, moment: Moment): number {
    const series = this.#data.peek().get(keyOf(line));
    const index = series ? indexAt(series, moment) : -1;
    return index < line.x.length ? index : -1;
  }

  /** Reads the points again once what changed has been drawn. */
  refreshSoon(): void {
    requestAnimationFrame(() => {
      if (this.#place) this.#refresh();
      this.#drawn.value++;
    });
  }

  /** Holds the step under the crosshair for the whole page; held there already, lets it go. */
  pin(): void {
    const place = this.#pinned.peek() ? null : this.#place;
    if (place) this.#holdAt(place);
    else this.letGo();
  }

  /** A click at a place: holds the step there, or lets go of the one that is held there. */
  pinAt(place: Place): void {
    const held = this.#pinned.peek() ? this.#chart.heldAt() : null;
    if (held && Math.abs((held.px ?? Number.POSITIVE_INFINITY) - place.px) <= SAME_PX) this.letGo();
    else this.#holdAt(place);
  }

  #holdAt(place: Place): void {
    const { nearest } = this.#chart.point(place) ?? { nearest: null };
    this.#chart.point(null);
    this.#place = null;
    this.#hover.value = null;
    if (!nearest) return;
    const { line, index } = nearest;
    openTable.value = { of: this, key: keyOf(line) };
    const axis = xKind.peek();
    const moment: Moment = { axis, at: line.x[index]! };
    batch(() => {
      stepAxis.value = axis;
      heldStep.value = moment;
    });
    this.mark(moment, axis);
    this.spoken.value = this.#sentence(this.#rows(this.#chart.heldAt()));
  }

  /** Closes the table; the step stays held. */
  closeTable(): void {
    if (openTable.peek()?.of === this) openTable.value = null;
  }

  /** Closes the table and lets go of the step. */
  letGo(): void {
    this.closeTable();
    heldStep.value = null;
  }

  /** Takes away what there is, one thing a time: the table, the held step, the crosshair. False when there was none. */
  release(): boolean {
    if (this.#pinned.peek()) this.closeTable();
    else if (heldStep.peek() !== null) heldStep.value = null;
    else if (this.#hover.peek()) {
      this.#hover.value = null;
      this.#place = null;
      this.#chart.point(null);
    } else return false;
    return true;
  }

  #refresh(): void {
    const pointed = this.#chart.point(this.#place);
    this.#hover.value = pointed ? { rows: this.#rows(pointed), pinned: false } : null;
  }

  #rows(pointed: Pointed | null): HoverRow[] {
    const rows: HoverRow[] = [];
    for (const hit of pointed?.hits ?? []) {
      const series = this.#data.peek().get(keyOf(hit.line));
      // Newer data may be here already, with fewer rows than what is drawn.
      if (series && hit.index < series.step.length)
        rows.push(hoverRow(hit, series, hit === pointed?.nearest));
    }
    return rows;
  }

  #speak(): void {
    this.spoken.value = this.#sentence(this.#hover.peek()?.rows ?? []);
  }

  #sentence(rows: readonly HoverRow[]): string {
    const row = rows.find((candidate) => candidate.nearest);
    if (!row) return "";
    const at = {
      step: `step ${formatStep(row.step)}`,
      relative: formatDuration(row.relative),
      wall_time: formatWallTime(row.wallTime),
    };
    return `${row.name}, ${at[xKind.peek()]}: ${formatValue(row.smoothed ?? row.value)}`;
  }

  dispose(): void {
    this.closeTable();
  }
}
