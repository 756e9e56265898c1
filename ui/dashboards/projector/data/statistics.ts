/** What the values of some rows come to, column by column, beside those of all. */
import type { Column } from "./columns.ts";

export type Statistic =
  | {
      readonly column: string;
      readonly kind: "numbers";
      readonly mean: number;
      readonly least: number;
      readonly most: number;
      readonly meanOfAll: number;
    }
  | {
      readonly column: string;
      readonly kind: "texts";
      /** The most frequent, most first. */
      readonly top: readonly { readonly text: string; readonly count: number; readonly ofAll: number }[];
      readonly distinct: number;
    };

const TOP = 4;

export function statisticsOf(columns: readonly Column[], rows: ArrayLike<number>): Statistic[] {
  return columns.map((column) =>
    column.numbers ? ofNumbers(column, column.numbers, rows) : ofTexts(column, rows),
  );
}

function ofNumbers({ name }: Column, numbers: Float64Array, rows: ArrayLike<number>): Statistic {
  let [sum, count, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i]!]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  let [all, counted] = [0, 0];
  for (const value of numbers)
    if (!Number.isNaN(value)) {
      all += value;
      counted++;
    }
  return { column: name, kind: "numbers", mean: sum / count, least, most, meanOfAll: all / counted };
}

function ofTexts({ name, values, indices, counts }: Column, rows: ArrayLike<number>): Statistic {
  const here = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const index = indices[rows[i]!]!;
    if (index >= 0) here.set(index, (here.get(index) ?? 0) + 1);
  }
  const top = [...here]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([index, count]) => ({ text: values[index] ?? "", count, ofAll: counts[index] ?? 0 }));
  return { column: name, kind: "texts", top, distinct: here.size };
}
