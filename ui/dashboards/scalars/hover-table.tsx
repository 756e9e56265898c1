/** The table under the crosshair: every run's nearest point. It floats over the page, and stays when held. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { count, formatDuration, formatStep, formatValue, formatWallTime } from "../../app/format.ts";
import type { CardHover } from "./crosshair.ts";
import { type HoverRow, nextSort, type SortColumn, sortRows, windowStart } from "./hover-rows.ts";
import { smoothing, sort } from "./settings.ts";
import "./hover-table.css";

const ROW = 21;
const MOST_ROWS = 12;
const CHROME = 56;

interface Props {
  readonly hover: ReadonlySignal<CardHover | null>;
  readonly anchor: { readonly current: HTMLElement | null };
  /** The person closes it. */
  onClose(): void;
  /** The person does something elsewhere. */
  onLeave(): void;
}

type Column = Exclude<SortColumn, "nearest">;

const COLUMNS: readonly { column: Column; title: string; text(row: HoverRow): string }[] = [
  { column: "run", title: "Run", text: (row) => row.name },
  { column: "smoothed", title: "Smoothed", text: (row) => formatValue(row.smoothed ?? row.value) },
  { column: "value", title: "Value", text: textOfValue },
  { column: "step", title: "Step", text: (row) => formatStep(row.step) },
  { column: "wall_time", title: "Time", text: (row) => formatWallTime(row.wallTime) },
  { column: "relative", title: "Relative", text: (row) => formatDuration(row.relative) },
];

/** With a band, what it has there. */
function textOfValue({ value, bounds }: HoverRow): string {
  if (!bounds) return formatValue(value);
  return `${formatValue(value)} (${formatValue(bounds.low)} … ${formatValue(bounds.high)})`;
}

export function HoverTable({ hover, ...rest }: Props) {
  const current = hover.value;
  if (!current || current.rows.length === 0) return null;
  return <Table hover={current} {...rest} />;
}

function Table({ hover, anchor, onClose, onLeave }: { hover: CardHover } & Omit<Props, "hover">) {
  const box = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [scrolledTo, setScrolledTo] = useState(0);
  const rows = sortRows([...hover.rows], sort.value);
  const shown = Math.min(rows.length, MOST_ROWS);
  const start = hover.pinned ? Math.min(scrolledTo, rows.length - shown) : windowStart(rows, shown);
  const isSmoothed = smoothing.value > 0 && rows.some((row) => row.smoothed !== null);
  const noun = rows.every((row) => row.name === row.key) ? "run" : "line";
  const hasBounds = rows.some((row) => row.bounds !== null);
  const columns = COLUMNS.filter(({ column }) => column !== "smoothed" || isSmoothed);

  useLayoutEffect(() => {
    if (box.current && anchor.current) place(box.current, anchor.current, shown);
  });
  useEffect(() => {
    // The page may scroll below: the table, which floats over it, goes along with its card.
    const follow = (event: Event): void => {
      if (box.current && anchor.current && event.target !== scroller.current)
        place(box.current, anchor.current, shown);
    };
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    return () => window.removeEventListener("scroll", follow, { capture: true });
  }, [shown]);
  useLayoutEffect(() => {
    if (!hover.pinned || !scroller.current) return;
    const from = windowStart(rows, shown);
    scroller.current.scrollTop = from * ROW;
    setScrolledTo(from);
  }, [hover.pinned]);

  useEffect(() => {
    if (!hover.pinned) return;
    const elsewhere = (event: Event): void => {
      const inside = [box.current, anchor.current].some(
        (part) => event.target instanceof Node && part?.contains(event.target),
      );
      if (!inside) onLeave();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) onLeave();
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("keydown", onKey);
    };
  }, [hover.pinned]);

  // Held, the list scrolls: rows out of sight are stood in for by padding.
  const slice = rows.slice(start, start + shown + (hover.pinned ? 1 : 0));
  const before = hover.pinned ? start * ROW : 0;
  const after = hover.pinned ? Math.max(0, rows.length - start - slice.length) * ROW : 0;
  return (
    <section
      ref={box}
      class={`hover-table${hover.pinned ? " is-pinned" : ""}${isSmoothed ? "" : " is-raw"}${hasBounds ? " has-bounds" : ""}`}
      aria-label="Values at the crosshair"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <div
        ref={scroller}
        class="hover-scroller"
        // A list that scrolls must be reachable by keyboard.
        tabIndex={hover.pinned && rows.length > shown ? 0 : -1}
        style={{ height: `${24 + shown * ROW}px`, "--step-width": `${stepWidth(rows)}px` }}
        onScroll={(event) => setScrolledTo(Math.floor(event.currentTarget.scrollTop / ROW))}
      >
        <table>
          <thead>
            <tr>
              {columns.map(({ column, title }) => (
                <th key={column} scope="col" class={`col-${column}`} aria-sort={ariaSort(column)}>
                  {hover.pinned ? (
                    <button type="button" onClick={() => (sort.value = nextSort(sort.value, column))}>
                      {title}
                      <SortArrow column={column} />
                    </button>
                  ) : (
                    <span>
                      {title}
                      <SortArrow column={column} />
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Spacer height={before} columns={columns.length} />}
            {slice.map((row) => (
              <tr key={row.key} class={row.nearest ? "is-nearest" : ""}>
                {columns.map(({ column, text }) =>
                  column === "run" ? (
                    <th key={column} scope="row" class="col-run" title={row.name}>
                      <span class="swatch" style={{ background: row.color }} />
                      <span class="run-name">
                        <bdi>{row.name}</bdi>
                      </span>
                    </th>
                  ) : (
                    <td key={column} class={`col-${column}`}>
                      {text(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
            {after > 0 && <Spacer height={after} columns={columns.length} />}
          </tbody>
        </table>
      </div>
      <footer>
        <span>
          {rows.length > shown ? `${shown} of ${count(rows.length, noun)}` : count(rows.length, noun)}
        </span>
        {hover.pinned ? (
          <button type="button" class="link" onClick={onClose}>
            Close
          </button>
        ) : (
          <span>click or Enter to hold the step</span>
        )}
      </footer>
    </section>
  );
}

/** Room for the longest step, all digits of it. */
function stepWidth(rows: readonly HoverRow[]): number {
  const most = rows.reduce((longest, { step }) => Math.max(longest, formatStep(step).length), 0);
  return Math.max(64, Math.ceil(most * 7.2) + 14);
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} class="spacer" style={{ height: `${height}px` }} />
    </tr>
  );
}

function SortArrow({ column }: { column: Column }) {
  const order = ariaSort(column);
  return order === "none" ? null : <span aria-hidden="true">{order === "ascending" ? " ↑" : " ↓"}</span>;
}

function ariaSort(column: Column): "ascending" | "descending" | "none" {
  return sort.value === column ? "ascending" : sort.value === `-${column}` ? "descending" : "none";
}

/** Under the chart where there is room, over it where there is more. */
function place(box: HTMLElement, anchor: HTMLElement, rows: number): void {
  const around = anchor.getBoundingClientRect();
  const height = CHROME + rows * ROW;
  const below = window.innerHeight - around.bottom;
  const fitsBelow = below > height || below > around.top;
  const left = Math.max(8, Math.min(around.left, window.innerWidth - box.offsetWidth - 8));
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, fitsBelow ? around.bottom + 2 : around.top - box.offsetHeight - 2)}px`;
}
