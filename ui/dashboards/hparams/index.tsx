/** The hyperparameters' page: sessions in a table and across axes, and how much each hyperparameter has to do with a metric. */
import { useComputed } from "@preact/signals";
import { FilterInput } from "../../app/filter-input.tsx";
import { count, formatStep } from "../../app/format.ts";
import { Menu } from "../../app/menu.tsx";
import { chooseRuns, enabledRuns } from "../../app/runs.ts";
import { CardMessage } from "../../board/card-message.tsx";
import { Segmented } from "../../board/controls.tsx";
import { save } from "../../board/save.ts";
import { Toolbar } from "../../board/toolbar.tsx";
import { axisOf } from "./axes.ts";
import { EXPRESSION_HELP, rowFilter } from "./expression.ts";
import { betterOf, ColumnsButton } from "./filters.tsx";
import { toCsv, toJson, toLatex } from "./formats.ts";
import { useImportance } from "./importance.ts";
import { ImportanceTable } from "./importance-table.tsx";
import { ParallelView } from "./parallel-view.tsx";
import { ScatterView } from "./scatter-view.tsx";
import { SessionTable } from "./session-table.tsx";
import {
  expression,
  type HParamsView,
  hidden,
  intervals,
  only,
  order,
  otherScale,
  over,
  pinned,
  sortKeys,
  statistic,
  target,
  together,
  view,
} from "./settings.ts";
import {
  among,
  arranged,
  type Column,
  type Row,
  type Statistic,
  sorted,
  type Together,
  tableOf,
  within,
} from "./table.ts";
import { useHParams } from "./use-hparams.ts";
import "./hparams.css";

export { guide } from "./guide.ts";

/** Axes side by side: more than these nobody can tell apart. */
const MOST_AXES = 14;
/** Columns of the scatter matrix: its pairs go with their square. */
const MOST_PAIRED = 7;

export default function HParams() {
  const { data, error } = useHParams();
  const table = useComputed(() => {
    if (!data.value) return { columns: [], rows: [] };
    const full = tableOf(data.value, statistic.value, together.value, betterOf, new Set(over.value));
    return { ...full, rows: full.rows.filter(({ runs }) => runs.some((run) => enabledRuns.value.has(run))) };
  });
  const places = useComputed(() => {
    const all = table.value.columns.map((column, place) => ({ id: column.id, column, place }));
    return arranged(all, order.value, pinned.value);
  });
  const shown = useComputed(() => places.value.filter(({ id }) => !hidden.value.includes(id)));
  const filter = useComputed(() => rowFilter(expression.value, table.value.columns));
  const passing = useComputed(() => {
    const { columns } = table.value;
    const rows = among({ columns, rows: within(table.value, intervals.value) }, only.value);
    return rows.filter((row) => filter.value.test(row));
  });
  const rows = useComputed(() =>
    sorted({ columns: table.value.columns, rows: passing.value }, sortKeys.value),
  );
  const looked = useComputed(() => targetOf(table.value.columns));
  const importance = useImportance(table, passing, looked);
  const spec = useComputed(() => {
    const axis = ({ column, place }: { column: Column; place: number }) =>
      axisOf(column, place, table.value.rows, otherScale.value.includes(column.id));
    const colored = places.value.find(({ column }) => column === looked.value);
    return {
      axes: shown.value.slice(0, view.value === "scatter" ? MOST_PAIRED : MOST_AXES).map(axis),
      rows: table.value.rows,
      passing: new Set(passing.value),
      colorAxis: colored ? axis(colored) : null,
      kept: { intervals: intervals.value, only: only.value },
    };
  });
  if (data.value === null)
    return (
      <CardMessage kind={error.value === null ? "loading" : "error"}>{error.value ?? undefined}</CardMessage>
    );
  const what = together.value === "none" ? "session" : "trial";
  const words = `${count(table.value.rows.length, what)}, ${formatStep(passing.value.length)} of them within all filters`;
  return (
    <div class="hp">
      <Toolbar label="View settings" unfiltered>
        <FilterInput
          label="Filter rows"
          text={expression}
          error={filter.value.error}
          hint={'rate < 0.01 and optimizer == "adam"'}
          help={EXPRESSION_HELP}
        />
        <Tools columns={table.value.columns} />
        <ColumnsButton columns={places.value} rows={table.value.rows} />
        <Menu label="Download the table" icon="download" items={downloads(shown.value, rows.value)} />
      </Toolbar>
      {error.value !== null && <p class="hp-note">{error.value}; trying again</p>}
      <div class="hp-views">
        {view.value === "parallel" && <ParallelView spec={spec} label={`Parallel coordinates of ${words}`} />}
        {view.value === "scatter" && <ScatterView spec={spec} label={`Scatter matrix of ${words}`} />}
        {view.value !== "none" && shown.value.length > spec.value.axes.length && (
          <p class="hp-note">
            The first {spec.value.axes.length} of {shown.value.length} columns; which those are is up to you,
            under Columns and filters.
          </p>
        )}
        <ImportanceTable found={importance} target={looked.value} />
      </div>
      <p class="hp-note" role="status">
        {count(rows.value.length, what)}
        {rows.value.length < table.value.rows.length && ` of ${formatStep(table.value.rows.length)} `}
        {rows.value.length < table.value.rows.length && <Kept rows={rows.value} />}
      </p>
      <SessionTable columns={shown} rows={rows} />
    </div>
  );
}

/** What can be done with rows that were filtered. */
function Kept({ rows }: { rows: readonly Row[] }) {
  return (
    <>
      <button
        type="button"
        class="text-button"
        onClick={() => {
          intervals.value = new Map();
          only.value = new Map();
          expression.value = "";
        }}
      >
        Show all rows
      </button>
      {rows.length > 0 && (
        <button
          type="button"
          class="text-button"
          title="Switches all other runs off, on every page"
          onClick={() => chooseRuns(rows.flatMap(({ runs }) => runs))}
        >
          Only these runs
        </button>
      )}
    </>
  );
}

const STATISTICS: readonly { value: Statistic; title: string }[] = [
  { value: "last", title: "Last" },
  { value: "best", title: "Best" },
  { value: "min", title: "Min" },
  { value: "max", title: "Max" },
];

const VIEWS: readonly { value: HParamsView; title: string }[] = [
  { value: "parallel", title: "Parallel" },
  { value: "scatter", title: "Scatter" },
  { value: "none", title: "Table" },
];

const TOGETHER: readonly { value: Together; title: string }[] = [
  { value: "none", title: "every session" },
  { value: "mean", title: "mean of a trial" },
  { value: "median", title: "median of a trial" },
  { value: "min", title: "smallest of a trial" },
  { value: "max", title: "largest of a trial" },
];

function Tools({ columns }: { columns: readonly Column[] }) {
  return (
    <>
      <Segmented
        label="Above the table"
        choices={VIEWS}
        value={view.value}
        onChange={(value) => (view.value = value)}
      />
      <Segmented
        label="Value of a metric"
        choices={STATISTICS}
        value={statistic.value}
        onChange={(value) => (statistic.value = value)}
      />
      <label class="hp-choice">
        Rows
        <select
          value={together.value}
          onChange={(event) => {
            const chosen = TOGETHER.find(({ value }) => value === event.currentTarget.value);
            if (chosen) together.value = chosen.value;
          }}
        >
          {TOGETHER.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label class="hp-choice">
        Coloured by
        <select
          value={targetOf(columns)?.id ?? ""}
          onChange={(event) => (target.value = event.currentTarget.value)}
        >
          {columns.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** The column that is looked at: the chosen one, else the first metric. */
function targetOf(columns: readonly Column[]): Column | undefined {
  return (
    columns.find(({ id }) => id === target.value) ??
    columns.find(({ kind }) => kind === "metric") ??
    columns[0]
  );
}

function downloads(shown: readonly { column: Column; place: number }[], rows: readonly Row[]) {
  type Format = (columns: readonly Column[], rows: readonly Row[]) => string;
  const give = (format: Format, type: string, ending: string) => () => {
    const columns = shown.map(({ column }) => column);
    const cells = rows.map((row) => ({
      ...row,
      cells: shown.map(({ place }) => row.cells[place] ?? null),
      spread: shown.map(({ place }) => row.spread[place] ?? null),
      lost: shown.map(({ place }) => row.lost[place] ?? 0),
    }));
    save(new Blob([format(columns, cells)], { type }), `hyperparameters.${ending}`);
  };
  return [
    { label: "CSV", hint: "as shown", run: give(toCsv, "text/csv", "csv") },
    { label: "JSON", hint: "as shown", run: give(toJson, "application/json", "json") },
    { label: "LaTeX", hint: "as shown", run: give(toLatex, "text/plain", "tex") },
  ];
}
