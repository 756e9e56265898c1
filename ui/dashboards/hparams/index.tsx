/** The hyperparameters' page: sessions in a table and across axes, and how much each hyperparameter has to do with a metric. */
import { useComputed } from "@preact/signals";
import { count, formatValue } from "../../app/format.ts";
import { Menu } from "../../app/menu.tsx";
import { enabledRuns, pointedRun } from "../../app/runs.ts";
import { CardMessage } from "../../board/card-message.tsx";
import { Segmented } from "../../board/controls.tsx";
import { save } from "../../board/save.ts";
import { Toolbar } from "../../board/toolbar.tsx";
import { axisOf } from "./axes.ts";
import { ColumnsButton } from "./filters.tsx";
import { toCsv, toJson, toLatex } from "./formats.ts";
import { ParallelView } from "./parallel-view.tsx";
import { SessionTable } from "./session-table.tsx";
import { hidden, intervals, sortKeys, statistic, target, together } from "./settings.ts";
import {
  type Column,
  type Row,
  rankCorrelation,
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

export default function HParams() {
  const { data, error } = useHParams();
  const table = useComputed(() => {
    if (!data.value) return { columns: [], rows: [] };
    const full = tableOf(data.value, statistic.value, together.value);
    return { ...full, rows: full.rows.filter(({ runs }) => runs.some((run) => enabledRuns.value.has(run))) };
  });
  const shown = useComputed(() =>
    table.value.columns.flatMap((column, place) =>
      hidden.value.includes(column.id) ? [] : [{ column, place }],
    ),
  );
  const passing = useComputed(() => within(table.value, intervals.value));
  const rows = useComputed(() =>
    sorted({ columns: table.value.columns, rows: passing.value }, sortKeys.value),
  );
  const spec = useComputed(() => {
    const axes = shown.value
      .slice(0, MOST_AXES)
      .map(({ column, place }) => axisOf(column, place, table.value.rows));
    const colorBy = axes.findIndex(({ column }) => column.id === targetOf(table.value.columns)?.id);
    return {
      axes,
      rows: table.value.rows,
      passing: new Set(passing.value),
      colorBy,
      intervals: intervals.value,
      pointed: pointedRun.value,
    };
  });
  if (data.value === null)
    return (
      <CardMessage kind={error.value === null ? "loading" : "error"}>{error.value ?? undefined}</CardMessage>
    );
  return (
    <div class="hp">
      <Toolbar label="View settings" unfiltered>
        <Tools columns={table.value.columns} />
        <ColumnsButton columns={table.value.columns} rows={table.value.rows} />
        {intervals.value.size > 0 && (
          <button type="button" class="text-button" onClick={() => (intervals.value = new Map())}>
            Show all rows
          </button>
        )}
        <Menu label="Download the table" icon="download" items={downloads(shown.value, rows.value)} />
      </Toolbar>
      {error.value !== null && <p class="hp-note">{error.value}; trying again</p>}
      <ParallelView
        spec={spec}
        label={`Parallel coordinates of ${count(table.value.rows.length, "session")}, ${passing.value.length} of them within all filters`}
      />
      <Importance columns={table.value.columns} rows={passing.value} />
      <p class="hp-note" role="status">
        {count(rows.value.length, together.value === "none" ? "session" : "trial")}
        {rows.value.length < table.value.rows.length && ` of ${table.value.rows.length}`}
      </p>
      <SessionTable columns={shown} rows={rows} together={together.value !== "none"} />
    </div>
  );
}

const STATISTICS: readonly { value: Statistic; title: string }[] = [
  { value: "last", title: "Last" },
  { value: "min", title: "Min" },
  { value: "max", title: "Max" },
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

/** Rank correlation of each numeric hyperparameter with the column that is looked at, the strongest first. */
function Importance({ columns, rows }: { columns: readonly Column[]; rows: readonly Row[] }) {
  const looked = targetOf(columns);
  const place = looked ? columns.indexOf(looked) : -1;
  const found = columns
    .flatMap((column, i) => {
      if (column.kind !== "hparam" || !column.numeric || i === place) return [];
      const correlation = rankCorrelation(rows, i, place);
      return correlation === null ? [] : [{ column, correlation }];
    })
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  if (!looked || found.length === 0) return null;
  return (
    <ul class="hp-importance" aria-label={`Rank correlation with ${looked.title}`}>
      <li class="hp-importance-title">Rank correlation with {looked.title}:</li>
      {found.map(({ column, correlation }) => (
        <li key={column.id}>
          {column.title} <strong>{formatValue(correlation, 2)}</strong>
        </li>
      ))}
    </ul>
  );
}

function downloads(shown: readonly { column: Column; place: number }[], rows: readonly Row[]) {
  const columns = shown.map(({ column }) => column);
  const cells = rows.map((row) => ({ ...row, cells: shown.map(({ place }) => row.cells[place] ?? null) }));
  const give = (text: string, type: string, ending: string) => () =>
    save(new Blob([text], { type }), `hyperparameters.${ending}`);
  return [
    { label: "CSV", hint: "as shown", run: give(toCsv(columns, cells), "text/csv", "csv") },
    { label: "JSON", hint: "as shown", run: give(toJson(columns, cells), "application/json", "json") },
    { label: "LaTeX", hint: "as shown", run: give(toLatex(columns, cells), "text/plain", "tex") },
  ];
}
