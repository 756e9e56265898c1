/** The table: a row a session or trial, as many on the page as can be seen; headers sort, and say what matters. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { count, formatValue } from "../../app/format.ts";
import { pointedRun, soloRuns } from "../../app/runs.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import { dashboardName } from "../../app/url-state.ts";
import "../../board/run-label.css";
import { cellText } from "./formats.ts";
import { sortKeys } from "./settings.ts";
import type { Column, Row, SortKey } from "./table.ts";

const ROW_PX = 30;
/** Rows built beyond those that are seen. */
const SPARE = 12;

interface Props {
  readonly columns: ReadonlySignal<readonly { readonly column: Column; readonly place: number }[]>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly together: boolean;
}

export function SessionTable({ columns, rows, together }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE);
  const last = Math.min(rows.value.length, Math.ceil((top + height) / ROW_PX) + SPARE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it
    <section class="hp-table" ref={scroller} tabIndex={0} aria-label="Sessions">
      <table aria-rowcount={rows.value.length + 1}>
        <thead>
          <tr>
            <Header id="run" title="Session" />
            <th scope="col">Status</th>
            {columns.value.map(({ column }) => (
              <Header key={column.id} id={column.id} title={column.title} kind={column.kind} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Gap rows={first} />}
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
              {columns.value.map(({ column, place }) => (
                <td key={column.id} class={column.numeric ? "is-number" : ""}>
                  {cellText(row.cells[place] ?? null)}
                  {together && spreadText(row, column, place)}
                </td>
              ))}
            </tr>
          ))}
          {last < rows.value.length && <Gap rows={rows.value.length - last} />}
        </tbody>
      </table>
    </section>
  );
}

/** Half the distance between a trial's smallest and largest. */
function spreadText(row: Row, { kind }: Column, place: number) {
  const spread = row.spread[place];
  if (kind !== "metric" || spread === null || spread === undefined || row.runs.length < 2) return null;
  return <small> ± {formatValue(spread, 3)}</small>;
}

function Gap({ rows }: { rows: number }) {
  return (
    <tr>
      <td style={{ height: `${rows * ROW_PX}px`, padding: 0, border: 0 }} />
    </tr>
  );
}

function Header({ id, title, kind }: { id: string; title: string; kind?: Column["kind"] }) {
  const place = sortKeys.value.findIndex((key) => key.id === id);
  const key = sortKeys.value[place];
  const direction = key ? (key.descending ? "descending" : "ascending") : "none";
  return (
    <th scope="col" aria-sort={direction} class={kind === undefined ? "" : `is-${kind}`}>
      <button
        type="button"
        title="Sort; with Shift as a further column"
        onClick={(event) => (sortKeys.value = sortedBy(sortKeys.peek(), id, event.shiftKey))}
      >
        {title}
        {key && (
          <span class="hp-order" aria-hidden="true">
            {key.descending ? "↓" : "↑"}
            {sortKeys.value.length > 1 ? place + 1 : ""}
          </span>
        )}
      </button>
    </th>
  );
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
  soloRuns(runs);
  dashboardName.value = "scalars";
}
