/**
 * What the graph room answers, as plain data: the native API sends these as JSON, the page draws them, and a graph that
 * was dropped onto the page is answered in the same shapes by a worker.
 *
 * Names of scopes and nodes are full, `/`-separated; the root's is empty. Micros are microseconds. Bytes are of tensors
 * as allocated. Everything that a log may not tell is null, never invented.
 */

/** META: a name scope, or a function of the library. SERIES: nodes folded together, `conv_[1-8]`. OP: one operation. */
export type GraphNodeType = "META" | "SERIES" | "OP";

/**
 * The graphs that there are.
 *
 * @example
 * const { runs }: GraphListing = await graphs.listing();
 * console.log(runs.map(({ run, steps }) => `${run}: ${steps.map(({ tag }) => tag)}`)); // net: step 1,step 2
 */
export interface GraphListing {
  readonly runs: readonly GraphRun[];
}

export interface GraphRun {
  readonly run: string;
  readonly graphs: readonly GraphChoice[];
  /** Run metadata, by tag: what can be joined with the run's op graph (or with the traced graph of the same tag). */
  readonly steps: readonly GraphStep[];
  /** Paths in the run's folder of profiles in TensorFlow's own form (`.xplane.pb`), which are not read. */
  readonly unread_profiles: readonly string[];
}

export interface GraphChoice {
  /** `op`: the run's GraphDef. `conceptual`: the layers of a Keras model. `traced`: what a traced function ran. */
  readonly kind: "op" | "conceptual" | "traced";
  /** Null: the graph of the run itself. */
  readonly tag: string | null;
  readonly bytes: number | null;
}

export interface GraphStep {
  readonly tag: string;
  readonly step: number;
  /** Seconds since the epoch. */
  readonly wall_time: number;
}

/**
 * Which graph, and which step's statistics are joined to it: the parameters that all routes below have.
 *
 * @example
 * const query: GraphQuery = { run: "net", step_tag: "step 1" };
 * console.log((await graphs.timeline(query)).span_micros); // 40
 */
export interface GraphQuery {
  readonly run: string;
  readonly tag?: string;
  readonly type?: "op" | "conceptual" | "traced";
  /** Tag of the run metadata. Without a `tag`, the graph is the one of that tag where there is one, else the run's. */
  readonly step_tag?: string;
  /** Which of the tag's run metadata; the newest when left out. */
  readonly step?: number;
}

/** The second graph of a difference, or the second step; what is left out is as in the first. */
export interface OtherGraphQuery {
  readonly other_run?: string;
  readonly other_tag?: string;
  readonly other_type?: "op" | "conceptual" | "traced";
  readonly other_step_tag?: string;
  readonly other_step?: number;
}

/** An attribute of a node, all of it. */
export interface GraphAttributeText {
  readonly name: string;
  readonly attribute: string;
  readonly value: string;
}

/**
 * Time and memory of a node, or of all in a scope.
 *
 * @example
 * const micros = (stats: GraphStats | null) => stats?.span_micros ?? 0;
 * console.log(micros((await graphs.scope({ run: "net", name: "layer", step_tag: "step 2" })).stats)); // 20
 */
export interface GraphStats {
  /** Executions that were counted; also what TensorFlow ran in the place of a call, which is of the call. */
  readonly executions: number;
  /** From the first start to the last end, as TensorBoard counts it: without constants, and without what ran in called functions. */
  readonly span_micros: number | null;
  /** The same of all that is counted in sums. */
  readonly whole_span_micros: number;
  /** All durations added up. */
  readonly sum_micros: number | null;
  /** Of a scope: what its own operations took, without the scopes in it. Of a node: `sum_micros`. */
  readonly self_micros: number | null;
  /** Start relative to the step's first. */
  readonly start_micros: number | null;
  /** Bytes asked for, summed over nodes; of the same executions as `span_micros`. */
  readonly bytes: number;
  /** Most that was live at once of what these nodes allocated; null where the log does not tell. */
  readonly peak_bytes: number | null;
  /** Bytes of outputs, from their shapes. */
  readonly output_bytes: number | null;
}

/**
 * One scope, opened.
 *
 * @example
 * const { children, totals }: GraphScope = await graphs.scope({ run: "net", name: "" });
 * console.log(children.map(({ label, type }) => `${label} ${type}`)); // x OP,layer META
 * console.log(totals.ops.MatMul); // 1
 */
export interface GraphScope {
  readonly name: string;
  readonly type: GraphNodeType;
  /** Operations in it, at any depth. */
  readonly cardinality: number;
  readonly children: readonly GraphChild[];
  /** Between children, merged. */
  readonly edges: readonly GraphEdge[];
  /** Between a child (`from` or `to`) and what is outside this scope, merged; the outside end is the sibling of this
   * scope, or of one around it, that the edge leads to or comes from. Empty at the root. */
  readonly outside: readonly GraphOutsideEdge[];
  /** What is put beside the main graph at first, by TensorBoard's rules. */
  readonly aside: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
  /** Functions of the library, at the root: names of scopes. */
  readonly functions: readonly string[];
  readonly stats: GraphStats | null;
  readonly totals: GraphTotals;
}

/** A function that a node calls. */
export interface GraphCall {
  /** Attribute that names it, `then_branch`; null where the operation itself is the function. */
  readonly attribute: string | null;
  /** Scope of the function in the library. */
  readonly function: string;
}

/** A child in its scope's picture. */
export interface GraphChild {
  readonly name: string;
  /** Last part of the name. */
  readonly label: string;
  readonly type: GraphNodeType;
  /** Of an operation; of a series what its members are; of a scope null. */
  readonly op: string | null;
  readonly cardinality: number;
  /** Equal for identical structures as TensorBoard finds them, null for one of its own. */
  readonly template: number | null;
  /** Equal for identical structures, also for those of scopes in scopes that TensorBoard passes over. */
  readonly structure: number | null;
  /** Operations by device. */
  readonly devices: Readonly<Record<string, number>>;
  /** Operations that TPUs can run, of all. */
  readonly tpu_compatible: number;
  /** Operations by the cluster that XLA compiled them in; those in none are not counted. */
  readonly xla_clusters: Readonly<Record<string, number>>;
  /**
   * Scope of the library's function that it calls; null for anything else. Asked for as a scope, the child itself shows
   * the function with names below its own; where it calls several, each is a scope in it.
   */
  readonly function: string | null;
  /** All that it calls. */
  readonly calls: readonly GraphCall[];
  /** Constants that only it uses, drawn as its small inputs; and summaries of what it gives. */
  readonly constants: readonly string[];
  readonly summaries: readonly string[];
  readonly stats: GraphStats | null;
  /** Null where shapes do not tell. */
  readonly parameters: number | null;
  readonly flops: number | null;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Edges merged into this one, by kind. */
  readonly regular: number;
  readonly control: number;
  readonly reference: number;
  /** Elements of the tensors, summed, as TensorBoard counts them: what its width is made of. */
  readonly size: number;
  /** `32×28×28`, `scalar`, `3 tensors`; null where no shape is known. */
  readonly label: string | null;
}

export interface GraphOutsideEdge extends GraphEdge {
  /** Which end is outside. */
  readonly outside: "from" | "to";
}

/** What a scope holds, added up. */
export interface GraphTotals {
  readonly ops: Readonly<Record<string, number>>;
  readonly devices: Readonly<Record<string, number>>;
  readonly tpu_compatible: number;
  readonly xla_clusters: Readonly<Record<string, number>>;
  readonly parameters: number | null;
  readonly flops: number | null;
}

/**
 * All facts of one operation; of a scope or series the ones that it has.
 *
 * @example
 * const node: GraphNode = await graphs.node({ run: "net", name: "layer/MatMul" });
 * console.log(node.op, node.inputs.map((input) => input.node)); // MatMul x,layer/w
 */
export interface GraphNode {
  readonly name: string;
  readonly type: GraphNodeType;
  /** Absent where the graph gives none: a layer of a Keras model has a class instead. */
  readonly op?: string | null;
  /** Class of a Keras model's layer, `Conv2D`. */
  readonly layer: string | null;
  readonly device: string | null;
  /** At most 1,000 of them; how many more there are says `attributes_left_out`. */
  readonly attributes: readonly GraphAttribute[];
  readonly attributes_left_out: number;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly control_inputs: readonly string[];
  readonly control_outputs: readonly string[];
  readonly function: string | null;
  readonly calls: readonly GraphCall[];
  readonly stats: GraphStats | null;
  readonly executions: readonly GraphExecution[];
  readonly parameters: number | null;
  readonly flops: number | null;
  readonly totals: GraphTotals | null;
}

export interface GraphAttribute {
  readonly name: string;
  /** As text. Cut where it is large: then `bytes` is more than the text has, and the attribute is there on demand. */
  readonly value: string;
  readonly bytes: number;
  readonly cut: boolean;
}

/** A tensor that goes in or out. */
export interface GraphPort {
  /** The node at the other end; of an output one entry a consumer, or one with null where nothing takes it. */
  readonly node: string | null;
  /** The graph has no node of that name. */
  readonly missing: boolean;
  readonly output: number;
  readonly dtype: string | null;
  /** Null where it is not known; -1 for a dimension that is not. */
  readonly shape: readonly number[] | null;
  readonly reference: boolean;
}

export interface GraphExecution {
  readonly device: string;
  readonly thread: number | null;
  readonly start_micros: number;
  readonly duration_micros: number;
  readonly bytes: number;
}

/**
 * A step's table: a row a node (or a kind of operation), as columns, the longest first.
 *
 * @example
 * const { columns, total_micros }: GraphTable = await graphs.table({ run: "net", step_tag: "step 1", by: "op" });
 * console.log(columns.name.map((op, row) => `${columns.count[row]} ${op}`), total_micros); // 1 MatMul 40
 */
export interface GraphTable {
  readonly columns: GraphTableColumns;
  /** All `self_micros` added up. */
  readonly total_micros: number;
  readonly peak_bytes: number | null;
}

/** Of each row. */
export interface GraphTableColumns {
  /** Of a node its name, which may be none of the graph's; of a kind the operation. */
  readonly name: readonly string[];
  readonly op: readonly (string | null)[];
  readonly count: ArrayLike<number>;
  readonly total_micros: ArrayLike<number>;
  readonly self_micros: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
  readonly peak_bytes: readonly (number | null)[];
  readonly in_graph: readonly boolean[];
}

/**
 * A step's executions, as columns; `name` is an index into `names`, `lane` into `lanes`.
 *
 * @example
 * const { lanes, names, start_micros }: GraphTimeline = await graphs.timeline({ run: "net", step_tag: "step 1" });
 * console.log(lanes[0]?.device, names, start_micros[0]); // /device:CPU:0 layer/MatMul 0
 */
export interface GraphTimeline {
  readonly lanes: readonly { readonly device: string; readonly thread: string }[];
  readonly names: readonly string[];
  readonly ops: readonly string[];
  readonly name: ArrayLike<number>;
  readonly lane: ArrayLike<number>;
  /** Nesting within a lane, 0 outermost. */
  readonly depth: ArrayLike<number>;
  readonly start_micros: ArrayLike<number>;
  readonly duration_micros: ArrayLike<number>;
  readonly span_micros: number;
}

/**
 * Live memory over the step, a device and allocator each.
 *
 * @example
 * const { devices }: GraphMemory = await graphs.memory({ run: "net", step_tag: "step 1" });
 * console.log(devices.length); // 0
 */
export interface GraphMemory {
  readonly devices: readonly GraphDeviceMemory[];
}

export interface GraphDeviceMemory {
  readonly device: string;
  readonly allocator: string;
  readonly micros: ArrayLike<number>;
  readonly live_bytes: ArrayLike<number>;
  readonly peak: { readonly micros: number; readonly bytes: number } | null;
  /** What is alive at the peak, largest first. */
  readonly at_peak: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly from_micros: number;
    readonly to_micros: number | null;
  }[];
  /** `allocations`: live bytes are what the log says. `outputs`: worked out from outputs and who uses them last. */
  readonly source: "allocations" | "outputs";
}

export interface GraphSearchQuery {
  readonly text: string;
  /** Whether the text is a regular expression; otherwise letters' case does not count. */
  readonly regex?: boolean;
  /** Where to look; in all of them when left out, but in attributes, which takes longest, only when asked. */
  readonly where?: "name" | "op" | "device" | "attribute";
  /** Most hits that are listed; 1,000 when left out. */
  readonly limit?: number;
}

/**
 * What was found in a graph.
 *
 * @example
 * const { total, hits }: GraphSearch = await graphs.search({ run: "net", text: "matmul" });
 * console.log(total, hits[0]?.name); // 1 layer/MatMul
 */
export interface GraphSearch {
  readonly total: number;
  readonly hits: readonly GraphHit[];
}

export interface GraphHit {
  readonly name: string;
  readonly type: GraphNodeType;
  readonly op: string | null;
  /** What matched: `name`, `op`, `device` or the attribute's name. */
  readonly where: string;
}

/** Against the edges, with them, or both. */
export type TraceDirection = "inputs" | "outputs" | "both";

/**
 * All that a node is made of, or all that is made of it, through the whole graph: what is in closed scopes, too, and
 * through called functions. What only orders counts.
 *
 * @example
 * const { nodes, whole }: GraphTrace = await graphs.trace({ run: "net", name: "layer/MatMul", direction: "inputs" });
 * console.log(nodes, whole); // 2 x,layer
 */
export interface GraphTrace {
  readonly name: string;
  /** Operations that are reached, without those of the box itself. */
  readonly nodes: number;
  /** Scopes, series and nodes of which all is reached; what is in such a scope is not listed. */
  readonly whole: readonly string[];
  /** Those of which some is reached. */
  readonly part: readonly string[];
}

/**
 * Difference of two graphs, matched by name and then by structure. What moved counts as changed.
 *
 * @example
 * const { same, changed }: GraphDiff = await graphs.diff({ run: "net", other_run: "net" });
 * console.log(same, changed); // 3 0
 */
export interface GraphDiff {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
  /** At most 10,000. */
  readonly entries: readonly GraphDiffEntry[];
  /** How many more there are. */
  readonly left_out: number;
}

export interface GraphDiffEntry {
  readonly kind: "added" | "removed" | "changed" | "moved";
  /** Name in the first graph; null if added. */
  readonly before: string | null;
  /** Name in the second; null if removed. */
  readonly after: string | null;
  readonly op: string | null;
  /** What changed, in words a line each: `attribute strides: [1, 1] -> [2, 2]`. */
  readonly changes: readonly string[];
}

/**
 * Difference of two steps' statistics, a row a node that either has.
 *
 * @example
 * const query = { run: "net", step_tag: "step 1", other_step_tag: "step 2" };
 * const { rows }: GraphStepDiff = await graphs.stepDiff(query);
 * console.log(rows.map((row) => `${row.name} ${row.before_micros} ${row.after_micros}`)); // layer/MatMul 40 20
 */
export interface GraphStepDiff {
  readonly rows: readonly {
    readonly name: string;
    readonly op: string | null;
    readonly before_micros: number | null;
    readonly after_micros: number | null;
    readonly before_bytes: number | null;
    readonly after_bytes: number | null;
  }[];
}
