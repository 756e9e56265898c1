/** What ran in a graph, or in a function of it that is opened at one of its calls: time and memory of its nodes and boxes. */
import { META, OP } from "../boxes/box-tree.ts";
import { parentOf } from "../boxes/names.ts";
import { DRAWN } from "../definition/embedding.ts";
import type { GraphModel } from "../model.ts";
import type { GraphExecution, GraphStats } from "../views.ts";
import type { JoinedStep } from "./joined-step.ts";
import { RowLists } from "./row-lists.ts";

const NO_ROW = -1;

/** Devices by row, as numbers of names; the empty name is none. */
export interface RowDevices {
  readonly names: readonly string[];
  readonly of: Uint32Array;
}

/** What ran of each row: its own executions, and those of what ran in a call's place. */
export class Executed {
  readonly own: RowLists;
  readonly inlined: RowLists;

  /** @param from the first row of the graph, or of the function, and `to`: one more than the last */
  constructor(from: number, to: number) {
    this.own = new RowLists(from, to);
    this.inlined = new RowLists(from, to);
  }
}

export class StepView {
  readonly #joined: JoinedStep;
  readonly #executed: Executed;
  readonly #first: number;
  /** Constants and summaries that ran, and the scopes that their names are in. */
  readonly #attached: { readonly row: number; readonly scope: number }[] = [];
  #devices: RowDevices | undefined;

  constructor(joined: JoinedStep, executed: Executed) {
    this.#joined = joined;
    this.#executed = executed;
    this.#first = joined.step.firstStart;
    const { model } = joined;
    for (const row of executed.own.rows())
      if (model.embedding.kinds[row] !== DRAWN)
        this.#attached.push({ row, scope: scopeOfName(model, model.tree.rowNames[row]!) });
  }

  /** Devices on which nodes ran; of those that did not run, where they were to run. */
  get devices(): RowDevices {
    this.#devices ??= this.#findDevices();
    return this.#devices;
  }

  #findDevices(): RowDevices {
    const { model, step } = this.#joined;
    const planned = model.columns.deviceNames.texts;
    const of = model.columns.device.slice();
    for (const row of this.#executed.own.rows()) {
      const last = this.#executed.own.of(row).at(-1)!;
      of[row] = planned.length + step.device[last]!;
    }
    return { names: [...planned, ...step.devices], of };
  }

  deviceOf(row: number): string {
    return this.devices.names[this.devices.of[row]!]!;
  }

  executionsOf(row: number): GraphExecution[] {
    const { step } = this.#joined;
    return Array.from(this.#executed.own.of(row), (execution) => ({
      device: step.deviceOf(execution),
      thread: step.thread[execution]!,
      start_micros: step.start[execution]! - this.#first,
      duration_micros: step.duration[execution]!,
      bytes: step.bytes[execution]!,
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
    const { tree } = this.#joined.model;
    if (tree.types[box] === OP) return this.statsOfRow(tree.rows[box]!);
    const end = tree.ends[box]!;
    const sum = new Sum();
    for (let inner = box; inner < end; inner++) {
      const row = tree.rows[inner]!;
      if (row === NO_ROW) continue;
      this.#add(sum, row);
      this.#addTime(sum, row, this.#isOwn(box, tree.parents[inner]!));
    }
    for (const { row, scope } of this.#attached)
      if (scope >= box && scope < end) this.#addTime(sum, row, this.#isOwn(box, scope));
    return this.#stats(sum);
  }

  /** Whether what is in `inner` is the box's own: in itself, or in a series of its own. */
  #isOwn(box: number, inner: number): boolean {
    const { types, parents } = this.#joined.model.tree;
    return inner === box || (types[inner] !== META && parents[inner] === box);
  }

  #add(sum: Sum, row: number): void {
    const { step } = this.#joined;
    let most = 0;
    for (const execution of this.#executed.own.of(row)) {
      most = Math.max(most, step.bytes[execution]!);
      const duration = step.wholeDuration[execution]!;
      if (duration <= 0) continue;
      sum.first = Math.min(sum.first, step.start[execution]!);
      sum.last = Math.max(sum.last, step.start[execution]! + duration);
    }
    sum.bytes += most;
  }

  #addTime(sum: Sum, row: number, own: boolean): void {
    const { step } = this.#joined;
    const { own: exact, inlined } = this.#executed;
    for (const lists of [exact, inlined])
      for (const execution of lists.of(row)) {
        sum.executions.push(execution);
        if (step.start[execution]! > 0) {
          sum.wholeFirst = Math.min(sum.wholeFirst, step.start[execution]!);
          sum.wholeLast = Math.max(sum.wholeLast, step.end(execution));
        }
        sum.total += step.duration[execution]!;
        if (own) sum.own += step.duration[execution]!;
      }
  }

  #stats(sum: Sum): GraphStats | null {
    const { executions, first, last, wholeFirst, wholeLast, total, own, bytes } = sum;
    if (executions.length === 0) return null;
    const { outputBytes, lifetimes } = this.#joined;
    const timed = last >= first;
    const started = wholeLast >= wholeFirst;
    let outputSum = 0;
    for (const execution of executions) outputSum += outputBytes[execution]!;
    return {
      executions: executions.length,
      span_micros: timed ? last - first : null,
      whole_span_micros: started ? wholeLast - wholeFirst : 0,
      sum_micros: total,
      self_micros: own,
      start_micros: started ? wholeFirst - this.#first : null,
      bytes,
      peak_bytes: lifetimes.peakOf(executions),
      output_bytes: outputSum,
    };
  }
}

/** What is added up over nodes. */
class Sum {
  readonly executions: number[] = [];
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  wholeFirst = Number.POSITIVE_INFINITY;
  wholeLast = Number.NEGATIVE_INFINITY;
  total = 0;
  own = 0;
  bytes = 0;
}

/** The innermost scope that there is around a name. */
function scopeOfName({ tree }: GraphModel, name: string): number {
  for (let scope = parentOf(name); scope !== ""; scope = parentOf(scope)) {
    const box = tree.byName.get(scope);
    if (box !== undefined && tree.types[box] === META) return box;
  }
  return 0;
}
