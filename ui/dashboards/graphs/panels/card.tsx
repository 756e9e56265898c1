/** All facts of what is chosen: a node, a scope, a series; and what can be done with it. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { GraphNode } from "../../../../graph/views.ts";
import { describeError } from "../../../app/api.ts";
import { count, formatStep } from "../../../app/format.ts";
import type { GraphActions } from "../actions.ts";
import { currentGraph, currentStep } from "../choices.ts";
import { drawnOther, pictureQuery } from "../compare/as-one.ts";
import type { Looks } from "../look-state.ts";
import { type Item, isOpenable } from "../picture/items.ts";
import { withoutStep } from "../source/graph-source.ts";
import { source } from "../source/sources.ts";
import { openedIds, selectedId, selectedIds, traceOf, ungrouped } from "../state.ts";
import { traced } from "../traced.ts";
import { besideActions } from "./beside.tsx";
import { Attributes, Fact, FlopsFact, StatsFacts, TotalsFacts } from "./card-facts.tsx";
import { Executions, Names, NodeLink, OpCounts, Ports } from "./card-lists.tsx";
import { TagLinks } from "./tag-links.tsx";

export function Card({ actions, looks }: { actions: GraphActions; looks: Looks }) {
  void looks;
  const id = selectedId.value;
  if (selectedIds.value.length > 1) return <Several actions={actions} />;
  if (id === null) return <WholeGraph actions={actions} />;
  const item = actions.itemOf(id);
  return <NodeCard key={id} id={id} item={item} actions={actions} />;
}

function WholeGraph({ actions }: { actions: GraphActions }) {
  const root = actions.model.root.value;
  return (
    <div class="card-body">
      <h2>The whole graph</h2>
      {root ? (
        <>
          <dl class="facts">
            <Fact name="Nodes">{formatStep(root.cardinality)}</Fact>
            <TotalsFacts totals={root.totals} />
            <StatsFacts stats={root.stats} scope />
          </dl>
          <p class="muted">
            Choose a node to see its facts. A double click opens a scope in place; what is faint or small at
            the side of a box stands for what is not drawn beside it.
          </p>
          {currentStep.value && currentGraph.value?.kind !== "conceptual" && (
            <p class="muted">
              Constants and summaries are drawn at the nodes that they belong to and, as in TensorBoard, not
              counted as nodes; the table of a step has a row for each that ran, and for what TensorFlow added
              while it ran.
            </p>
          )}
          <OpCounts totals={root.totals} />
        </>
      ) : (
        <p class="muted">Nothing is loaded yet.</p>
      )}
    </div>
  );
}

function Several({ actions }: { actions: GraphActions }) {
  const ids = selectedIds.value;
  return (
    <div class="card-body">
      <h2>{count(ids.length, "node")} chosen</h2>
      <div class="card-actions">
        <button type="button" class="text-button" onClick={() => actions.move(ids, true)}>
          Put aside
        </button>
        <button type="button" class="text-button" onClick={() => actions.move(ids, false)}>
          Put into the main graph
        </button>
        <button type="button" class="text-button" onClick={() => actions.select(null)}>
          Choose none
        </button>
      </div>
      <ul class="links">
        {ids.map((id) => (
          <li key={id}>
            <NodeLink name={actions.itemOf(id)?.name ?? id} actions={actions} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function NodeCard({ id, item, actions }: { id: string; item: Item | null; actions: GraphActions }) {
  const node = useSignal<GraphNode | null>(null);
  const error = useSignal<string | null>(null);
  const name = item?.name ?? id;
  useSignalEffect(() => {
    // What only the other graph has may be chosen there, beside this one.
    const isBeside = item === null && besideActions.value?.itemOf(id) != null;
    const query = isBeside ? (drawnOther.value?.query ?? null) : pictureQuery.value;
    if (!query || item?.kind === "section") return;
    const abort = new AbortController();
    error.value = null;
    const known = source.node(query, name, abort.signal).catch((reason: unknown) => {
      if (abort.signal.aborted || query.step_tag === undefined) throw reason;
      error.value = describeError(reason);
      return source.node(withoutStep(query), name, abort.signal);
    });
    known.then(
      (answer) => {
        node.value = answer;
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) error.value = describeError(reason);
      },
    );
    return () => abort.abort();
  });
  const facts = node.value;
  return (
    <div class="card-body">
      <h2 class="card-title" title={name}>
        {item?.kind === "section" ? item.label : name || "(root)"}
      </h2>
      <p class="muted">{kindWords(item, facts)}</p>
      {item && <CardActions id={id} item={item} actions={actions} />}
      <Traced />
      {error.value !== null && <p class="card-error">{error.value}</p>}
      {facts && (
        <>
          <dl class="facts">
            {facts.device !== null && facts.device !== "" && <Fact name="Device">{facts.device}</Fact>}
            {facts.totals === null && facts.parameters !== null && (
              <Fact name="Parameters">{formatStep(facts.parameters)}</Fact>
            )}
            {facts.totals === null && <FlopsFact flops={facts.flops} />}
            {facts.totals && <TotalsFacts totals={facts.totals} />}
            <StatsFacts stats={facts.stats} scope={facts.type !== "OP"} />
          </dl>
          <Attributes node={facts} />
          <Ports title="Inputs" ports={facts.inputs} actions={actions} />
          <Ports title="Outputs" ports={facts.outputs} actions={actions} />
          <Names title="Control inputs" names={facts.control_inputs} actions={actions} />
          <Names title="Control outputs" names={facts.control_outputs} actions={actions} />
          <Executions node={facts} />
          {facts.totals && <OpCounts totals={facts.totals} />}
          <TagLinks name={name} />
        </>
      )}
    </div>
  );
}

/** How much of the graph a trace reaches, drawn or not. */
function Traced() {
  const trace = traced.value;
  if (!trace) return null;
  const words = { inputs: "It is made of", outputs: "What is made of it:", both: "Connected with it:" };
  const direction = traceOf.value;
  return direction === "" ? null : (
    <p class="muted" role="status">
      {words[direction]} {count(trace.nodes, "other node")}.
    </p>
  );
}

function kindWords(item: Item | null, node: GraphNode | null): string {
  if (item?.kind === "section")
    return `Section of ${item.name || "the graph"}, ${count(item.cardinality, "node")}`;
  if (node?.layer) return `${node.layer} layer`;
  if (node?.op) {
    const calls = node.calls.map((call) => call.function.replace(/^__function_library__/, ""));
    return calls.length > 0 ? `${node.op}, calls ${calls.join(", ")}` : node.op;
  }
  if (item?.kind === "series") return `Series of ${count(item.cardinality, "node")}`;
  if (item?.kind === "function") return "Function of the library";
  return item ? `Scope with ${count(item.cardinality, "node")}` : "";
}

function CardActions({ id, item, actions }: { id: string; item: Item; actions: GraphActions }) {
  const open = openedIds.value.includes(id);
  const { scene } = actions.model.shown.value;
  const box = scene.boxes[scene.index.get(id) ?? -1];
  const aside = box?.aside === "input" || box?.aside === "output";
  const trace = (to: "inputs" | "outputs" | "both"): void => {
    traceOf.value = traceOf.value === to ? "" : to;
  };
  return (
    <div class="card-actions">
      {isOpenable(item) && (
        <button type="button" class="text-button" onClick={() => actions.toggle(id)}>
          {open ? "Close" : "Open"}
        </button>
      )}
      <button type="button" class="text-button" onClick={() => actions.view?.flyTo(id)}>
        Show
      </button>
      {item.kind !== "section" && item.kind !== "function" && (
        <button type="button" class="text-button" onClick={() => actions.move([id], !aside)}>
          {aside ? "Put into the main graph" : "Put aside"}
        </button>
      )}
      {item.kind === "series" && (
        <button type="button" class="text-button" onClick={() => actions.setUngrouped(item.name, true)}>
          Unfold the series
        </button>
      )}
      {ungrouped.value.length > 0 && item.kind === "op" && (
        <button type="button" class="text-button" onClick={() => foldSeries(actions, item)}>
          Fold series again
        </button>
      )}
      {item.kind !== "section" &&
        (["inputs", "outputs"] as const).map((to) => (
          <button
            key={to}
            type="button"
            class={`text-button${traceOf.value === to ? " is-on" : ""}`}
            aria-pressed={traceOf.value === to}
            onClick={() => trace(to)}
          >
            Trace {to}
          </button>
        ))}
    </div>
  );
}

/** Folds the series around an operation, or all where it is in none. */
function foldSeries(actions: GraphActions, item: Item): void {
  const scope = item.name.slice(0, item.name.lastIndexOf("/") + 1);
  const own = ungrouped.value.filter(
    (name) => name.startsWith(scope) && !name.slice(scope.length).includes("/"),
  );
  for (const name of own.length > 0 ? own : ungrouped.value) actions.setUngrouped(name, false);
}
