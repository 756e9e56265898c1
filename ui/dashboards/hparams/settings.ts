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
import type { Interval, SortKey, Statistic, Together } from "./table.ts";

export const statistic = urlSignal("hparams_value", choiceField<Statistic>(["last", "min", "max"]));
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
