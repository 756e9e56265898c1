/** What is shown of the table: which columns, in what order, which stay in sight; and what their values may be. */
import { Icon } from "../../app/icons.tsx";
import { Popover } from "../../app/popover.tsx";
import { isFloat32, shortestText } from "./formats.ts";
import {
  hidden,
  intervals,
  only,
  order,
  otherBetter,
  over,
  pinned,
  setOnly,
  setWithin,
  toggle,
  toggleOver,
} from "./settings.ts";
import { betterByName, type Column, distinct, movedTo, type Row } from "./table.ts";

interface Props {
  /** All columns with their places in rows, in the order in which they are shown. */
  readonly columns: readonly { readonly column: Column; readonly place: number }[];
  readonly rows: readonly Row[];
}

/** Columns with at most so many different values are filtered by check boxes, as in TensorBoard. */
const MOST_VALUES = 10;

export function ColumnsButton({ columns, rows }: Props) {
  const filtered = intervals.value.size + only.value.size;
  return (
    <Popover
      label="Columns and filters"
      buttonClass="text-button"
      button={
        <>
          Columns and filters{filtered > 0 ? ` (${filtered})` : ""} <Icon name="chevron" />
        </>
      }
    >
      <fieldset class="hp-columns">
        <legend>Columns: which, in what order, and with which values</legend>
        {columns.map(({ column, place }) => (
          <ColumnLine
            key={column.id}
            column={column}
            place={place}
            rows={rows}
            ids={columns.map(({ column: { id } }) => id)}
          />
        ))}
      </fieldset>
    </Popover>
  );
}

interface LineProps {
  readonly column: Column;
  readonly place: number;
  readonly rows: readonly Row[];
  readonly ids: readonly string[];
}

function ColumnLine({ column, place, rows, ids }: LineProps) {
  const { id, title, kind } = column;
  const values = kind === "hparam" ? distinct(rows, place, MOST_VALUES) : null;
  return (
    <div class="hp-column">
      <div class="hp-column-line">
        <label>
          <input type="checkbox" checked={!hidden.value.includes(id)} onChange={() => toggle(hidden, id)} />
          {title}
        </label>
        <Place column={column} ids={ids} />
      </div>
      {values && values.length > 1 && <Values column={column} values={values} />}
      {!values && column.numeric && <Bounds column={column} place={place} rows={rows} />}
      {kind === "hparam" && <OverChoice column={column} />}
      {kind === "metric" && <BetterChoice column={column} />}
    </div>
  );
}

/** Buttons that move a column up or down, and keep it in sight. */
function Place({ column: { id, title }, ids }: { column: Column; ids: readonly string[] }) {
  const at = ids.indexOf(id);
  const isPinned = pinned.value.includes(id);
  const move = (by: number): void => {
    const target = ids[at + by];
    if (target !== undefined) order.value = movedTo(ids, id, target);
  };
  return (
    <span class="hp-column-place">
      <button
        type="button"
        class="icon-button"
        aria-label={`Move ${title} up`}
        disabled={at === 0}
        onClick={() => move(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={`Move ${title} down`}
        disabled={at === ids.length - 1}
        onClick={() => move(1)}
      >
        ↓
      </button>
      <button
        type="button"
        class={`icon-button${isPinned ? " is-active" : ""}`}
        aria-pressed={isPinned}
        aria-label={`Keep ${title} in sight`}
        title="Keep in sight at the left of the table"
        onClick={() => toggle(pinned, id)}
      >
        <Icon name="pin" />
      </button>
    </span>
  );
}

/** The values that a column lets through. */
function Values({ column: { id, title }, values }: { column: Column; values: readonly string[] }) {
  const chosen = only.value.get(id);
  const set = (value: string, on: boolean): void => {
    const before = chosen ?? values;
    const next = on ? [...before, value] : before.filter((one) => one !== value);
    setOnly(id, values.every((one) => next.includes(one)) ? null : next);
  };
  return (
    <span class="hp-values">
      {values.map((value) => (
        <label key={value}>
          <input
            type="checkbox"
            aria-label={`${title}: ${value === "" ? "nothing" : value}`}
            checked={chosen === undefined || chosen.includes(value)}
            onChange={(event) => set(value, event.currentTarget.checked)}
          />
          {value === "" ? <em>nothing</em> : value}
        </label>
      ))}
    </span>
  );
}

/** From where to where a column's numbers are let through. */
function Bounds({ column: { id, title }, place, rows }: Omit<LineProps, "ids">) {
  const interval = intervals.value.get(id);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let float32 = true;
  for (const { cells } of rows) {
    const cell = cells[place];
    if (typeof cell !== "number") continue;
    float32 &&= isFloat32(cell);
    least = Math.min(least, cell);
    most = Math.max(most, cell);
  }
  if (least > most) return null;
  const set = (end: "low" | "high", text: string): void => {
    const typed = text.trim() === "" ? (end === "low" ? least : most) : Number(text);
    if (Number.isNaN(typed)) return;
    // Who types 0.8 means the 0.8 of the table.
    const value = float32 ? Math.fround(typed) : typed;
    const next = { low: interval?.low ?? least, high: interval?.high ?? most, [end]: value };
    setWithin(id, next.low <= least && next.high >= most ? null : next);
  };
  return (
    <span class="hp-bounds">
      {(["low", "high"] as const).map((end) => (
        <input
          key={end}
          type="text"
          inputMode="decimal"
          aria-label={`${title} at ${end === "low" ? "least" : "most"}`}
          placeholder={shortestText(end === "low" ? least : most)}
          value={interval ? shortestText(interval[end]) : ""}
          onChange={(event) => set(end, event.currentTarget.value)}
        />
      ))}
    </span>
  );
}

/** Which end of a metric is the good one: what "best" goes by. */
export function betterOf(id: string): "lower" | "higher" {
  const byName = betterByName(id.slice(2));
  if (!otherBetter.value.includes(id)) return byName;
  return byName === "lower" ? "higher" : "lower";
}

function OverChoice({ column: { id, title } }: { column: Column }) {
  return (
    <label class="hp-better" title="Sessions that differ in nothing else are one trial">
      <input
        type="checkbox"
        aria-label={`Average over ${title}`}
        checked={over.value.includes(id)}
        onChange={() => toggleOver(id)}
      />
      average over this
    </label>
  );
}

function BetterChoice({ column: { id, title } }: { column: Column }) {
  return (
    <label class="hp-better">
      <input
        type="checkbox"
        aria-label={`${title}: lower is better`}
        checked={betterOf(id) === "lower"}
        onChange={() => toggle(otherBetter, id)}
      />
      lower is better
    </label>
  );
}
