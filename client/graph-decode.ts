/** Parses answers about graphs, once, at the edge. */
import type {
  GraphAttribute,
  GraphAttributeText,
  GraphCall,
  GraphChild,
  GraphChoice,
  GraphDeviceMemory,
  GraphDiff,
  GraphDiffEntry,
  GraphEdge,
  GraphExecution,
  GraphHit,
  GraphListing,
  GraphMemory,
  GraphNode,
  GraphNodeType,
  GraphOutsideEdge,
  GraphPort,
  GraphRun,
  GraphScope,
  GraphSearch,
  GraphStats,
  GraphStep,
  GraphStepDiff,
  GraphTable,
  GraphTableColumns,
  GraphTimeline,
  GraphTotals,
  GraphTrace,
} from "../server/api/types.ts";
import { type Decoder, fail, flag, list, nullable, number, oneOf, record, text } from "./decoder.ts";

const nodeType = oneOf<GraphNodeType>("META", "SERIES", "OP");
const kind = oneOf<GraphChoice["kind"]>("op", "conceptual", "traced");
const maybeText = nullable(text);
const maybeNumber = nullable(number);

/** How many there are of each. */
const counts: Decoder<Readonly<Record<string, number>>> = (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fail("object", path);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, number(one, `${path}.${key}`)]));
};

/** A column, as numbers without gaps. */
const numbers: Decoder<Float64Array> = (value, path) => new Float64Array(list(number)(value, path));
const wholes: Decoder<Uint32Array> = (value, path) => new Uint32Array(list(number)(value, path));

const stats = record<GraphStats>({
  executions: number,
  span_micros: maybeNumber,
  whole_span_micros: number,
  sum_micros: maybeNumber,
  self_micros: maybeNumber,
  start_micros: maybeNumber,
  bytes: number,
  peak_bytes: maybeNumber,
  output_bytes: maybeNumber,
});

const call = record<GraphCall>({ attribute: maybeText, function: text });

const child = record<GraphChild>({
  name: text,
  label: text,
  type: nodeType,
  op: maybeText,
  cardinality: number,
  template: maybeNumber,
  structure: maybeNumber,
  devices: counts,
  tpu_compatible: number,
  xla_clusters: counts,
  function: maybeText,
  calls: list(call),
  constants: list(text),
  summaries: list(text),
  stats: nullable(stats),
  parameters: maybeNumber,
  flops: maybeNumber,
});

const edgeFields = {
  from: text,
  to: text,
  regular: number,
  control: number,
  reference: number,
  size: number,
  label: maybeText,
};
const edge = record<GraphEdge>(edgeFields);
const outsideEdge = record<GraphOutsideEdge>({ ...edgeFields, outside: oneOf("from", "to") });

const totals = record<GraphTotals>({
  ops: counts,
  devices: counts,
  tpu_compatible: number,
  xla_clusters: counts,
  parameters: maybeNumber,
  flops: maybeNumber,
});

const scope = record<GraphScope>({
  name: text,
  type: nodeType,
  cardinality: number,
  children: list(child),
  edges: list(edge),
  outside: list(outsideEdge),
  aside: record<GraphScope["aside"]>({ inputs: list(text), outputs: list(text) }),
  functions: list(text),
  stats: nullable(stats),
  totals,
});

const port = record<GraphPort>({
  node: maybeText,
  missing: flag,
  output: number,
  dtype: maybeText,
  shape: nullable(list(number)),
  reference: flag,
});

const node = record<GraphNode>({
  name: text,
  type: nodeType,
  op: maybeText,
  layer: maybeText,
  device: maybeText,
  attributes: list(record<GraphAttribute>({ name: text, value: text, bytes: number, cut: flag })),
  attributes_left_out: number,
  inputs: list(port),
  outputs: list(port),
  control_inputs: list(text),
  control_outputs: list(text),
  function: maybeText,
  calls: list(call),
  stats: nullable(stats),
  executions: list(
    record<GraphExecution>({
      device: text,
      thread: maybeNumber,
      start_micros: number,
      duration_micros: number,
      bytes: number,
    }),
  ),
  parameters: maybeNumber,
  flops: maybeNumber,
  totals: nullable(totals),
});

const tableColumns = record<GraphTableColumns>({
  name: list(text),
  op: list(maybeText),
  count: wholes,
  total_micros: numbers,
  self_micros: numbers,
  bytes: numbers,
  peak_bytes: list(maybeNumber),
  in_graph: list(flag),
});

const run = record<GraphRun>({
  run: text,
  graphs: list(record<GraphChoice>({ kind, tag: maybeText, bytes: maybeNumber })),
  steps: list(record<GraphStep>({ tag: text, step: number, wall_time: number })),
  unread_profiles: list(text),
});

const deviceMemory = record<GraphDeviceMemory>({
  device: text,
  allocator: text,
  micros: numbers,
  live_bytes: numbers,
  peak: nullable(record<NonNullable<GraphDeviceMemory["peak"]>>({ micros: number, bytes: number })),
  at_peak: list(
    record<GraphDeviceMemory["at_peak"][number]>({
      name: text,
      bytes: number,
      from_micros: number,
      to_micros: maybeNumber,
    }),
  ),
  source: oneOf("allocations", "outputs"),
});

/** Decoders of answers by their routes below `graph`. */
export const decodeGraph = {
  listing: record<GraphListing>({ runs: list(run) }),
  scope,
  node,
  attribute: record<GraphAttributeText>({ name: text, attribute: text, value: text }),
  search: record<GraphSearch>({
    total: number,
    hits: list(record<GraphHit>({ name: text, type: nodeType, op: maybeText, where: text })),
  }),
  trace: record<GraphTrace>({ name: text, nodes: number, whole: list(text), part: list(text) }),
  table: record<GraphTable>({ columns: tableColumns, total_micros: number, peak_bytes: maybeNumber }),
  timeline: record<GraphTimeline>({
    lanes: list(record<GraphTimeline["lanes"][number]>({ device: text, thread: text })),
    names: list(text),
    ops: list(text),
    name: wholes,
    lane: wholes,
    depth: wholes,
    start_micros: numbers,
    duration_micros: numbers,
    span_micros: number,
  }),
  memory: record<GraphMemory>({ devices: list(deviceMemory) }),
  diff: record<GraphDiff>({
    added: number,
    removed: number,
    changed: number,
    same: number,
    entries: list(
      record<GraphDiffEntry>({
        kind: oneOf("added", "removed", "changed", "moved"),
        before: maybeText,
        after: maybeText,
        op: maybeText,
        changes: list(text),
      }),
    ),
    left_out: number,
  }),
  step_diff: record<GraphStepDiff>({
    rows: list(
      record<GraphStepDiff["rows"][number]>({
        name: text,
        op: maybeText,
        before_micros: maybeNumber,
        after_micros: maybeNumber,
        before_bytes: maybeNumber,
        after_bytes: maybeNumber,
      }),
    ),
  }),
};
