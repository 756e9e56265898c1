/** Sessions as rows of a table: trials taken together, metrics by the chosen statistic, filtered and in order. */
import type { HParamsJson, HParamsSession } from "../../../server/api/types.ts";
import { largest, smallest } from "../../../values/extremes.ts";
import { compareNames } from "../../app/run-tree.ts";
import { toldApart } from "./column-names.ts";
import { type Trials, trialsOf } from "./trials.ts";

/** Which of a metric's values stands for it. */
export type Statistic = "last" | "best" | "min" | "max";
/** Which end of a metric is the good one. */
export type Better = (metric: string) => "lower" | "higher";
/** What stands for the sessions of a trial. */
export type Together = "none" | "mean" | "median" | "min" | "max";

export type Cell = string | number | boolean | null;

export interface Column {
  /** Unique in the table: `h:rate`, `m:validation/accuracy`. */
  readonly id: string;
  readonly kind: "hparam" | "metric";
  /** As people read it, unique in the table: `loss`, or where there are two of them `hparam:loss` and `metric:loss`. */
  readonly title: string;
  /** What the sessions have in it that are no numbers: then it is a category. */
  readonly numeric: boolean;
}

export interface Row {
  /** Unique in the table. */
  readonly key: string;
  /** The session's run, or the trial with how many sessions it has. */
  readonly title: string;
  readonly status: string;
  readonly runs: readonly string[];
  readonly cells: readonly Cell[];
  /** Half the distance between the smallest and the largest of a trial's sessions; 0 of one session, null of no number. */
  readonly spread: readonly (number | null)[];
  /** In how many of its sessions a metric's value is NaN or infinite: those are not in the cell. */
  readonly lost: readonly number[];
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Words of what is to be small. */
const LOWER =
  /(^|[^a-z])(loss|losses|error|errors|err|mse|mae|rmse|perplexity|ppl|nll|bpc|time|seconds|latency|regret|cost|divergence|kl|wer|cer|fid)([^a-z]|$)/i;

/** What a metric's name says of its good end, unless a person says otherwise. */
export function betterByName(tag: string): "lower" | "higher" {
  return LOWER.test(tag.replace(/([a-z])([A-Z])/g, "$1 $2")) ? "lower" : "higher";
}

/** @param over ids of columns that the sessions of a trial may differ in */
export function tableOf(
  data: HParamsJson,
  statistic: Statistic,
  together: Together,
  better: Better = betterByName,
  over: ReadonlySet<string> = new Set(),
): Table {
  const picks = data.metrics.map(({ tag, group }) =>
    statistic === "best" ? (better(metricId(tag, group)) === "lower" ? "min" : "max") : statistic,
  );
  const rows =
    together === "none"
      ? data.sessions.map((one) => rowOf(one, picks))
      : rowsOfTrials(trialsOf(data, over), data.hparams, picks, together, over);
  const titles = [
    ...data.hparams.map(({ name, display_name }) => ({
      id: `h:${name}`,
      kind: "hparam" as const,
      title: display_name || name,
    })),
    ...data.metrics.map(({ tag, group, display_name }) => ({
      id: metricId(tag, group),
      kind: "metric" as const,
      title: display_name || (group === "" ? tag : `${group}/${tag}`),
    })),
  ];
  const names = toldApart(
    titles,
    titles.map(({ title }) => title),
  );
  const columns = titles.map((column, i) => ({
    ...column,
    title: names[i]!,
    numeric: rows.every(({ cells }) => cells[i] === null || typeof cells[i] === "number"),
  }));
  return { columns, rows };
}

function metricId(tag: string, group: string): string {
  return `m:${group === "" ? "" : `${group}/`}${tag}`;
}

/** What stands for each metric. */
type Picks = readonly Exclude<Statistic, "best">[];

function cellsOf({ values, metrics }: HParamsSession, picks: Picks): Cell[] {
  return [...values, ...metrics.map((metric, i) => metric?.[picks[i]!] ?? null)];
}

/** 1 where a session has the metric, and what stands for it is no finite number. */
function lostOf({ values, metrics }: HParamsSession, picks: Picks): number[] {
  const lost = metrics.map((metric, i) => (metric !== null && metric[picks[i]!] === null ? 1 : 0));
  return [...values.map(() => 0), ...lost];
}

function rowOf(session: HParamsSession, picks: Picks): Row {
  const cells = cellsOf(session, picks);
  return {
    key: session.run,
    title: session.run,
    status: session.status,
    runs: [session.run],
    cells,
    spread: cells.map((cell) => (typeof cell === "number" ? 0 : null)),
    lost: lostOf(session, picks),
  };
}

/** Sessions of a trial in one row: what they were all given, and their metrics taken together. */
function rowsOfTrials(
  trials: Trials,
  hparams: HParamsJson["hparams"],
  picks: Picks,
  together: Exclude<Together, "none">,
  over: ReadonlySet<string>,
): Row[] {
  return [...trials].map(([trial, all]) => {
    const each = all.map((session) => cellsOf(session, picks));
    const lost = all.map((session) => lostOf(session, picks));
    const statuses = new Set(all.map(({ status }) => status));
    const columns = each[0]!.map((first, i) => {
      if (i < hparams.length) {
        // Also of a trial with one session: what is averaged over says nothing about a trial.
        const shared = !over.has(`h:${hparams[i]!.name}`) && each.every((cells) => cells[i] === first);
        const cell = shared ? first : null;
        return { cell, spread: typeof cell === "number" ? 0 : null };
      }
      const values = each.map((cells) => cells[i]).filter((cell) => typeof cell === "number");
      return { cell: combined(values, together), spread: halfRange(values) };
    });
    return {
      key: trial,
      title: all.length === 1 ? all[0]!.run : `${all.length} sessions, ${all[0]!.run} and others`,
      status: statuses.size === 1 ? all[0]!.status : [...statuses].join(", "),
      runs: all.map(({ run }) => run),
      cells: columns.map(({ cell }) => cell),
      spread: columns.map(({ spread }) => spread),
      lost: columns.map((_, i) => lost.reduce((sum, one) => sum + one[i]!, 0)),
    };
  });
}

function combined(values: readonly number[], how: Exclude<Together, "none">): number | null {
  if (values.length === 0) return null;
  if (how === "mean") return values.reduce((sum, value) => sum + value, 0) / values.length;
  if (how === "min") return smallest(values);
  if (how === "max") return largest(values);
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function halfRange(values: readonly number[]): number | null {
  return values.length === 0 ? null : (largest(values) - smallest(values)) / 2;
}

/** Half the distance between the smallest and the largest of what a cell stands for; null of what stands for itself. */
export function spreadOf(row: Row, { kind }: Column, place: number): number | null {
  return kind === "metric" && row.runs.length > 1 ? (row.spread[place] ?? null) : null;
}

/** How many of a trial's sessions are not in a cell, because they have NaN or an infinity there. */
export function lostOfTrial(row: Row, place: number): number {
  return row.runs.length > 1 && row.cells[place] !== null ? (row.lost[place] ?? 0) : 0;
}

/** A column and a direction; the first counts most. */
export interface SortKey {
  readonly id: string;
  readonly descending: boolean;
}

/** Rows in order: numbers before texts, and what is missing last whichever the direction. */
export function sorted({ columns, rows }: Table, keys: readonly SortKey[]): Row[] {
  const places = keys.flatMap(({ id, descending }) => {
    const place = id === "run" ? -1 : columns.findIndex((column) => column.id === id);
    return id === "run" || place >= 0 ? [{ place, sign: descending ? -1 : 1 }] : [];
  });
  const cellAt = (row: Row, place: number): Cell => (place < 0 ? row.title : (row.cells[place] ?? null));
  return [...rows].sort((a, b) => {
    for (const { place, sign } of places) {
      const order = compare(cellAt(a, place), cellAt(b, place), sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compare(a: Cell, b: Cell, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === "number" && typeof b === "number") return (a - b) * sign;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : typeof b === "number" ? 1 : 0;
  return compareNames(String(a), String(b)) * sign;
}

/** What a column lets through: an interval of numbers. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Rows whose cells lie in every interval; a cell without a number lies in none. */
export function within({ columns, rows }: Table, intervals: ReadonlyMap<string, Interval>): Row[] {
  const places = [...intervals].flatMap(([id, interval]) => {
    const place = columns.findIndex((column) => column.id === id);
    return place < 0 ? [] : [{ place, interval }];
  });
  return rows.filter(({ cells }) =>
    places.every(({ place, interval }) => {
      const cell = cells[place];
      return typeof cell === "number" && cell >= interval.low && cell <= interval.high;
    }),
  );
}

/** Rows whose cells are among the values that are let through, column by column; the text of what is missing is empty. */
export function among({ columns, rows }: Table, only: ReadonlyMap<string, readonly string[]>): Row[] {
  const places = [...only].flatMap(([id, texts]) => {
    const place = columns.findIndex((column) => column.id === id);
    return place < 0 ? [] : [{ place, texts: new Set(texts) }];
  });
  return rows.filter(({ cells }) =>
    places.every(({ place, texts }) => texts.has(String(cells[place] ?? ""))),
  );
}

/** A column's different values, in order; null where there are more than `most`. */
export function distinct(rows: readonly Row[], place: number, most: number): string[] | null {
  const found = new Map<string, Cell>();
  for (const { cells } of rows) {
    const cell = cells[place] ?? null;
    found.set(String(cell ?? ""), cell);
    if (found.size > most) return null;
  }
  return [...found].sort(([, a], [, b]) => compare(a, b, 1)).map(([text]) => text);
}

/** Columns in the order that a person chose, those that are not in it after them as they are; the pinned before all. */
export function arranged<Item extends { readonly id: string }>(
  columns: readonly Item[],
  order: readonly string[],
  pinned: readonly string[] = [],
): Item[] {
  const placeIn = (ids: readonly string[], id: string): number => {
    const place = ids.indexOf(id);
    return place < 0 ? ids.length : place;
  };
  return columns
    .map((column, place) => ({ column, place }))
    .sort(
      (a, b) =>
        placeIn(pinned, a.column.id) - placeIn(pinned, b.column.id) ||
        placeIn(order, a.column.id) - placeIn(order, b.column.id) ||
        a.place - b.place,
    )
    .map(({ column }) => column);
}

/** The ids with one of them put where another stands. */
export function movedTo(ids: readonly string[], id: string, target: string): string[] {
  const from = ids.indexOf(id);
  const to = ids.indexOf(target);
  if (from < 0 || to < 0) return [...ids];
  const without = ids.filter((other) => other !== id);
  return [...without.slice(0, to), id, ...without.slice(to)];
}

/** Spearman's rank correlation of two columns over rows that have numbers in both; null of fewer than three. */
export function rankCorrelation(rows: readonly Row[], a: number, b: number): number | null {
  const pairs = rows.flatMap(({ cells }) => {
    const [x, y] = [cells[a], cells[b]];
    return typeof x === "number" && typeof y === "number" ? [{ x, y }] : [];
  });
  if (pairs.length < 3) return null;
  const [x, y] = [ranks(pairs.map((pair) => pair.x)), ranks(pairs.map((pair) => pair.y))];
  const middle = (pairs.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < pairs.length; i++) {
    const [dx, dy] = [x[i]! - middle, y[i]! - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

/** The place of each value in order; equal ones share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const found = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && order[end + 1]!.value === order[start]!.value) end++;
    for (let place = start; place <= end; place++) found[order[place]!.i] = (start + end) / 2;
    start = end + 1;
  }
  return found;
}
