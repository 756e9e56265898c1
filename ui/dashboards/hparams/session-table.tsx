/** The table: a row a session or trial, as many on the page as can be seen; headers sort, and say what matters. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { count, formatValue } from "../../app/format.ts";
import { RowGap } from "../../app/row-gap.tsx";
import { chooseRuns, pointedRun } from "../../app/runs.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import { dashboardName } from "../../app/url-state.ts";
import "../../board/run-label.css";
import { useWindowed } from "../../app/windowed.ts";
import { ColumnTitle } from "./column-title.tsx";
import { textAt } from "./formats.ts";
import { pinned, sortKeys } from "./settings.ts";
import { type Column, lostOfTrial, type Row, type SortKey, spreadOf } from "./table.ts";

const ROW_PX = 30;

interface Props {
  readonly columns: ReadonlySignal<readonly { readonly column: Column; readonly place: number }[]>;
  readonly rows: ReadonlySignal<readonly Row[]>;
}

export function SessionTable({ columns, rows }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useWindowed(scroller, rows.value.length, ROW_PX, ROW_PX, true);
  const lefts = useStuck(scroller, columns);
  const ids = columns.value.map(({ column }) => column.id);
  const idAt = (clientX: number): string | null => {
    for (const head of scroller.current?.querySelectorAll<HTMLElement>("thead th[data-column]") ?? []) {
      const { left, right } = head.getBoundingClientRect();
      if (clientX >= left && clientX <= right) return head.dataset.column ?? null;
    }
    return null;
  };
  const stuck = (place: number) =>
    lefts.value[place] === undefined ? {} : { class: "is-stuck", style: { left: `${lefts.value[place]}px` } };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it
    <section class="hp-table" ref={scroller} tabIndex={0} aria-label="Sessions">
      <table aria-rowcount={rows.value.length + 1}>
        <thead>
          <tr>
            <Header id="run" title="Session" />
            <th scope="col">Status</th>
            {columns.value.map(({ column }, i) => (
              <Header
                key={column.id}
                id={column.id}
                title={column.title}
                kind={column.kind}
                numeric={column.numeric}
                left={lefts.value[i]}
                ids={ids}
                idAt={idAt}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <RowGap rows={first} rowHeight={ROW_PX} />}
          {rows.value.slice(first, last).map((row, i) => (
            <tr
              key={row.key}
              aria-rowindex={first + i + 2}
              onPointerEnter={() => (pointedRun.value = row.runs[0] ?? null)}
              onPointerLeave={() => (pointedRun.value = null)}
            >
              <th scope="row">
                <button
                  type="button"
                  class="hp-session"
                  title={`Show the curves of ${count(row.runs.length, "run")}`}
                  onClick={() => openCurves(row.runs)}
                >
                  <span
                    class="run-swatch"
                    style={{ background: runColors.color(row.runs[0] ?? "", scheme.value) }}
                  />
                  {row.title}
                </button>
              </th>
              <td class={`hp-status is-${row.status}`}>{row.status}</td>
              {columns.value.map(({ column, place }, i) => (
                <td
                  key={column.id}
                  class={`${column.numeric ? "is-number" : ""} ${stuck(i).class ?? ""}`}
                  style={stuck(i).style}
                >
                  {textAt(row, place)}
                  <Spread row={row} column={column} place={place} />
                </td>
              ))}
            </tr>
          ))}
          {last < rows.value.length && <RowGap rows={rows.value.length - last} rowHeight={ROW_PX} />}
        </tbody>
      </table>
    </section>
  );
}

function Spread({ row, column, place }: { row: Row; column: Column; place: number }) {
  const spread = spreadOf(row, column, place);
  const lost = lostOfTrial(row, place);
  if (spread === null) return null;
  return (
    <small>
      {` ± ${formatValue(spread, 3)}`}
      {lost > 0 && (
        <span title="NaN or infinite: not in this value">{`, ${lost} of ${row.runs.length} NaN`}</span>
      )}
    </small>
  );
}

interface HeaderProps {
  readonly id: string;
  readonly title: string;
  readonly kind?: Column["kind"];
  readonly numeric?: boolean;
  /** Where it stays in sight, pixels from the left. */
  readonly left?: number | undefined;
  /** The columns that it may be moved among, and which is at a place. */
  readonly ids?: readonly string[];
  idAt?(clientX: number): string | null;
}

function Header({ id, title, kind, numeric = false, left, ids = [], idAt = () => null }: HeaderProps) {
  const place = sortKeys.value.findIndex((key) => key.id === id);
  const key = sortKeys.value[place];
  const direction = key ? (key.descending ? "descending" : "ascending") : "none";
  return (
    <th
      scope="col"
      aria-sort={direction}
      data-column={kind && id}
      class={`${kind === undefined ? "" : `is-${kind}`}${numeric ? " is-number" : ""}${left === undefined ? "" : " is-stuck"}`}
      style={left === undefined ? {} : { left: `${left}px` }}
    >
      <ColumnTitle
        id={id}
        ids={ids}
        alt
        hint={
          kind === undefined
            ? "Sort; with Shift as a further column"
            : "Sort; with Shift as a further column. Drag, or Alt and arrow keys, to move"
        }
        idAt={idAt}
        onClick={(event) => (sortKeys.value = sortedBy(sortKeys.peek(), id, event.shiftKey))}
      >
        {title}
        {key && (
          <span class="hp-order" aria-hidden="true">
            {key.descending ? "↓" : "↑"}
            {sortKeys.value.length > 1 ? place + 1 : ""}
          </span>
        )}
      </ColumnTitle>
    </th>
  );
}

/** Where columns that stay in sight stand: after the session's name and each other. */
function useStuck(
  scroller: { readonly current: HTMLElement | null },
  columns: Props["columns"],
): ReadonlySignal<readonly (number | undefined)[]> {
  const lefts = useSignal<readonly (number | undefined)[]>([]);
  const count = columns.value.filter(({ column }) => pinned.value.includes(column.id)).length;
  useLayoutEffect(() => {
    const heads = scroller.current?.querySelectorAll<HTMLElement>("thead th") ?? [];
    let left = heads[0]?.offsetWidth ?? 0;
    const found: number[] = [];
    // The status, which is the second, scrolls away.
    for (let i = 0; i < count; i++) {
      found.push(left);
      left += heads[i + 2]?.offsetWidth ?? 0;
    }
    if (found.length !== lefts.peek().length || found.some((at, i) => at !== lefts.peek()[i]))
      lefts.value = found;
  });
  return lefts;
}

/** Ascending, then descending, then not at all; with `further` beside the other columns. */
function sortedBy(keys: readonly SortKey[], id: string, further: boolean): SortKey[] {
  const known = keys.find((key) => key.id === id);
  const others = further ? keys.filter((key) => key.id !== id) : [];
  if (!known) return [...others, { id, descending: false }];
  return known.descending ? others : [...others, { id, descending: true }];
}

/** The scalars of these runs alone. */
function openCurves(runs: readonly string[]): void {
  chooseRuns(runs);
  dashboardName.value = "scalars";
}
