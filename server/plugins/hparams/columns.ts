/** Columns of a request over session groups: what each one's value is, which groups pass, in which order they come. */

import type { MetricName } from "../../hparams/metric-names.ts";
import { type Scalar, scalarOf } from "../../hparams/value.ts";
import { badRequest } from "../../http/errors.ts";
import { ExpressionBudget, pythonExpression } from "../python-regexp.ts";
import { type Column, type ColumnName, type Filter, Order } from "./request.ts";
import type { MetricValue, SessionGroup } from "./session-groups.ts";

export function findMetric(
  { metricValues }: { readonly metricValues: readonly MetricValue[] },
  { group, tag }: MetricName,
): MetricValue | undefined {
  return metricValues.find(({ name }) => name.tag === tag && name.group === group);
}

/** A column's value in a group; null where it is missing. */
function columnValue(group: SessionGroup, name: ColumnName): Scalar | null {
  if (name.kind === "hparam") return scalarOf(group.hparams.get(name.hparam));
  return findMetric(group, name.metric)?.value ?? null;
}

/** Whether a group passes the filters of all columns. @throws HttpError 400 when a filter does not fit a value */
export function columnFilters(columns: readonly Column[]): (group: SessionGroup) => boolean {
  const budget = new ExpressionBudget();
  const filters = columns.map(({ name, filter, excludeMissingValues }) => {
    const passes = filter ? valueFilter(filter, budget) : () => true;
    return (group: SessionGroup) => {
      const value = columnValue(group, name);
      return value === null ? !excludeMissingValues : passes(value);
    };
  });
  return (group) => filters.every((passes) => passes(group));
}

function valueFilter(filter: Filter, budget: ExpressionBudget): (value: Scalar) => boolean {
  switch (filter.kind) {
    case "regexp": {
      const expression = pythonExpression(filter.source, budget);
      if (!expression) throw badRequest(`"${filter.source}" is no regular expression`);
      return (value) => {
        if (typeof value !== "string") throw badRequest(`a regular expression cannot filter ${value}`);
        return expression.search(value);
      };
    }
    case "interval":
      return (value) => {
        if (typeof value === "string") throw badRequest(`an interval cannot filter "${value}"`);
        return filter.min <= Number(value) && Number(value) <= filter.max;
      };
    case "discrete":
      return (value) => filter.values.some((item) => equal(item, value));
  }
}

/** Python's equality, to which true is 1. */
function equal(a: unknown, b: Scalar): boolean {
  if (typeof a === "boolean" || typeof a === "number")
    return typeof b !== "string" && Number(a) === Number(b);
  return a === b;
}

/** By the columns that have an order, the first one first, then by name. */
export function sortByColumns(groups: readonly SessionGroup[], columns: readonly Column[]): SessionGroup[] {
  let sorted = [...groups].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const column of [...columns].reverse()) {
    if (column.order === Order.ORDER_UNSPECIFIED) continue;
    if (column.order !== Order.ORDER_ASC && column.order !== Order.ORDER_DESC)
      throw badRequest(`order ${column.order} is not known`);
    const descending = column.order === Order.ORDER_DESC;
    const values = new Map(sorted.map((group) => [group, columnValue(group, column.name)]));
    const missingLargest = column.missingValuesFirst === descending;
    const compare = (a: SessionGroup, b: SessionGroup) =>
      compareValues(values.get(a) ?? null, values.get(b) ?? null, missingLargest);
    // Turned around before and after, descending order leaves equal values as they were.
    sorted = descending ? sorted.reverse().sort(compare).reverse() : sorted.sort(compare);
  }
  return sorted;
}

/** Numbers (and truth values, as 0 and 1) before text, which Python would refuse to compare. NaN is neither side's. */
function compareValues(a: Scalar | null, b: Scalar | null, missingLargest: boolean): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === missingLargest ? 1 : -1;
  }
  if (typeof a === "string" || typeof b === "string") {
    if (typeof a !== typeof b) return typeof a === "string" ? 1 : -1;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0;
}
