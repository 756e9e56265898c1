/** What is shown of the table: columns, and intervals of their numbers. */
import { Icon } from "../../app/icons.tsx";
import { Popover } from "../../app/popover.tsx";
import { hidden, intervals, setWithin } from "./settings.ts";
import type { Column, Row } from "./table.ts";

interface Props {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export function ColumnsButton({ columns, rows }: Props) {
  const filtered = intervals.value.size;
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
        <legend>Columns, and from where to where their numbers are shown</legend>
        {columns.map((column, place) => (
          <ColumnLine key={column.id} column={column} place={place} rows={rows} />
        ))}
      </fieldset>
    </Popover>
  );
}

function ColumnLine({ column, place, rows }: { column: Column; place: number; rows: readonly Row[] }) {
  const { id, title, numeric } = column;
  const shown = !hidden.value.includes(id);
  const interval = intervals.value.get(id);
  const numbers = rows.map(({ cells }) => cells[place]).filter((cell) => typeof cell === "number");
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const set = (end: "low" | "high", text: string): void => {
    const value = text.trim() === "" ? (end === "low" ? least : most) : Number(text);
    if (Number.isNaN(value)) return;
    const next = { low: interval?.low ?? least, high: interval?.high ?? most, [end]: value };
    setWithin(id, next.low <= least && next.high >= most ? null : next);
  };
  return (
    <div class="hp-column">
      <label>
        <input
          type="checkbox"
          checked={shown}
          onChange={() =>
            (hidden.value = shown ? [...hidden.peek(), id] : hidden.peek().filter((one) => one !== id))
          }
        />
        {title}
      </label>
      {numeric && numbers.length > 0 && (
        <span>
          <input
            type="text"
            inputMode="decimal"
            aria-label={`${title} at least`}
            placeholder={String(least)}
            value={interval ? String(interval.low) : ""}
            onChange={(event) => set("low", event.currentTarget.value)}
          />
          <input
            type="text"
            inputMode="decimal"
            aria-label={`${title} at most`}
            placeholder={String(most)}
            value={interval ? String(interval.high) : ""}
            onChange={(event) => set("high", event.currentTarget.value)}
          />
        </span>
      )}
    </div>
  );
}
