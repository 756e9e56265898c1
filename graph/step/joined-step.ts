/**
 * A step's executions joined with the nodes that ran. TensorBoard's rules hold for bytes and span: the largest bytes of a
 * node's executions, the time from its first start to its last end, only of devices such as `/device:CPU:0` (not of a
 * graphics card's streams), and not of the constants that are drawn at what they go into. Sums count everything.
 */
import { META, OP } from "../boxes/box-tree.ts";
import { parentOf, strictName } from "../boxes/names.ts";
import { DRAWN } from "../definition/embedding.ts";
import type { GraphModel } from "../model.ts";
import type { GraphExecution, GraphStats } from "../views.ts";
import { type Lifetimes, lifetimesOf, peakOf } from "./lifetimes.ts";
import { outputBytes, type StepColumns } from "./step-columns.ts";

/** `DEVICE_NAME_REGEX` in tf_graph_controls. */
const COUNTED_DEVICE = /device:([^:]+:[0-9]+)$/;

const NO_ROW = -1;

export class JoinedStep {
  readonly step: StepColumns;
  readonly model: GraphModel;
  /** Row of the node of each execution; -1 where the graph has none of its name. */
  readonly rowOf: Int32Array;
  /** Executions by row. */
  readonly #executions = new Map<number, number[]>();
  readonly #counted: boolean[];
  readonly #first: number;
  /** Constants and summaries that ran, and the scopes that their names are in. */
  readonly #attached: { readonly row: number; readonly scope: number }[] = [];
  #lifetimes: Lifetimes | undefined;
  #outputBytes: Float64Array | undefined;

  constructor(model: GraphModel, step: StepColumns) {
    this.model = model;
    this.step = step;
    this.#first = step.firstStart;
    this.#counted = step.devices.map((device) => COUNTED_DEVICE.test(device));
    const rows = step.names.texts.map((name) => rowNamed(model, name));
    this.rowOf = Int32Array.from(step.name, (name) => rows[name]!);
    for (const [execution, row] of this.rowOf.entries()) {
      if (row === NO_ROW || !this.#counted[step.device[execution]!]) continue;
      const known = this.#executions.get(row);
      if (known) known.push(execution);
      else this.#executions.set(row, [execution]);
    }
    for (const row of this.#executions.keys())
      if (model.embedding.kinds[row] !== DRAWN)
        this.#attached.push({ row, scope: scopeOfName(model, model.tree.rowNames[row]!) });
  }

  /** When each tensor, or other memory, came and went. */
  get lifetimes(): Lifetimes {
    this.#lifetimes ??= lifetimesOf(this);
    return this.#lifetimes;
  }

  /** Device on which a node ran; of one that did not run, where it was to run. */
  deviceOf(row: number): string {
    const last = this.#executions.get(row)?.at(-1);
    return last === undefined ? this.model.columns.deviceOf(row) : this.step.deviceOf(last);
  }

  executionsOf(row: number): GraphExecution[] {
    return (this.#executions.get(row) ?? []).map((execution) => ({
      device: this.step.deviceOf(execution),
      thread: this.step.thread[execution]!,
      start_micros: this.step.start[execution]! - this.#first,
      duration_micros: this.step.duration[execution]!,
      bytes: this.step.bytes[execution]!,
    }));
  }

  /** Time and memory of a node; null if it did not run. */
  statsOfRow(row: number): GraphStats | null {
    const sum = new Sum();
    this.#add(sum, row);
    this.#addTime(sum, row, true);
    return this.#stats(sum);
  }

  /** Time and memory of all that is in a box; null if nothing of it ran. */
  statsOfBox(box: number): GraphStats | null {
    const { tree } = this.model;
    if (tree.types[box] === OP) return this.statsOfRow(tree.rows[box]!);
    const end = tree.ends[box]!;
    const sum = new Sum();
    for (let inner = box; inner < end; inner++) {
      const row = tree.rows[inner]!;
      if (row === NO_ROW || !this.#executions.has(row)) continue;
      this.#add(sum, row);
      this.#addTime(sum, row, this.#isOwn(box, tree.parents[inner]!));
    }
    for (const { row, scope } of this.#attached)
      if (scope >= box && scope < end) this.#addTime(sum, row, this.#isOwn(box, scope));
    return this.#stats(sum);
  }

  /** Whether what is in `inner` is the box's own: in itself, or in a series of its own. */
  #isOwn(box: number, inner: number): boolean {
    const { types, parents } = this.model.tree;
    return inner === box || (types[inner] !== META && parents[inner] === box);
  }

  #add(sum: Sum, row: number): void {
    const { step } = this;
    let most = 0;
    for (const execution of this.#executions.get(row) ?? []) {
      most = Math.max(most, step.bytes[execution]!);
      const duration = step.wholeDuration[execution]!;
      if (duration <= 0) continue;
      sum.first = Math.min(sum.first, step.start[execution]!);
      sum.last = Math.max(sum.last, step.start[execution]! + duration);
    }
    sum.bytes += most;
  }

  #addTime(sum: Sum, row: number, own: boolean): void {
    for (const execution of this.#executions.get(row) ?? []) {
      sum.executions.push(execution);
      sum.total += this.step.duration[execution]!;
      if (own) sum.own += this.step.duration[execution]!;
    }
  }

  #stats({ executions, first, last, total, own, bytes }: Sum): GraphStats | null {
    if (executions.length === 0) return null;
    this.#outputBytes ??= outputBytes(this.step);
    const outputs = this.#outputBytes;
    const timed = last >= first;
    return {
      executions: executions.length,
      span_micros: timed ? last - first : null,
      sum_micros: total,
      self_micros: own,
      start_micros: timed ? first - this.#first : null,
      bytes,
      peak_bytes: peakOf(this.lifetimes, executions),
      output_bytes: executions.reduce((sum, execution) => sum + outputs[execution]!, 0),
    };
  }
}

/** What is added up over nodes. */
class Sum {
  readonly executions: number[] = [];
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  total = 0;
  own = 0;
  bytes = 0;
}

/** The node of that name; one that is a scope, too, has another among the boxes. */
function rowNamed({ tree, attached }: GraphModel, name: string): number {
  for (const own of [name, strictName(name)]) {
    const box = tree.byName.get(own);
    if (box !== undefined && tree.types[box] === OP) return tree.rows[box]!;
    const row = attached.get(own);
    if (row !== undefined) return row;
  }
  return NO_ROW;
}

/** The innermost scope that there is around a name. */
function scopeOfName({ tree }: GraphModel, name: string): number {
  for (let scope = parentOf(name); scope !== ""; scope = parentOf(scope)) {
    const box = tree.byName.get(scope);
    if (box !== undefined && tree.types[box] === META) return box;
  }
  return 0;
}
