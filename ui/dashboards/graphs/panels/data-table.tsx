/** A table of any length: sorted by a click on a column, filtered by name, only the rows in sight drawn, saved as CSV. */
import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { FilterInput } from "../../../app/filter-input.tsx";
import { count, formatStep } from "../../../app/format.ts";
import { Icon } from "../../../app/icons.tsx";
import { MiddleCut } from "../../../app/middle-cut.tsx";
import { nameFilter } from "../../../app/name-filter.ts";
import { printing } from "../../../app/printing.ts";
import { isDrawer } from "../../../app/sidebar-state.ts";
import { useWindowed } from "../../../app/windowed.ts";
import { fileName, save } from "../../../board/save.ts";
import { toCsv } from "./csv.ts";
import { keptFrom } from "./kept-name.ts";

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
  /** Pixels that it has at least, and its part of what room is left. */
  readonly width?: readonly [least: number, share: number];
  /** Stands next to the first column where the page is narrow. */
  readonly leads?: boolean;
}

/** Widths where columns say none. */
const [NAME_WIDTH, NUMBER_WIDTH, WORD_WIDTH] = [
  [180, 1],
  [96, 0],
  [150, 0],
] as const;
/** Names leave room for a number beside them where the page is narrow. */
const NARROW_NAME_WIDTH = [170, 1] as const;

interface Props<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly sortBy: string;
  /** File name without its ending. */
  readonly fileName: string;
  nameOf(row: R): string;
  /** Said after a row's name. */
  noteOf?(row: R): string;
  /** Null while nothing is chosen. */
  readonly isSelected: ((row: R) => boolean) | null;
  onChoose(row: R): void;
  /** Beside the filter. */
  readonly children?: ComponentChildren;
}

export function DataTable<R>(props: Props<R>) {
  const { label, rows, nameOf, noteOf, isSelected, onChoose } = props;
  // At phone width, where the list of runs is a drawer.
  const narrow = isDrawer.value;
  const columns = useMemo(() => (narrow ? leading(props.columns) : props.columns), [props.columns, narrow]);
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
  const { first, last, show } = useWindowed(scroller, shown.length, ROW, ROW, true);
  const onPaper = printing.value;
  const selected = isSelected ? shown.findIndex(isSelected) : -1;
  useEffect(() => {
    if (selected >= 0) show(selected);
  }, [selected]);
  const widths = columns.map((column, c) => widthOf(column, c, narrow));
  const template = widths
    .map(([least, share]) => (share > 0 ? `minmax(${least}px, ${share}fr)` : `${least}px`))
    .join(" ");
  const minWidth = `${widths.reduce((sum, [least]) => sum + least, 0)}px`;
  return (
    <div class="data-table-panel">
      <div class="dock-head">
        <FilterInput label="Filter names" text={text} error={filter.value.error} />
        {props.children}
        <span class="count">
          {shown.length === rows.length
            ? count(rows.length, "row")
            : `${formatStep(shown.length)} of ${count(rows.length, "row")}`}
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
        <div role="rowgroup" class="data-table-head" style={{ minWidth }}>
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
        <div
          role="rowgroup"
          class="windowed"
          style={{ minWidth, ...(!onPaper && { height: `${shown.length * ROW}px` }) }}
        >
          {shown.slice(first, last).map((row, i) => {
            const index = first + i;
            return (
              <div
                key={nameOf(row)}
                role="row"
                aria-rowindex={index + 2}
                class={`data-row${index === selected ? " is-selected" : ""}`}
                style={{
                  gridTemplateColumns: template,
                  ...(!onPaper && { transform: `translateY(${index * ROW}px)` }),
                }}
              >
                {columns.map((column, c) => (
                  <div
                    key={column.key}
                    role="cell"
                    class={column.numeric ? "is-number" : ""}
                    title={c === 0 || column.numeric ? undefined : String(column.value(row) ?? "")}
                  >
                    {c === 0 ? (
                      <button
                        type="button"
                        class="data-name"
                        title={`${nameOf(row)}${noteOf?.(row) ?? ""}`}
                        aria-label={`${nameOf(row)}${noteOf?.(row) ?? ""}`}
                        onClick={() => onChoose(row)}
                      >
                        <NodeName name={String(column.value(row) ?? "")} />
                        {noteOf?.(row) && <span class="data-note">{noteOf(row)}</span>}
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
        {onPaper && last < shown.length && <p>and {formatStep(shown.length - last)} more</p>}
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
    </div>
  );
}

/** Cut before its last part, in which names of one graph differ. */
function NodeName({ name }: { name: string }) {
  return <MiddleCut text={name} keptFrom={keptFrom(name)} />;
}

function widthOf<R>(
  { width, numeric }: Column<R>,
  place: number,
  narrow: boolean,
): readonly [number, number] {
  if (width) return width;
  if (place === 0) return narrow ? NARROW_NAME_WIDTH : NAME_WIDTH;
  return numeric ? NUMBER_WIDTH : WORD_WIDTH;
}

/** What leads stands next to the first. */
function leading<R>([first, ...others]: readonly Column<R>[]): Column<R>[] {
  return [
    ...(first ? [first] : []),
    ...others.filter(({ leads }) => leads),
    ...others.filter(({ leads }) => !leads),
  ];
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
