/** How much each hyperparameter has to do with a column: by rank correlation, and by a forest that sees what no line shows. */
import { effect, type ReadonlySignal, signal, useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { forestImportance } from "../../../values/forest.ts";
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
}

/** Fewer rows tell nothing. */
const LEAST_ROWS = 5;
/** Of the main thread at a time, ms. */
const SLICE_MS = 8;

/** Grows a forest in slices of a few milliseconds, anew whenever rows or target change. */
export function useImportance(
  table: ReadonlySignal<Table>,
  rows: ReadonlySignal<readonly Row[]>,
  target: ReadonlySignal<Column | undefined>,
): ReadonlySignal<FoundImportance> {
  const question = useComputed(() => questionOf(table.value, rows.value, target.value));
  const grown = useMemo(() => signal<ReturnType<typeof answerOf>>(null), []);
  useEffect(
    () =>
      effect(() => {
        const asked = question.value;
        grown.value = null;
        if (!asked || asked.target.length < LEAST_ROWS) return;
        const work = forestImportance(asked.features, asked.target);
        let timer = 0;
        const go = (): void => {
          const until = performance.now() + SLICE_MS;
          for (;;) {
            const step = work.next();
            if (step.done) {
              grown.value = answerOf(asked.columns, step.value);
              return;
            }
            if (performance.now() > until) break;
          }
          timer = window.setTimeout(go, 0);
        };
        timer = window.setTimeout(go, 0);
        return () => clearTimeout(timer);
      }),
    [question],
  );
  return useComputed(() => {
    const shares = grown.value?.shares;
    const found = (question.value?.columns ?? []).map(
      (column): ImportanceRow => ({
        column,
        correlation: correlationOf(table.value, rows.value, column, target.value),
        share: shares?.get(column) ?? null,
      }),
    );
    const weight = ({ share, correlation }: ImportanceRow): number => share ?? Math.abs(correlation ?? 0);
    return {
      rows: found.sort((a, b) => weight(b) - weight(a)),
      explained: grown.value?.explained ?? null,
    };
  });
}

function answerOf(
  columns: readonly Column[],
  found: { readonly shares: readonly number[]; readonly explained: number },
): { shares: ReadonlyMap<Column, number>; explained: number } | null {
  return {
    shares: new Map(columns.map((column, i) => [column, found.shares[i]!])),
    explained: found.explained,
  };
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
