/** Upright axes side by side: where a row's values stand on each, and what a stretch of an axis means in numbers. */
import { largest, smallest } from "../../../values/extremes.ts";
import { compareNames } from "../../app/run-tree.ts";
import type { Cell, Column, Interval, Row } from "./table.ts";

export interface ParallelAxis {
  readonly column: Column;
  /** Place of the column in a row's cells. */
  readonly place: number;
  readonly log: boolean;
  /** Of a category: its values, from the bottom. */
  readonly categories: readonly string[] | null;
  readonly low: number;
  readonly high: number;
  /** 0 at the bottom to 1 at the top; null for what is missing, or not finite. */
  unitOf(cell: Cell): number | null;
  /** What lies between two heights, in the column's numbers; null of categories. */
  intervalOf(from: number, to: number): Interval | null;
}

/** What columns let through, by their ids: intervals of numbers, and values as text. */
export interface Kept {
  readonly intervals: ReadonlyMap<string, Interval>;
  readonly only: ReadonlyMap<string, readonly string[]>;
}

/** The categories that stand between two heights; null where none does. */
export function categoriesBetween(
  { categories, unitOf }: ParallelAxis,
  from: number,
  to: number,
): readonly string[] | null {
  const found = (categories ?? []).filter((name) => {
    const unit = unitOf(name);
    return unit !== null && unit >= from && unit <= to;
  });
  return found.length > 0 ? found : null;
}

/** The stretches of an axis that its column lets through, from bottom to top; null of one that lets all through. */
export function keptStretches(
  { column, categories, unitOf }: ParallelAxis,
  { intervals, only }: Kept,
): readonly (readonly [from: number, to: number])[] | null {
  const clamped = (unit: number): number => Math.min(1, Math.max(0, unit));
  if (categories === null) {
    const interval = intervals.get(column.id);
    return interval ? [[clamped(unitOf(interval.low) ?? 0), clamped(unitOf(interval.high) ?? 1)]] : null;
  }
  const kept = only.get(column.id);
  if (!kept) return null;
  const half = 0.5 / Math.max(1, categories.length - 1);
  const stretches: [number, number][] = [];
  let isOpen = false;
  for (const name of categories) {
    const isKept = kept.includes(name);
    const unit = unitOf(name) ?? 0;
    if (isKept && !isOpen) stretches.push([clamped(unit - half), 0]);
    if (isKept) stretches.at(-1)![1] = clamped(unit + half);
    isOpen = isKept;
  }
  return stretches;
}

/** Values that span two decades and are all positive stand on a logarithmic axis. */
const LOG_SPAN = 100;

/** @param other the scale that the values do not ask for: logarithmic if they can be, linear otherwise */
export function axisOf(column: Column, place: number, rows: readonly Row[], other = false): ParallelAxis {
  const cells = rows.map(({ cells: all }) => all[place] ?? null).filter((cell) => cell !== null);
  if (!column.numeric) return categoryAxis(column, place, cells);
  // One infinite value would leave no room for all others, and NaN stands nowhere.
  const numbers = cells.filter(isFiniteNumber);
  if (numbers.length === 0) return categoryAxis(column, place, []);
  const low = smallest(numbers);
  const high = largest(numbers);
  const log = low > 0 && high / low >= LOG_SPAN !== other;
  const scale = log ? Math.log10 : (value: number): number => value;
  const back = log ? (value: number): number => 10 ** value : (value: number): number => value;
  const [bottom, span] = [scale(low), scale(high) - scale(low)];
  return {
    column,
    place,
    log,
    categories: null,
    low,
    high,
    unitOf: (cell) => (!isFiniteNumber(cell) ? null : span > 0 ? (scale(cell) - bottom) / span : 0.5),
    intervalOf: (from, to) => ({
      low: from <= 0 ? low : back(bottom + from * span),
      high: to >= 1 ? high : back(bottom + to * span),
    }),
  };
}

function isFiniteNumber(cell: Cell): cell is number {
  return typeof cell === "number" && Number.isFinite(cell);
}

function categoryAxis(column: Column, place: number, cells: readonly Cell[]): ParallelAxis {
  const categories = [...new Set(cells.map(String))].sort(compareNames);
  const last = Math.max(1, categories.length - 1);
  return {
    column,
    place,
    log: false,
    categories,
    low: 0,
    high: categories.length - 1,
    unitOf: (cell) => {
      const index = cell === null ? -1 : categories.indexOf(String(cell));
      return index < 0 ? null : categories.length === 1 ? 0.5 : index / last;
    },
    intervalOf: () => null,
  };
}
