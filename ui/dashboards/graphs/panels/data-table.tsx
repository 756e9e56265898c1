/** A table of any length: sorted by a click on a column, filtered by name, only the rows in sight drawn, saved as CSV. */
import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { FilterInput } from "../../../app/filter-input.tsx";
import { formatStep } from "../../../app/format.ts";
import { Icon } from "../../../app/icons.tsx";
import { nameFilter } from "../../../app/name-filter.ts";
import { fileName, save } from "../../../board/save.ts";
import { useWindowed } from "../../../board/windowed.ts";
import { toCsv } from "./csv.ts";

const ROW = 26;

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  /** What it is sorted by, and what the CSV has. */
  value(row: R): string | number | null;
  /** What is shown, where that is something else. */
  show?(row: R): ComponentChildren;
  /** Numbers stand right, and are sorted from the largest. */
  readonly numeric: boolean;
}

interface Props<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly sortBy: string;
  /** File name without its ending. */
  readonly fileName: string;
  nameOf(row: R): string;
  /** Null while nothing is chosen. */
  readonly isSelected: ((row: R) => boolean) | null;
  onChoose(row: R): void;
  /** Beside the filter. */
  readonly children?: ComponentChildren;
}

export function DataTable<R>(props: Props<R>) {
  const { label, rows, columns, nameOf, isSelected, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const text = useSignal("");
  const sort = useSignal({ key: props.sortBy, down: true });
  const filter = useComputed(() => nameFilter(text.value.trim()));
  const { key, down } = sort.value;
  const test = filter.value;
  const shown = useMemo(() => {
    const passing = test.active ? rows.filter((row) => test.test(nameOf(row))) : rows;
    const column = columns.find((candidate) => candidate.key === key);
    return column ? sorted(passing, column, down) : passing;
  }, [rows, columns, test, key, down]);
  const { first, last, show } = useWindowed(scroller, shown.length, ROW, ROW);
  const selected = isSelected ? shown.findIndex(isSelected) : -1;
  useEffect(() => {
    if (selected >= 0) show(selected);
  }, [selected]);
  const template = `minmax(180px, 1fr) ${columns
    .slice(1)
    .map((column) => (column.numeric ? "88px" : "150px"))
    .join(" ")}`;
  return (
    <div class="data-table-panel">
      <div class="dock-head">
        <FilterInput label="Filter names" text={text} error={filter.value.error} />
        {props.children}
        <span class="count">
          {shown.length === rows.length
            ? formatStep(rows.length)
            : `${formatStep(shown.length)} of ${formatStep(rows.length)}`}{" "}
          rows
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label="Save the rows as CSV"
          title="Save the rows as CSV"
          onClick={() =>
            save(new Blob([toCsv(columns, shown)], { type: "text/csv" }), `${fileName(props.fileName)}.csv`)
          }
        >
          <Icon name="download" />
        </button>
      </div>
      {/* biome-ignore-start lint/a11y/useSemanticElements: rows out of sight are not there, and a table element lays out its own way */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: the buttons in rows and headers take the focus */}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div
        class="data-table"
        ref={scroller}
        tabIndex={0}
        role="table"
        aria-label={label}
        aria-rowcount={shown.length + 1}
      >
        <div role="rowgroup" class="data-table-head">
          <div role="row" aria-rowindex={1} class="data-row" style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <div
                key={column.key}
                role="columnheader"
                class={column.numeric ? "is-number" : ""}
                aria-sort={column.key !== key ? "none" : down === column.numeric ? "descending" : "ascending"}
              >
                <button
                  type="button"
                  onClick={() => (sort.value = { key: column.key, down: column.key === key ? !down : true })}
                >
                  {column.title}
                  {column.key === key && (
                    <span aria-hidden="true">{down === column.numeric ? " ↓" : " ↑"}</span>
                  )}
                </button>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" class="windowed" style={{ height: `${shown.length * ROW}px` }}>
          {shown.slice(first, last).map((row, i) => {
            const index = first + i;
            return (
              <div
                key={nameOf(row)}
                role="row"
                aria-rowindex={index + 2}
                class={`data-row${index === selected ? " is-selected" : ""}`}
                style={{ gridTemplateColumns: template, transform: `translateY(${index * ROW}px)` }}
              >
                {columns.map((column, c) => (
                  <div key={column.key} role="cell" class={column.numeric ? "is-number" : ""}>
                    {c === 0 ? (
                      <button
                        type="button"
                        class="data-name"
                        title={nameOf(row)}
                        onClick={() => onChoose(row)}
                      >
                        {column.show?.(row) ?? column.value(row)}
                      </button>
                    ) : (
                      (column.show?.(row) ?? column.value(row) ?? "–")
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
    </div>
  );
}

/** `down` is the usual way: numbers from the largest, words from A. Rows without a value come last. */
function sorted<R>(rows: readonly R[], column: Column<R>, down: boolean): R[] {
  const usual = down ? 1 : -1;
  const values = rows.map((row) => column.value(row));
  const places = [...rows.keys()].sort((a, b) => {
    const [one, other] = [values[a]!, values[b]!];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
    if (typeof one === "number" && typeof other === "number") return usual * (other - one) || a - b;
    return usual * compareTexts(String(one), String(other)) || a - b;
  });
  return places.map((place) => rows[place]!);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
