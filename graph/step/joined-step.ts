/**
 * A step's executions joined with the nodes that ran. TensorBoard's rules hold for bytes and span: the largest bytes of a
 * node's executions, the time from its first start to its last end, only of devices such as `/device:CPU:0` (not of a
 * graphics card's streams), and not of the constants that are drawn at what they go into. Sums count everything.
 */
import { META, OP } from "../boxes/box-tree.ts";
import { parentOf, strictName } from "../boxes/names.ts";
import { type SortedEdges, sortEdges } from "../boxes/sorted-edges.ts";
import { DRAWN } from "../definition/embedding.ts";
import type { GraphModel } from "../model.ts";
import type { GraphExecution, GraphStats } from "../views.ts";
import { type Lifetimes, lifetimesOf } from "./lifetimes.ts";
import { outputBytes, type StepColumns } from "./step-columns.ts";

/** `DEVICE_NAME_REGEX` in tf_graph_controls. */
const COUNTED_DEVICE = /device:([^:]+:[0-9]+)$/;

const NO_ROW = -1;

/** Devices by row, as numbers of names; the empty name is none. */
export interface RowDevices {
  readonly names: readonly string[];
  readonly of: Uint32Array;
}

export class JoinedStep {
  readonly step: StepColumns;
  readonly model: GraphModel;
  /** Row of the node of each execution; -1 where the graph has none of its name. */
  readonly rowOf: Int32Array;
  /** Counted executions by row; all others are under the number of rows. */
  readonly #executions: SortedEdges;
  readonly #first: number;
  /** Constants and summaries that ran, and the scopes that their names are in. */
  readonly #attached: { readonly row: number; readonly scope: number }[] = [];
  #lifetimes: Lifetimes | undefined;
  #outputBytes: Float64Array | undefined;
  #devices: RowDevices | undefined;

  constructor(model: GraphModel, step: StepColumns) {
    this.model = model;
    this.step = step;
    this.#first = step.firstStart;
    const rows = step.names.texts.map((name) => rowNamed(model, name));
    const counted = step.devices.map((device) => COUNTED_DEVICE.test(device));
    const { length } = model.columns;
    const countedRow = new Int32Array(step.length).fill(length);
    this.rowOf = new Int32Array(step.length);
    for (let execution = 0; execution < step.length; execution++) {
      const row = rows[step.name[execution]!]!;
      this.rowOf[execution] = row;
      if (row !== NO_ROW && counted[step.device[execution]!]) countedRow[execution] = row;
    }
    this.#executions = sortEdges(countedRow, length + 1);
    const { kinds } = model.embedding;
    for (let row = 0; row < length; row++)
      if (kinds[row] !== DRAWN && this.#ran(row))
        this.#attached.push({ row, scope: scopeOfName(model, model.tree.rowNames[row]!) });
  }

  /** When each tensor, or other memory, came and went. */
  get lifetimes(): Lifetimes {
    this.#lifetimes ??= lifetimesOf(this);
    return this.#lifetimes;
  }

  /** Devices on which nodes ran; of those that did not run, where they were to run. */
  get devices(): RowDevices {
    this.#devices ??= this.#findDevices();
    return this.#devices;
  }

  #findDevices(): RowDevices {
    const { columns } = this.model;
    const planned = columns.deviceNames.texts;
    const of = columns.device.slice();
    for (let row = 0; row < columns.length; row++) {
      const last = this.#countedOf(row).at(-1);
      if (last !== undefined) of[row] = planned.length + this.step.device[last]!;
    }
    return { names: [...planned, ...this.step.devices], of };
  }

  deviceOf(row: number): string {
    return this.devices.names[this.devices.of[row]!]!;
  }

  #ran(row: number): boolean {
    return this.#executions.start[row + 1]! > this.#executions.start[row]!;
  }

  #countedOf(row: number): Uint32Array {
    const { start, edges } = this.#executions;
    return edges.subarray(start[row]!, start[row + 1]!);
  }

  executionsOf(row: number): GraphExecution[] {
    return Array.from(this.#countedOf(row), (execution) => ({
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
      if (row === NO_ROW || !this.#ran(row)) continue;
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
    const { start, edges } = this.#executions;
    let most = 0;
    for (let i = start[row]!; i < start[row + 1]!; i++) {
      const execution = edges[i]!;
      most = Math.max(most, step.bytes[execution]!);
      const duration = step.wholeDuration[execution]!;
      if (duration <= 0) continue;
      sum.first = Math.min(sum.first, step.start[execution]!);
      sum.last = Math.max(sum.last, step.start[execution]! + duration);
    }
    sum.bytes += most;
  }

  #addTime(sum: Sum, row: number, own: boolean): void {
    const { start, edges } = this.#executions;
    for (let i = start[row]!; i < start[row + 1]!; i++) {
      const execution = edges[i]!;
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
    let outputSum = 0;
    for (const execution of executions) outputSum += outputs[execution]!;
    return {
      executions: executions.length,
      span_micros: timed ? last - first : null,
      sum_micros: total,
      self_micros: own,
      start_micros: timed ? first - this.#first : null,
      bytes,
      peak_bytes: this.lifetimes.peakOf(executions),
      output_bytes: outputSum,
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
  const rowOf = (own: string): number | undefined => {
    const box = tree.byName.get(own);
    return box !== undefined && tree.types[box] === OP ? tree.rows[box] : attached.get(own);
  };
  return rowOf(name) ?? rowOf(strictName(name)) ?? NO_ROW;
}

/** The innermost scope that there is around a name. */
function scopeOfName({ tree }: GraphModel, name: string): number {
  for (let scope = parentOf(name); scope !== ""; scope = parentOf(scope)) {
    const box = tree.byName.get(scope);
    if (box !== undefined && tree.types[box] === META) return box;
  }
  return 0;
}
