/** Schemas of answers about graphs, by the names of their types. */
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
} from "../../../api/types.ts";
import {
  counts,
  flag,
  list,
  named,
  number,
  numbers,
  object,
  oneOf,
  optional,
  orNull,
  type SchemaOf,
  text,
  whole,
} from "./describe.ts";

const nodeType: SchemaOf<GraphNodeType> = oneOf(
  ["META", "SERIES", "OP"],
  "META: a name scope or a function; SERIES: operations folded together; OP: one operation.",
);
const kind: SchemaOf<GraphChoice["kind"]> = oneOf(
  ["op", "conceptual", "traced"],
  "op: the run's GraphDef; conceptual: a Keras model's layers; traced: what a traced function ran.",
);
const shape = orNull(list(whole(), "Dimensions, -1 where one is not known."));

const step = named(
  "GraphStep",
  object<GraphStep>("Run metadata.", {
    tag: text(),
    step: number(),
    wall_time: number("Seconds since the epoch."),
  }),
);
const choice = named(
  "GraphChoice",
  object<GraphChoice>("A graph.", { kind, tag: orNull(text()), bytes: orNull(whole("As logged.")) }),
);
const run = named(
  "GraphRun",
  object<GraphRun>("Graphs and steps of a run.", {
    run: text(),
    graphs: list(choice),
    steps: list(step),
    unread_profiles: list(
      text("Path in the run's folder of a profile in TensorFlow's own form, which is not read."),
    ),
  }),
);
export const graphListing = named(
  "GraphListing",
  object<GraphListing>("The graphs that there are.", { runs: list(run) }),
);

const stats = named(
  "GraphStats",
  object<GraphStats>("Time and memory of a node, or of all in a scope; microseconds and bytes.", {
    executions: whole(
      "Executions that were counted; also what ran in the place of a call, which is of the call.",
    ),
    span_micros: orNull(number("From the first start to the last end, as TensorBoard counts it.")),
    whole_span_micros: number("The same of all that `sum_micros` counts."),
    sum_micros: orNull(
      number("All durations added up, also of constants, summaries and of what ran in the place of calls."),
    ),
    self_micros: orNull(number("Of a scope: what its own operations took, without the scopes in it.")),
    start_micros: orNull(number("Since the step's first start.")),
    bytes: number(
      "Bytes asked for, as TensorBoard counts them: the largest of a node's executions, summed over nodes.",
    ),
    peak_bytes: orNull(number("Most that was live at once of what these nodes allocated.")),
    output_bytes: orNull(number("Bytes of outputs.")),
  }),
);

const call = named(
  "GraphCall",
  object<GraphCall>("A function that a node calls.", {
    attribute: orNull(text("That names it; null where the operation itself is the function.")),
    function: text("Scope of the function in the library."),
  }),
);

const child = named(
  "GraphChild",
  object<GraphChild>("A child in its scope's picture.", {
    name: text("Full name."),
    label: text("Last part of the name."),
    type: nodeType,
    op: orNull(text()),
    cardinality: whole("Operations in it, at any depth."),
    template: orNull(whole("Equal for identical structures, as TensorBoard finds them.")),
    structure: orNull(whole("Equal for identical structures, all of them.")),
    devices: counts("Operations by device."),
    tpu_compatible: whole("Operations that TPUs can run."),
    xla_clusters: counts("Operations by the cluster that XLA compiled them in."),
    function: orNull(text("Scope of the function that it calls.")),
    calls: list(call),
    constants: list(text(), "Constants that go into it."),
    summaries: list(text(), "Summaries of what it gives."),
    stats: orNull(stats),
    parameters: orNull(number()),
    flops: orNull(number()),
  }),
);

const edgeFields = {
  from: text(),
  to: text(),
  regular: whole("Edges in it that carry tensors."),
  control: whole("Edges in it that only order."),
  reference: whole("Edges in it to operations that change what they take."),
  size: number("Elements, as TensorBoard counts them: of all outputs of the source, for each edge."),
  label: orNull(text("The tensor's shape, or how many they are.")),
};
const edge = named("GraphEdge", object<GraphEdge>("Edges between two children, as one.", edgeFields));
const outsideEdge = named(
  "GraphOutsideEdge",
  object<GraphOutsideEdge>("Edges between a child and a box outside of the scope.", {
    ...edgeFields,
    outside: oneOf(["from", "to"], "Which end is outside."),
  }),
);

const totals = named(
  "GraphTotals",
  object<GraphTotals>("What a scope holds, added up.", {
    ops: counts("Operations by kind."),
    devices: counts("Operations by device."),
    tpu_compatible: whole(),
    xla_clusters: counts("Operations by the cluster that XLA compiled them in."),
    parameters: orNull(number()),
    flops: orNull(number()),
  }),
);

export const graphScope = named(
  "GraphScope",
  object<GraphScope>("A scope, opened.", {
    name: text(),
    type: nodeType,
    cardinality: whole(),
    children: list(child),
    edges: list(edge),
    outside: list(outsideEdge),
    aside: object<GraphScope["aside"]>(
      "What is put beside the main graph at first, by TensorBoard's rules.",
      {
        inputs: list(text()),
        outputs: list(text()),
      },
    ),
    functions: list(text(), "At the root: scopes of the library's functions."),
    stats: orNull(stats),
    totals,
  }),
);

const attribute = named(
  "GraphAttribute",
  object<GraphAttribute>("An attribute as text.", {
    name: text(),
    value: text(),
    bytes: whole("As encoded."),
    cut: flag("Whether the text is cut: `graph/attribute` has all of it."),
  }),
);
const port = named(
  "GraphPort",
  object<GraphPort>("A tensor that goes in or out.", {
    node: orNull(text("At the other end; null where nothing takes it.")),
    missing: flag("Whether the graph has no node of that name."),
    output: whole("Number of the output."),
    dtype: orNull(text()),
    shape,
    reference: flag(),
  }),
);
const execution = named(
  "GraphExecution",
  object<GraphExecution>("A time that the node ran.", {
    device: text(),
    thread: orNull(whole()),
    start_micros: number("Since the step's first start."),
    duration_micros: number(),
    bytes: number(),
  }),
);

export const graphNode = named(
  "GraphNode",
  object<GraphNode>("All facts of a node; of a scope or series the ones that it has.", {
    name: text(),
    type: nodeType,
    op: optional(orNull(text("Absent where the graph gives none."))),
    layer: orNull(text("Class of a Keras model's layer.")),
    device: orNull(text()),
    attributes: list(attribute),
    attributes_left_out: whole("How many more there are."),
    inputs: list(port),
    outputs: list(port, "One for each node that takes it."),
    control_inputs: list(text()),
    control_outputs: list(text()),
    function: orNull(text()),
    calls: list(call),
    stats: orNull(stats),
    executions: list(execution),
    parameters: orNull(number()),
    flops: orNull(number()),
    totals: orNull(totals),
  }),
);

export const graphAttributeText = named(
  "GraphAttributeText",
  object<GraphAttributeText>("An attribute of a node, all of it.", {
    name: text(),
    attribute: text(),
    value: text(),
  }),
);

const hit = named(
  "GraphHit",
  object<GraphHit>("What was found.", {
    name: text(),
    type: nodeType,
    op: orNull(text()),
    where: text("`name`, `op`, `device`, or the attribute's name."),
  }),
);
export const graphSearch = named(
  "GraphSearch",
  object<GraphSearch>("What was found.", { total: whole("Also of what is not listed."), hits: list(hit) }),
);

export const graphTrace = named(
  "GraphTrace",
  object<GraphTrace>("What is reached from a node, as boxes.", {
    name: text(),
    nodes: whole("Operations that are reached, without those of the box itself."),
    whole: list(text(), "Boxes of which all is reached; what is in them is not listed."),
    part: list(text(), "Boxes of which some is reached."),
  }),
);

const tableColumns = named(
  "GraphTableColumns",
  object<GraphTableColumns>("Of each row: a node, or a kind of operation.", {
    name: list(text(), "Of a node its name, which may be none of the graph's."),
    op: list(orNull(text())),
    count: numbers("Executions."),
    total_micros: numbers("Durations of its executions, added up."),
    self_micros: numbers("Without what ran inside of it on the same thread."),
    bytes: numbers("Asked for."),
    peak_bytes: list(orNull(number()), "Most that was live at once of what it allocated."),
    in_graph: list(flag()),
  }),
);
export const graphTable = named(
  "GraphTable",
  object<GraphTable>("A step's table, the rows with the longest total first.", {
    columns: tableColumns,
    total_micros: number("All `self_micros` added up."),
    peak_bytes: orNull(number("Most that was live at once in the step.")),
  }),
);

export const graphTimeline = named(
  "GraphTimeline",
  object<GraphTimeline>("A step's executions, as columns.", {
    lanes: list(
      object<GraphTimeline["lanes"][number]>("A thread of a device.", { device: text(), thread: text() }),
    ),
    names: list(text()),
    ops: list(text(), "Of each name."),
    name: numbers("Numbers of `names`."),
    lane: numbers("Numbers of `lanes`."),
    depth: numbers("Nesting within a lane, 0 outermost."),
    start_micros: numbers(),
    duration_micros: numbers(),
    span_micros: number(),
  }),
);

type AtPeak = GraphDeviceMemory["at_peak"][number];
const deviceMemory = named(
  "GraphDeviceMemory",
  object<GraphDeviceMemory>("Live memory of a device's allocator.", {
    device: text(),
    allocator: text(),
    micros: numbers("When it changed."),
    live_bytes: numbers("From then on."),
    peak: orNull(
      object<NonNullable<GraphDeviceMemory["peak"]>>("When most was live.", {
        micros: number(),
        bytes: number(),
      }),
    ),
    at_peak: list(
      object<AtPeak>("What a node had allocated then.", {
        name: text(),
        bytes: number(),
        from_micros: number(),
        to_micros: orNull(number("Null: not freed in the step.")),
      }),
      "Largest first, at most 1,000.",
    ),
    source: oneOf(
      ["allocations", "outputs"],
      "Whether the log says what was live, or it is worked out from outputs and who takes them last.",
    ),
  }),
);
export const graphMemory = named(
  "GraphMemory",
  object<GraphMemory>("Live memory over the step.", { devices: list(deviceMemory) }),
);

const diffEntry = named(
  "GraphDiffEntry",
  object<GraphDiffEntry>("A node that differs.", {
    kind: oneOf(["added", "removed", "changed", "moved"]),
    before: orNull(text("Its name in the first graph.")),
    after: orNull(text("Its name in the second.")),
    op: orNull(text()),
    changes: list(text(), "What changed, a line each."),
  }),
);
export const graphDiff = named(
  "GraphDiff",
  object<GraphDiff>("Difference of two graphs, matched by name and then by structure.", {
    added: whole(),
    removed: whole(),
    changed: whole("With those that moved."),
    same: whole(),
    entries: list(diffEntry, "At most 10,000."),
    left_out: whole("How many more there are."),
  }),
);

export const graphStepDiff = named(
  "GraphStepDiff",
  object<GraphStepDiff>("Difference of two steps, a row a node that ran in either.", {
    rows: list(
      object<GraphStepDiff["rows"][number]>("A node; null where it did not run.", {
        name: text(),
        op: orNull(text()),
        before_micros: orNull(number()),
        after_micros: orNull(number()),
        before_bytes: orNull(number()),
        after_bytes: orNull(number()),
      }),
    ),
  }),
);
