/**
 * A step's executions joined with the nodes that ran. TensorBoard's rules hold for bytes and span: the largest bytes of a
 * node's executions, the time from its first start to its last end, only of devices such as `/device:CPU:0` (not of a
 * graphics card's streams), not of the constants that are drawn at what they go into, and not of functions that ran in the
 * place of their call. Sums count everything.
 */
import type { GraphModel } from "../model.ts";
import { type CallSpot, ExecutedNames, type Spot } from "./inlined.ts";
import { type Lifetimes, lifetimesOf } from "./lifetimes.ts";
import { outputBytes, type StepColumns } from "./step-columns.ts";
import { Executed, StepView } from "./step-view.ts";

/** `DEVICE_NAME_REGEX` in tf_graph_controls. */
const COUNTED_DEVICE = /device:([^:]+:[0-9]+)$/;

const NO_ROW = -1;

export class JoinedStep {
  readonly step: StepColumns;
  readonly model: GraphModel;
  /** Row of the node of each execution, or of the call that it ran for; -1 where the graph has none of its name. */
  readonly rowOf: Int32Array;
  /** Where what ran in called functions belongs, by the number of its name: most steps have none. */
  readonly #spots = new Map<number, Spot>();
  /** Numbers of calls whose functions ran, by what they are seen as; the graph itself is the first. */
  readonly #calls = new Map([["", 0]]);
  /** What is looked at is the graph itself, or the function of a call: what ran in each, by name. */
  readonly #views = new Map<string, StepView>();
  readonly #nothing: StepView;
  #lifetimes: Lifetimes | undefined;
  #outputBytes: Float64Array | undefined;

  constructor(model: GraphModel, step: StepColumns) {
    this.model = model;
    this.step = step;
    this.#nothing = new StepView(this, new Executed(0, 0));
    const rows = this.#findNames();
    const counted = step.devices.map((device) => COUNTED_DEVICE.test(device));
    this.rowOf = new Int32Array(step.length);
    const graph = new Executed(0, model.columns.length);
    const executed = new Map<string, Executed>([["", graph]]);
    for (let execution = 0; execution < step.length; execution++) {
      const name = step.name[execution]!;
      const row = rows[name]!;
      this.rowOf[execution] = row;
      if (row === NO_ROW || !counted[step.device[execution]!]) continue;
      const spot = this.#spots.get(name);
      if (spot) this.#addInlined(executed, spot, execution);
      else graph.own.add(row, execution);
    }
    for (const [within, own] of executed) this.#views.set(within, new StepView(this, own));
  }

  /** Rows by the number of the step's names. */
  #findNames(): Int32Array {
    const names = new ExecutedNames(this.model);
    const { texts } = this.step.names;
    const rows = new Int32Array(texts.length).fill(NO_ROW);
    for (let name = 0; name < texts.length; name++) {
      const own = names.row(texts[name]!);
      if (own !== undefined) {
        rows[name] = own;
        continue;
      }
      const spot = names.inCalls(texts[name]!);
      if (!spot) continue;
      rows[name] = spot.row;
      this.#spots.set(name, spot);
      for (const { within } of [spot, ...spot.calls])
        if (!this.#calls.has(within)) this.#calls.set(within, this.#calls.size);
    }
    return rows;
  }

  #addInlined(executed: Map<string, Executed>, spot: Spot, execution: number): void {
    const ran = ({ within, row }: CallSpot): Executed => {
      const known = executed.get(within) ?? new Executed(...rowsAround(this.model, row));
      executed.set(within, known);
      return known;
    };
    const own = ran(spot);
    (spot.exact ? own.own : own.inlined).add(spot.row, execution);
    for (const call of spot.calls) ran(call).inlined.add(call.row, execution);
  }

  /** What ran in the graph itself (an empty name), or in the function that a call is opened as. */
  within(name: string): StepView {
    return this.#views.get(name) ?? this.#nothing;
  }

  /** When each tensor, or other memory, came and went. */
  get lifetimes(): Lifetimes {
    this.#lifetimes ??= lifetimesOf(this);
    return this.#lifetimes;
  }

  /** Bytes of the outputs of each execution. */
  get outputBytes(): Float64Array {
    this.#outputBytes ??= outputBytes(this.step);
    return this.#outputBytes;
  }

  /** Whether the graph has the very node, and not only a call that it ran for. */
  isInGraph(execution: number): boolean {
    return this.#spotOf(execution)?.exact ?? this.rowOf[execution] !== NO_ROW;
  }

  #spotOf(execution: number): Spot | undefined {
    return this.#spots.get(this.step.name[execution]!);
  }

  /** Numbers for the node of an execution, at the call in which it ran, and for the calls around it. */
  eachPlace(execution: number, take: (place: number) => void): void {
    const spot = this.#spotOf(execution);
    if (spot) for (const one of [spot, ...spot.calls]) take(this.#place(one));
    else if (this.rowOf[execution] !== NO_ROW) take(this.rowOf[execution]!);
  }

  /** The same number for another row of the graph, or function, in which the execution ran. */
  placeBeside(execution: number, row: number): number {
    const spot = this.#spotOf(execution);
    return spot ? this.#place({ within: spot.within, row }) : row;
  }

  #place({ within, row }: CallSpot): number {
    return this.#calls.get(within)! * this.model.columns.length + row;
  }

  /** Names under which executions are shown, by the number of the name under which they ran. */
  get shownNames(): readonly string[] {
    const { texts } = this.step.names;
    return this.#spots.size === 0 ? texts : texts.map((text, name) => this.#spots.get(name)?.name ?? text);
  }
}

/** First row of the graph, or of the function that a row is in, and one more than the last. */
function rowsAround({ columns }: GraphModel, row: number): [from: number, to: number] {
  const around = columns.functions[columns.functionOf[row]!];
  return around ? [around.row, around.end] : [0, columns.length];
}
