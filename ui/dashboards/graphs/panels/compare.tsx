/** Compares the graph that is shown with another, or its step with another step: what is new, gone, changed, slower. */
import { batch } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { GraphDiff, GraphDiffEntry, GraphStepDiff } from "../../../../graph/views.ts";
import { formatBytes, formatStep } from "../../../app/format.ts";
import { Segmented } from "../../../board/controls.tsx";
import type { GraphActions } from "../actions.ts";
import { currentQuery } from "../choices.ts";
import { isAsOne } from "../compare/as-one.ts";
import { compareStates, diffStates, type StepDiffRow, stepDiffRows } from "../compare/compared.ts";
import { chooseOther, currentOther, type Other, others } from "../compare/others.ts";
import { comparedNames, comparedOthers } from "../look-state.ts";
import { source } from "../source/sources.ts";
import { type CompareAs, compareAs, selectedId } from "../state.ts";
import { AnswerView, useAnswer } from "./answer.tsx";
import { besideActions } from "./beside.tsx";
import { Choice } from "./choice.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { formatMicros } from "./units.ts";

const DRAWN: readonly { readonly value: CompareAs; readonly title: string; readonly about?: string }[] = [
  { value: "", title: "This graph" },
  { value: "beside", title: "Side by side" },
  { value: "one", title: "As one", about: "with what was removed, where it was" },
];

export function ComparePanel({ actions }: { actions: GraphActions }) {
  const other = currentOther.value;
  return (
    <div class="compare-panel">
      <div class="dock-head">
        <Choice
          label="Compare with"
          labelled
          value={other?.key ?? ""}
          options={[
            { value: "", title: "Choose another graph or step" },
            ...others.value.map(({ key, title }) => ({ value: key, title })),
          ]}
          onChange={(key) => chooseOther(others.value.find((candidate) => candidate.key === key) ?? null)}
        />
        {other !== null && other.step === "" && (
          <Segmented
            label="Where the other graph is drawn"
            choices={DRAWN}
            value={compareAs.value}
            onChange={(as) => (compareAs.value = as)}
          />
        )}
      </div>
      {other === null ? (
        <p class="dock-note muted">
          Another step shows which nodes got slower or faster; another graph shows what was added, removed and
          changed.
        </p>
      ) : other.step !== "" ? (
        <StepDiffs other={other} actions={actions} />
      ) : (
        <GraphDiffs other={other} actions={actions} />
      )}
    </div>
  );
}

/** Colours the graphs by what a comparison says of their names, as long as it is shown. */
function useComparedColours(
  states: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number> = new Map(),
): void {
  useEffect(() => {
    batch(() => {
      comparedNames.value = states;
      comparedOthers.value = others;
    });
    return () =>
      batch(() => {
        comparedNames.value = new Map();
        comparedOthers.value = new Map();
      });
  }, [states, others]);
}

function StepDiffs({ other, actions }: { other: Other; actions: GraphActions }) {
  const answer = useAnswer((signal) => {
    const query = currentQuery.value;
    return query ? source.stepDiff(other.query, query, signal) : null;
  });
  return (
    <AnswerView answer={answer.value} none="Choose a step above.">
      {(diff: GraphStepDiff) => <StepDiffTable key={other.key} diff={diff} actions={actions} />}
    </AnswerView>
  );
}

function StepDiffTable({ diff, actions }: { diff: GraphStepDiff; actions: GraphActions }) {
  const rows = useMemo(() => stepDiffRows(diff), [diff]);
  const states = useMemo(() => compareStates(diff), [diff]);
  useComparedColours(states);
  const micros = (value: number | null): string => (value === null ? "–" : formatMicros(value));
  const signed = (value: number, format: (size: number) => string): string =>
    `${value > 0 ? "+" : value < 0 ? "−" : ""}${format(Math.abs(value))}`;
  const columns: Column<StepDiffRow>[] = [
    { key: "name", title: "Node", value: (row) => row.name, numeric: false },
    { key: "op", title: "Operation", value: (row) => row.op, numeric: false },
    { key: "what", title: "What", value: (row) => row.what, numeric: false, width: [80, 0] },
    {
      key: "before",
      title: "Before",
      value: (row) => row.before,
      show: (row) => micros(row.before),
      numeric: true,
    },
    {
      key: "after",
      title: "Now",
      value: (row) => row.after,
      show: (row) => micros(row.after),
      numeric: true,
    },
    {
      key: "change",
      title: "Change",
      value: (row) => row.change,
      show: (row) => signed(row.change, formatMicros),
      numeric: true,
      leads: true,
    },
    {
      key: "bytes",
      title: "Bytes",
      value: (row) => row.bytesChange,
      show: (row) => signed(row.bytesChange, formatBytes),
      numeric: true,
    },
  ];
  return (
    <DataTable
      label="Difference of the steps"
      rows={rows}
      columns={columns}
      sortBy="change"
      fileName="step-difference"
      nameOf={(row) => row.name}
      isSelected={(row) => row.name === selectedId.value}
      onChoose={(row) => void actions.goTo(row.name)}
    >
      <span class="dock-status">{stepSummary(rows)}</span>
    </DataTable>
  );
}

function stepSummary(rows: readonly StepDiffRow[]): string {
  const count = (what: StepDiffRow["what"]): string =>
    formatStep(rows.filter((row) => row.what === what).length);
  return `${count("slower")} slower, ${count("faster")} faster, ${count("new")} new, ${count("gone")} gone`;
}

function GraphDiffs({ other, actions }: { other: Other; actions: GraphActions }) {
  const answer = useAnswer((signal) => {
    const query = currentQuery.value;
    if (!query) return null;
    const { step_tag: _tag, step: _step, ...graph } = query;
    return source.diff(other.query, graph, signal);
  });
  return (
    <AnswerView answer={answer.value} none="Choose a graph above.">
      {(diff: GraphDiff) => <GraphDiffTable key={other.key} diff={diff} actions={actions} />}
    </AnswerView>
  );
}

function GraphDiffTable({ diff, actions }: { diff: GraphDiff; actions: GraphActions }) {
  const [after, before, both] = useMemo(
    () => [diffStates(diff, "after"), diffStates(diff, "before"), diffStates(diff, "both")],
    [diff],
  );
  useComparedColours(isAsOne.value ? both : after, before);
  const columns: Column<GraphDiffEntry>[] = [
    { key: "name", title: "Node", value: (row) => nameOf(row), numeric: false, width: [150, 2] },
    { key: "op", title: "Operation", value: (row) => row.op, numeric: false, width: [120, 0] },
    { key: "kind", title: "What", value: (row) => row.kind, numeric: false, width: [90, 0], leads: true },
    {
      key: "changes",
      title: "Change",
      value: (row) => row.changes.join("; "),
      numeric: false,
      width: [220, 3],
    },
  ];
  return (
    <DataTable
      label="Difference of the graphs"
      rows={diff.entries}
      columns={columns}
      sortBy="kind"
      fileName="graph-difference"
      nameOf={nameOf}
      isSelected={(row) => (row.after ?? row.before) === selectedId.value}
      onChoose={(row) => goTo(row, actions)}
    >
      <span class="dock-status">
        {formatStep(diff.added)} added, {formatStep(diff.removed)} removed, {formatStep(diff.changed)}{" "}
        changed, {formatStep(diff.same)} the same
        {diff.left_out > 0 && `; ${formatStep(diff.left_out)} more are not listed`}
      </span>
    </DataTable>
  );
}

/** What was removed is where the other graph is drawn; where it is not, both are drawn as one. */
function goTo({ before, after }: GraphDiffEntry, actions: GraphActions): void {
  if (after !== null) void actions.goTo(after);
  else if (before !== null && besideActions.value) void besideActions.value.goTo(before);
  else if (before !== null && isAsOne.value) void actions.goTo(before);
  else if (before !== null) {
    actions.goToNext(before);
    compareAs.value = "one";
  }
}

function nameOf({ before, after, kind }: GraphDiffEntry): string {
  return kind === "moved" && before !== after ? `${before} → ${after}` : (after ?? before ?? "");
}
