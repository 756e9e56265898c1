/** Lists of a card: what goes in and out, executions, kinds of operations; long ones are short at first. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { GraphNode, GraphPort, GraphTotals } from "../../../../graph/views.ts";
import { formatBytes, formatStep } from "../../../app/format.ts";
import type { GraphActions } from "../actions.ts";
import { byCount } from "../look-state.ts";
import { formatMicros } from "./units.ts";

/** Entries of a list that are shown at first. */
const SHORT_LIST = 12;

export function Ports({
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

export function Names({
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

export function Executions({ node }: { node: GraphNode }) {
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

export function OpCounts({ totals }: { totals: GraphTotals }) {
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

export function NodeLink({ name, actions }: { name: string; actions: GraphActions }) {
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
