/** All facts of what is chosen: a node, a scope, a series; and what can be done with it. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type {
  GraphAttribute,
  GraphNode,
  GraphPort,
  GraphStats,
  GraphTotals,
} from "../../../../graph/views.ts";
import { describeError } from "../../../app/api.ts";
import { count, formatBytes, formatStep } from "../../../app/format.ts";
import type { GraphActions } from "../actions.ts";
import { currentQuery } from "../choices.ts";
import type { Looks } from "../look-state.ts";
import { byCount } from "../look-state.ts";
import { type Item, isOpenable } from "../picture/items.ts";
import { source } from "../source/sources.ts";
import { openedIds, selectedId, selectedIds, traceOf, ungrouped } from "../state.ts";
import { TagLinks } from "./tag-links.tsx";
import { formatMicros } from "./units.ts";

/** Entries of a list that are shown at first. */
const SHORT_LIST = 12;

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
    const query = currentQuery.value;
    if (!query || item?.kind === "section") return;
    const abort = new AbortController();
    source.node(query, name, abort.signal).then(
      (answer) => {
        node.value = answer;
        error.value = null;
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
      <h2 class="card-title">{item?.kind === "section" ? item.label : name || "(root)"}</h2>
      <p class="muted">{kindWords(item, facts)}</p>
      {item && <CardActions id={id} item={item} actions={actions} />}
      {error.value !== null && <p class="card-error">{error.value}</p>}
      {facts && (
        <>
          <dl class="facts">
            {facts.device !== null && facts.device !== "" && <Fact name="Device">{facts.device}</Fact>}
            {facts.parameters !== null && <Fact name="Parameters">{formatStep(facts.parameters)}</Fact>}
            {facts.flops !== null && <Fact name="FLOPs">{formatStep(facts.flops)}</Fact>}
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
      {(["inputs", "outputs"] as const).map((to) => (
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

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function TotalsFacts({ totals }: { totals: GraphTotals }) {
  const devices = Object.entries(totals.devices).filter(([device]) => device !== "");
  return (
    <>
      {totals.parameters !== null && <Fact name="Parameters">{formatStep(totals.parameters)}</Fact>}
      {totals.flops !== null && <Fact name="FLOPs">{formatStep(totals.flops)}</Fact>}
      {devices.length > 0 && (
        <Fact name="Devices">{devices.map(([device, n]) => `${device} (${formatStep(n)})`).join(", ")}</Fact>
      )}
    </>
  );
}

function StatsFacts({ stats, scope = false }: { stats: GraphStats | null; scope?: boolean }) {
  if (!stats) return null;
  return (
    <>
      {stats.sum_micros !== null && (
        <Fact name={scope ? "Time, summed" : "Time"}>{formatMicros(stats.sum_micros)}</Fact>
      )}
      {stats.self_micros !== null && scope && <Fact name="Time, own">{formatMicros(stats.self_micros)}</Fact>}
      {stats.span_micros !== null && (
        <Fact name="First start to last end">{formatMicros(stats.span_micros)}</Fact>
      )}
      {stats.start_micros !== null && <Fact name="Starts after">{formatMicros(stats.start_micros)}</Fact>}
      <Fact name="Executions">{formatStep(stats.executions)}</Fact>
      <Fact name="Allocated">{formatBytes(stats.bytes)}</Fact>
      {stats.peak_bytes !== null && <Fact name="Live at most">{formatBytes(stats.peak_bytes)}</Fact>}
      {stats.output_bytes !== null && <Fact name="Outputs">{formatBytes(stats.output_bytes)}</Fact>}
    </>
  );
}

function Attributes({ node: { name, attributes, attributes_left_out: more } }: { node: GraphNode }) {
  if (attributes.length === 0) return null;
  return (
    <section class="card-section">
      <h3>Attributes</h3>
      <dl class="facts is-stacked">
        {attributes.map((attribute) => (
          <Fact key={attribute.name} name={attribute.name}>
            <AttributeText node={name} attribute={attribute} />
          </Fact>
        ))}
      </dl>
      {more > 0 && <p class="muted">and {formatStep(more)} more attributes</p>}
    </section>
  );
}

/** Large ones are cut, and loaded when asked for. */
function AttributeText({ node, attribute }: { node: string; attribute: GraphAttribute }) {
  const whole = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  const load = (): void => {
    const query = currentQuery.value;
    if (!query) return;
    source.attribute(query, node, attribute.name).then(
      (text) => {
        whole.value = text;
      },
      (reason: unknown) => {
        error.value = describeError(reason);
      },
    );
  };
  return (
    <>
      <code>{whole.value ?? attribute.value}</code>
      {attribute.cut && whole.value === null && (
        <button type="button" class="text-button" onClick={load}>
          Load all {formatBytes(attribute.bytes)}
        </button>
      )}
      {error.value !== null && <span class="card-error">{error.value}</span>}
    </>
  );
}

function Ports({
  title,
  ports,
  actions,
}: {
  title: string;
  ports: readonly GraphPort[];
  actions: GraphActions;
}) {
  return (
    <LongList title={title} entries={ports}>
      {(port, i) => (
        <li key={`${port.node} ${port.output} ${i}`}>
          {port.node === null ? (
            <span class="muted">nobody takes it</span>
          ) : (
            <NodeLink name={port.node} actions={actions} />
          )}
          <span class="muted">
            {[
              port.dtype,
              shapeWords(port.shape),
              port.reference ? "by reference" : null,
              port.missing ? "not in this graph" : null,
            ]
              .filter((text) => text !== null)
              .join(" ")}
          </span>
        </li>
      )}
    </LongList>
  );
}

function Names({
  title,
  names,
  actions,
}: {
  title: string;
  names: readonly string[];
  actions: GraphActions;
}) {
  return (
    <LongList title={title} entries={names}>
      {(name) => (
        <li key={name}>
          <NodeLink name={name} actions={actions} />
        </li>
      )}
    </LongList>
  );
}

function Executions({ node }: { node: GraphNode }) {
  if (node.executions.length === 0) return null;
  return (
    <LongList title="Executions" entries={node.executions}>
      {(execution, i) => (
        <li key={`${execution.start_micros} ${i}`}>
          <span>
            {formatMicros(execution.duration_micros)} from {formatMicros(execution.start_micros)}
          </span>
          <span class="muted">
            {execution.device}
            {execution.thread === null ? "" : `, thread ${execution.thread}`}
            {execution.bytes > 0 ? `, ${formatBytes(execution.bytes)}` : ""}
          </span>
        </li>
      )}
    </LongList>
  );
}

function OpCounts({ totals }: { totals: GraphTotals }) {
  const entries = byCount(totals.ops).map((op) => [op, totals.ops[op]!] as const);
  return (
    <LongList title="Kinds of operations" entries={entries}>
      {([op, n]) => (
        <li key={op} class="op-count">
          <span>{op || "(no operation)"}</span>
          <span class="count">{formatStep(n)}</span>
        </li>
      )}
    </LongList>
  );
}

interface LongListProps<T> {
  readonly title: string;
  readonly entries: readonly T[];
  children(entry: T, index: number): ComponentChildren;
}

/** A list of which only the beginning is shown until one asks for the rest. */
function LongList<T>({ title, entries, children }: LongListProps<T>) {
  const all = useSignal(false);
  if (entries.length === 0) return null;
  const shown = all.value ? entries.slice(0, 2_000) : entries.slice(0, SHORT_LIST);
  return (
    <section class="card-section">
      <h3>
        {title} <span class="count">{formatStep(entries.length)}</span>
      </h3>
      <ul class="links">{shown.map(children)}</ul>
      {shown.length < entries.length && !all.value && (
        <button type="button" class="text-button" onClick={() => (all.value = true)}>
          Show all {formatStep(entries.length)}
        </button>
      )}
    </section>
  );
}

function NodeLink({ name, actions }: { name: string; actions: GraphActions }) {
  return (
    <button type="button" class="node-link" title={name} onClick={() => void actions.goTo(name)}>
      {name}
    </button>
  );
}

function shapeWords(shape: readonly number[] | null): string | null {
  if (shape === null) return null;
  if (shape.length === 0) return "scalar";
  return shape.map((dim) => (dim < 0 ? "?" : dim)).join("×");
}
