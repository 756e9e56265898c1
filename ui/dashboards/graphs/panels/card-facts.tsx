/** Figures of a card: what a node or scope holds, its time and memory, its attributes. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { GraphAttribute, GraphNode, GraphStats, GraphTotals } from "../../../../graph/views.ts";
import { describeError } from "../../../app/api.ts";
import { formatBytes, formatStep } from "../../../app/format.ts";
import { currentGraph } from "../choices.ts";
import { pictureQuery } from "../compare/as-one.ts";
import { source } from "../source/sources.ts";
import { formatMicros } from "./units.ts";

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Of layers they are known for one example, of operations for the batch that they are given. */
export function FlopsFact({ flops }: { flops: number | null }) {
  if (flops === null) return null;
  const title = currentGraph.value?.kind === "conceptual" ? "FLOPs, one example" : "FLOPs";
  return <Fact name={title}>{formatStep(flops)}</Fact>;
}

export function TotalsFacts({ totals }: { totals: GraphTotals }) {
  const devices = Object.entries(totals.devices).filter(([device]) => device !== "");
  return (
    <>
      {totals.parameters !== null && <Fact name="Parameters">{formatStep(totals.parameters)}</Fact>}
      <FlopsFact flops={totals.flops} />
      {devices.length > 0 && (
        <Fact name="Devices">{devices.map(([device, n]) => `${device} (${formatStep(n)})`).join(", ")}</Fact>
      )}
    </>
  );
}

/** Durations may be rounded: less more than this is none. */
const MORE = 1.001;

export function StatsFacts({ stats, scope = false }: { stats: GraphStats | null; scope?: boolean }) {
  if (!stats) return null;
  const { sum_micros: sum, whole_span_micros: span, span_micros: stock } = stats;
  const parallel = sum !== null && sum > span * MORE;
  return (
    <>
      {stats.sum_micros !== null && (
        <Fact name={scope ? "Time, summed" : "Time"}>{formatMicros(stats.sum_micros)}</Fact>
      )}
      {stats.self_micros !== null && scope && <Fact name="Time, own">{formatMicros(stats.self_micros)}</Fact>}
      {span > 0 && <Fact name="First start to last end">{formatMicros(span)}</Fact>}
      {stock !== null && span > stock * MORE + 1 && (
        <Fact name="As TensorBoard counts it">
          {formatMicros(stock)}, without constants and called functions
        </Fact>
      )}
      {parallel && (
        <Fact name="At once">
          {(sum / span).toFixed(1)} on average: more is summed than passed, since several threads or devices
          ran at the same time
        </Fact>
      )}
      {stats.start_micros !== null && <Fact name="Starts after">{formatMicros(stats.start_micros)}</Fact>}
      <Fact name="Executions">{formatStep(stats.executions)}</Fact>
      <Fact name="Allocated">{formatBytes(stats.bytes)}</Fact>
      {stats.peak_bytes !== null && <Fact name="Live at most">{formatBytes(stats.peak_bytes)}</Fact>}
      {stats.output_bytes !== null && <Fact name="Outputs">{formatBytes(stats.output_bytes)}</Fact>}
    </>
  );
}

export function Attributes({ node: { name, attributes, attributes_left_out: more } }: { node: GraphNode }) {
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
    const query = pictureQuery.value;
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
