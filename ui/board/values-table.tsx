/** A small table of values below what a card draws: a row a run (or line), sorted by a click on a heading, only what is in sight built. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MiddleCut } from "../app/middle-cut.tsx";
import { RowGap } from "../app/row-gap.tsx";
import { compareNames } from "../app/run-tree.ts";
import { runColors } from "../app/session.ts";
import { scheme } from "../app/theme.ts";
import { textField } from "../app/url-fields.ts";
import { urlSignal } from "../app/url-state.ts";
import { useWindowed } from "../app/windowed.ts";
import { useMoreAside } from "./more-aside.ts";
import "./values-table.css";

export interface ValuesRow {
  readonly run: string;
  /** What tells it from the other rows; the run where it is left out. */
  readonly key?: string;
  /** What it is called; the run where it is left out. */
  readonly name?: string;
  /** The run's where it is left out. */
  readonly color?: string;
}

/** A row that is to come: what it is of. */
export interface ValuesLine extends ValuesRow {
  readonly tag: string;
}

export const keyOfRow = ({ key, run }: ValuesRow): string => key ?? run;
const nameOfRow = ({ name, run }: ValuesRow): string => name ?? run;

export interface ValuesColumn<Row extends ValuesRow> {
  readonly id: string;
  readonly title: string;
  /** What stands in the cell. */
  text(row: Row): string;
  /** What it is sorted by. */
  value(row: Row): number | bigint;
}

/** The column that all such tables are sorted by, with `-` in front where descending; empty: as the runs are listed. */
export const valuesSort = urlSignal("values_sort", textField(), { lasting: true });

const ROW = 21;
const MOST_ROWS = 6;

interface Props<Row extends ValuesRow> {
  readonly label: string;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly columns: readonly ValuesColumn<Row>[];
}

export function ValuesTable<Row extends ValuesRow>({ label, rows, columns }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useComputed(() => sortedRows(rows.value, columns, valuesSort.value));
  const { first, last } = useWindowed(scroller, sorted.value.length, ROW, 24, true);
  const { scrolls, more } = useMoreAside(scroller);
  const shown = Math.min(MOST_ROWS, Math.max(1, sorted.value.length));
  return (
    <div
      ref={scroller}
      class={`values-table${more ? " has-more-aside" : ""}`}
      style={{ "--height": `${26 + shown * ROW}px` }}
      // What scrolls must be reachable by keyboard.
      tabIndex={sorted.value.length > MOST_ROWS || scrolls ? 0 : -1}
    >
      <table aria-label={label} aria-rowcount={sorted.value.length + 1}>
        <thead>
          <tr>
            <Heading id="run" title={sorted.value.some(({ name }) => name !== undefined) ? "Line" : "Run"} />
            {columns.map(({ id, title }) => (
              <Heading key={id} id={id} title={title} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <RowGap rows={first} rowHeight={ROW} />}
          {sorted.value.slice(first, last).map((row, i) => (
            <tr key={keyOfRow(row)} aria-rowindex={first + i + 2} data-run={row.run}>
              <th scope="row" title={nameOfRow(row)}>
                <span class="values-name">
                  <span
                    class="swatch"
                    style={{ background: row.color ?? runColors.color(row.run, scheme.value) }}
                  />
                  <MiddleCut text={nameOfRow(row)} />
                </span>
              </th>
              {columns.map(({ id, text }) => (
                <td key={id} data-column={id}>
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
          {last < sorted.value.length && <RowGap rows={sorted.value.length - last} rowHeight={ROW} />}
        </tbody>
      </table>
    </div>
  );
}

function Heading({ id, title }: { id: string; title: string }) {
  const sort = valuesSort.value;
  const order = sort === id ? "ascending" : sort === `-${id}` ? "descending" : "none";
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" onClick={() => (valuesSort.value = nextOrder(sort, id))}>
        {title}
        <span aria-hidden="true">{order === "none" ? "" : order === "ascending" ? " ↑" : " ↓"}</span>
      </button>
    </th>
  );
}

/** What a click on a heading makes of the order: descending, since the most is looked for, ascending, and none. */
export function nextOrder(sort: string, id: string): string {
  if (sort === `-${id}`) return id;
  return sort === id ? "" : `-${id}`;
}

/** Rows in the order that `sort` says; what is not a number comes last. Columns that are not there leave them as they are. */
export function sortedRows<Row extends ValuesRow>(
  rows: readonly Row[],
  columns: readonly ValuesColumn<Row>[],
  sort: string,
): readonly Row[] {
  const descending = sort.startsWith("-");
  const id = descending ? sort.slice(1) : sort;
  const sign = descending ? -1 : 1;
  if (id === "run") return [...rows].sort((a, b) => sign * compareNames(nameOfRow(a), nameOfRow(b)));
  const column = columns.find((one) => one.id === id);
  if (!column) return rows;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    if (noX || noY) return Number(noX) - Number(noY);
    return x < y ? -sign : x > y ? sign : 0;
  });
}
