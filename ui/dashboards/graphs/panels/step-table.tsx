/** A step's table: a row a node or a kind of operation, with time and memory. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { GraphTable, GraphTableRow } from "../../../../graph/views.ts";
import { formatBytes, formatStep } from "../../../app/format.ts";
import { Segmented } from "../../../board/controls.tsx";
import type { GraphActions } from "../actions.ts";
import { currentQuery, currentStep } from "../choices.ts";
import { markedNames } from "../look-state.ts";
import { source } from "../source/sources.ts";
import { selectedId } from "../state.ts";
import { AnswerView, useAnswer } from "./answer.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { formatMicros, formatShare } from "./units.ts";

const MARKED = 5_000;

export function StepTable({ actions }: { actions: GraphActions }) {
  const by = useSignal<"node" | "op">("node");
  const answer = useAnswer((signal) => {
    const query = currentQuery.value;
    return query?.step_tag === undefined ? null : source.table(query, by.value, signal);
  });
  return (
    <AnswerView
      answer={answer.value}
      none="Choose a step above: the table shows what each node and each kind of operation took."
    >
      {(table: GraphTable) => (
        <StepRows
          key={by.value}
          table={table}
          by={by.value}
          setBy={(value) => (by.value = value)}
          actions={actions}
        />
      )}
    </AnswerView>
  );
}

interface RowsProps {
  readonly table: GraphTable;
  readonly by: "node" | "op";
  setBy(by: "node" | "op"): void;
  readonly actions: GraphActions;
}

function StepRows({ table, by, setBy, actions }: RowsProps) {
  const columns = useMemo(() => columnsOf(table, by), [table, by]);
  const choose = (row: GraphTableRow): void => {
    if (by === "node") {
      actions.showCard();
      void actions.goTo(row.name);
      return;
    }
    const query = currentQuery.value;
    if (!query) return;
    void source.search(query, { text: row.name, where: "op", limit: MARKED }).then(({ hits }) => {
      markedNames.value = new Set(hits.filter((hit) => hit.op === row.name).map((hit) => hit.name));
    });
  };
  return (
    <DataTable
      label={by === "node" ? "Nodes of the step" : "Kinds of operations of the step"}
      rows={table.rows}
      columns={columns}
      sortBy="total"
      fileName={`${currentStep.value?.tag ?? "step"}-${by === "node" ? "nodes" : "operations"}`}
      nameOf={(row) => row.name}
      isSelected={(row) => by === "node" && row.name === selectedId.value}
      onChoose={choose}
    >
      <Segmented
        label="A row for each"
        choices={[
          { value: "node", title: "Nodes" },
          { value: "op", title: "Operations" },
        ]}
        value={by}
        onChange={setBy}
      />
    </DataTable>
  );
}

function columnsOf(table: GraphTable, by: "node" | "op"): Column<GraphTableRow>[] {
  const share = (row: GraphTableRow): number =>
    table.total_micros > 0 ? row.total_micros / table.total_micros : 0;
  const op: Column<GraphTableRow> = { key: "op", title: "Operation", value: (row) => row.op, numeric: false };
  return [
    {
      key: "name",
      title: by === "node" ? "Node" : "Operation",
      value: (row) => row.name,
      show: (row) => (row.in_graph || by === "op" ? row.name : `${row.name} (not in the graph)`),
      numeric: false,
    },
    ...(by === "node" ? [op] : []),
    {
      key: "count",
      title: "Count",
      value: (row) => row.count,
      show: (row) => formatStep(row.count),
      numeric: true,
    },
    {
      key: "total",
      title: "Total",
      value: (row) => row.total_micros,
      show: (row) => formatMicros(row.total_micros),
      numeric: true,
    },
    {
      key: "self",
      title: "Self",
      value: (row) => row.self_micros,
      show: (row) => formatMicros(row.self_micros),
      numeric: true,
    },
    { key: "share", title: "Share", value: share, show: (row) => formatShare(share(row)), numeric: true },
    {
      key: "bytes",
      title: "Bytes",
      value: (row) => row.bytes,
      show: (row) => formatBytes(row.bytes),
      numeric: true,
    },
    {
      key: "peak",
      title: "Peak",
      value: (row) => row.peak_bytes,
      show: (row) => (row.peak_bytes === null ? "–" : formatBytes(row.peak_bytes)),
      numeric: true,
    },
  ];
}
