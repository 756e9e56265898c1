/** What the hyperparameters' page lets a person choose, kept in the address. */
import {
  choiceField,
  joinList,
  listField,
  splitList,
  textField,
  type UrlField,
} from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import { categoriesBetween, type ParallelAxis } from "./axes.ts";
import type { Interval, SortKey, Statistic, Together } from "./table.ts";

export const statistic = urlSignal("hparams_value", choiceField<Statistic>(["last", "best", "min", "max"]), {
  lasting: true,
});
/** Ids of hyperparameters that the sessions of a trial may differ in: trials are taken together over them. */
export const over = urlSignal("hparams_over", listField());
export const together = urlSignal(
  "hparams_trials",
  choiceField<Together>(["none", "mean", "median", "min", "max"]),
);

const sortField: UrlField<readonly SortKey[]> = {
  fallback: [],
  parse: (text) =>
    splitList(text).map((part) => ({ id: part.replace(/^-/, ""), descending: part.startsWith("-") })),
  format: (keys) =>
    keys.length === 0 ? undefined : joinList(keys.map(({ id, descending }) => (descending ? `-${id}` : id))),
};

const intervalsField: UrlField<ReadonlyMap<string, Interval>> = {
  fallback: new Map(),
  parse: (text) =>
    new Map(
      splitList(text).flatMap((part) => {
        const [, low, high, id] = /^([^_]*)_([^_]*)_(.*)$/s.exec(part) ?? [];
        const interval = { low: Number(low), high: Number(high) };
        return id === undefined || Number.isNaN(interval.low) || Number.isNaN(interval.high)
          ? []
          : [[id, interval]];
      }),
    ),
  format: (intervals) =>
    intervals.size === 0
      ? undefined
      : joinList([...intervals].map(([id, { low, high }]) => `${low}_${high}_${id}`)),
};

export const sortKeys = urlSignal("hparams_sort", sortField);
export const intervals = urlSignal("hparams_within", intervalsField);
/** `id=value=value`: values that a column lets through, each written as in lists. */
const onlyField: UrlField<ReadonlyMap<string, readonly string[]>> = {
  fallback: new Map(),
  parse: (text) =>
    new Map(
      splitList(text).flatMap((part) => {
        const [id, ...texts] = splitList(part);
        return id === undefined ? [] : [[id, texts]];
      }),
    ),
  format: (only) =>
    only.size === 0 ? undefined : joinList([...only].map(([id, texts]) => joinList([id, ...texts]))),
};

/** Values that columns let through; columns that are not here let all through. */
export const only = urlSignal("hparams_only", onlyField);
/** An expression that rows pass. */
export const expression = urlSignal("hparams_where", textField());
export type HParamsView = "parallel" | "scatter" | "none";
/** What stands above the table. */
export const view = urlSignal("hparams_view", choiceField<HParamsView>(["parallel", "scatter", "none"]), {
  lasting: true,
});
/** Ids of columns in the order that a person gave them, of the table and of axes alike. */
export const order = urlSignal("hparams_order", listField());
/** Ids of columns that stay in sight at the left. */
export const pinned = urlSignal("hparams_pinned", listField());
/** Axes whose scale is not the one that their values ask for. */
export const otherScale = urlSignal("hparams_scale", listField());
/** Metrics whose good end is not the one that their name tells. */
export const otherBetter = urlSignal("hparams_better", listField());

export function toggle(list: { value: readonly string[]; peek(): readonly string[] }, id: string): void {
  const ids = list.peek();
  list.value = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

/** Who averages over something wants to see averages. */
export function toggleOver(id: string): void {
  toggle(over, id);
  if (over.peek().includes(id) && together.peek() === "none") together.value = "mean";
}

/** Keeps what lies between two heights of an axis; null lets go. */
export function keepBetween(axis: ParallelAxis, stretch: readonly [from: number, to: number] | null): void {
  if (axis.categories !== null) setOnly(axis.column.id, stretch && categoriesBetween(axis, ...stretch));
  else setWithin(axis.column.id, stretch && axis.intervalOf(...stretch));
}

export function setOnly(id: string, texts: readonly string[] | null): void {
  const next = new Map(only.peek());
  if (texts) next.set(id, texts);
  else next.delete(id);
  only.value = next;
}

/** Columns that are not shown, by id. */
export const hidden = urlSignal("hparams_hidden", listField());
/** The column that colours lines and says how much each hyperparameter has to do with it; empty: the first metric. */
export const target = urlSignal("hparams_target", textField());

export function setWithin(id: string, interval: Interval | null): void {
  const next = new Map(intervals.peek());
  if (interval) next.set(id, interval);
  else next.delete(id);
  intervals.value = next;
}
