/** A step's table: a row a node or a kind of operation, with time and memory. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { GraphTable } from "../../../../graph/views.ts";
import { formatBytes, formatStep } from "../../../app/format.ts";
import { Segmented } from "../../../board/controls.tsx";
import type { GraphActions } from "../actions.ts";
import { currentQuery, currentStep } from "../choices.ts";
import { markedNames } from "../look-state.ts";
import { source } from "../source/sources.ts";
import { selectedId } from "../state.ts";
import { AnswerView, useAnswer } from "./answer.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { NoStep, NothingRan } from "./step-words.tsx";
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
      none={<NoStep what="the table shows what each node and each kind of operation took" />}
    >
      {(table: GraphTable) =>
        table.columns.name.length === 0 ? (
          <NothingRan />
        ) : (
          <StepRows
            key={by.value}
            table={table}
            by={by.value}
            setBy={(value) => (by.value = value)}
            actions={actions}
          />
        )
      }
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
  const { name: names, in_graph } = table.columns;
  const selected = selectedId.value;
  const rows = useMemo(() => [...names.keys()], [names]);
  const choose = (row: number): void => {
    const name = names[row]!;
    if (by === "node") {
      actions.showCard();
      void actions.goTo(name);
      return;
    }
    const query = currentQuery.value;
    if (!query) return;
    void source.search(query, { text: name, where: "op", limit: MARKED }).then(({ hits }) => {
      markedNames.value = new Set(hits.filter((hit) => hit.op === name).map((hit) => hit.name));
    });
  };
  return (
    <DataTable
      label={by === "node" ? "Nodes of the step" : "Kinds of operations of the step"}
      rows={rows}
      columns={columns}
      sortBy="total"
      fileName={`${currentStep.value?.tag ?? "step"}-${by === "node" ? "nodes" : "operations"}`}
      nameOf={(row) => names[row]!}
      noteOf={(row) => (in_graph[row] || by === "op" ? "" : " (not in the graph)")}
      isSelected={by === "node" && selected !== null ? (row) => names[row] === selected : null}
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

/** Columns of rows that are numbers of the table's. */
function columnsOf({ columns, total_micros }: GraphTable, by: "node" | "op"): Column<number>[] {
  const { name, op, count, total_micros: total, self_micros, bytes, peak_bytes } = columns;
  const share = (row: number): number => (total_micros > 0 ? total[row]! / total_micros : 0);
  const numeric = (
    key: string,
    title: string,
    value: (row: number) => number | null,
    format: (value: number) => string,
  ): Column<number> => ({
    key,
    title,
    value,
    show: (row) => {
      const found = value(row);
      return found === null ? "–" : format(found);
    },
    numeric: true,
  });
  const opColumn: Column<number> = {
    key: "op",
    title: "Operation",
    value: (row) => op[row]!,
    numeric: false,
  };
  return [
    {
      key: "name",
      title: by === "node" ? "Node" : "Operation",
      value: (row) => name[row]!,
      numeric: false,
    },
    ...(by === "node" ? [opColumn] : []),
    numeric("count", "Count", (row) => count[row]!, formatStep),
    { ...numeric("total", "Total", (row) => total[row]!, formatMicros), leads: true },
    numeric("self", "Self", (row) => self_micros[row]!, formatMicros),
    numeric("share", "Share", share, formatShare),
    numeric("bytes", "Bytes", (row) => bytes[row]!, formatBytes),
    numeric("peak", "Peak", (row) => peak_bytes[row]!, formatBytes),
  ];
}
