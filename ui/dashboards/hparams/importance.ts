/** How much each hyperparameter has to do with a column: by rank correlation, and by a forest that sees what no line shows. */
import { effect, type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ForestGrower, LEAST_ROWS } from "./forest-grower.ts";
import { questionOf } from "./forest-question.ts";
import { type Column, type Row, rankCorrelation, type Table } from "./table.ts";

export interface ImportanceRow {
  readonly column: Column;
  /** Spearman's; null of categories, and of fewer than three rows. */
  readonly correlation: number | null;
  /** Share of what the forest makes of it; null until it is grown. */
  readonly share: number | null;
}

export interface FoundImportance {
  /** The most important first. */
  readonly rows: readonly ImportanceRow[];
  /** Part of the variance that the forest explains of rows it has not seen; null until it is grown. */
  readonly explained: number | null;
  /** How many rows there must be for a forest, where there are fewer; else null. */
  readonly least: number | null;
}

/** Grows a forest, anew when rows or target change. */
export function useImportance(
  table: ReadonlySignal<Table>,
  rows: ReadonlySignal<readonly Row[]>,
  target: ReadonlySignal<Column | undefined>,
): ReadonlySignal<FoundImportance> {
  const question = useComputed(() => questionOf(table.value, rows.value, target.value));
  const grower = useMemo(() => new ForestGrower(), []);
  useEffect(() => {
    const stop = effect(() => {
      const columns = question.value?.columns.map(({ id }) => id) ?? [];
      const about = [target.value?.id ?? "", ...columns, "", ...rows.value.map(({ key }) => key)];
      grower.ask(question.value, about.join("\n"));
    });
    return () => {
      stop();
      grower.dispose();
    };
  }, [grower, question]);
  // Apart from the forest, which comes later: correlations need not be worked out again for it.
  const correlated = useComputed(() =>
    (question.value?.columns ?? []).map((column) => ({
      column,
      correlation: correlationOf(table.value, rows.value, column, target.value),
    })),
  );
  return useComputed(() => {
    const grown = grower.grown.value;
    const asked = question.value;
    const found = correlated.value.map(
      (one): ImportanceRow => ({ ...one, share: grown?.shares.get(one.column.id) ?? null }),
    );
    const weight = ({ share, correlation }: ImportanceRow): number => share ?? Math.abs(correlation ?? 0);
    return {
      rows: found.sort((a, b) => weight(b) - weight(a)),
      explained: grown?.explained ?? null,
      least: asked && asked.target.length < LEAST_ROWS ? LEAST_ROWS : null,
    };
  });
}

function correlationOf(
  { columns }: Table,
  rows: readonly Row[],
  column: Column,
  target: Column | undefined,
): number | null {
  if (!target || !column.numeric || !target.numeric) return null;
  return rankCorrelation(rows, columns.indexOf(column), columns.indexOf(target));
}
