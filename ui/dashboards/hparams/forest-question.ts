/** The table as a forest is asked about it: hyperparameters that differ, beside the column that is looked at. */
import type { Feature } from "../../../values/forest.ts";
import { randomNumbers } from "../../../values/random.ts";
import type { Column, Row, Table } from "./table.ts";

/** More rows than these change no share, but take the page's time. */
const MOST_ROWS = 3000;

export interface Question {
  /** Hyperparameters that are not the same in all rows. */
  readonly columns: readonly Column[];
  readonly features: readonly Feature[];
  readonly target: Float64Array;
}

/** What the forest is asked; null where the target is no number. */
export function questionOf(
  { columns }: Table,
  rows: readonly Row[],
  target: Column | undefined,
): Question | null {
  if (!target?.numeric) return null;
  const place = columns.indexOf(target);
  const having = sampled(rows.filter(({ cells }) => typeof cells[place] === "number"));
  const asked = columns.flatMap((column, i) => {
    if (column.kind !== "hparam" || column === target) return [];
    const feature = featureOf(column, having, i);
    return feature.values.some((value) => !Object.is(value, feature.values[0])) ? [{ column, feature }] : [];
  });
  return {
    columns: asked.map(({ column }) => column),
    features: asked.map(({ feature }) => feature),
    target: Float64Array.from(having, ({ cells }) => Number(cells[place])),
  };
}

function featureOf(column: Column, rows: readonly Row[], place: number): Feature {
  if (column.numeric)
    return {
      values: Float64Array.from(rows, ({ cells }) => {
        const cell = cells[place];
        return typeof cell === "number" ? cell : Number.NaN;
      }),
      categories: 0,
    };
  const categories = new Map<string, number>();
  const values = Float64Array.from(rows, ({ cells }) => {
    const cell = cells[place] ?? null;
    if (cell === null) return Number.NaN;
    const text = String(cell);
    const known = categories.get(text) ?? categories.size;
    categories.set(text, known);
    return known;
  });
  return { values, categories: categories.size };
}

/** The same rows at every call. */
function sampled(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const random = randomNumbers(1);
  return rows
    .map((row) => ({ row, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, MOST_ROWS)
    .map(({ row }) => row);
}
