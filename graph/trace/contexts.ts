/** Where a trace is: in the graph itself, or in a function as it was called somewhere. */
import { callsOf, isDirectCall } from "../calls.ts";
import { CONTROL } from "../definition/connections.ts";
import { LIBRARY, type LibraryFunction } from "../definition/node-columns.ts";
import type { GraphModel } from "../model.ts";
import { type OpenedCall, shownName } from "../places.ts";
import { rowNamed } from "../step/inlined.ts";

/** Calls that are looked into; others are passed through as if each output were made of all inputs. */
const MOST_CALLS = 2_000;

/** Of an output: which one it is does not show. */
export const SOME = Number.MAX_SAFE_INTEGER;

/** Where an output of a function comes from. */
export interface Return {
  readonly row: number;
  readonly output: number;
}

const NONE: readonly Context[] = [];

/** The graph itself, or a function at one of its calls. */
export class Context {
  readonly parent: Context | null;
  readonly opened: OpenedCall | null;
  readonly definition: LibraryFunction | null;
  /** What is reached. */
  readonly rows = new Set<number>();
  /** Outputs of calls that are reached, as `row output`. */
  readonly outputs = new Set<string>();
  /** Functions of calls, by the row of the call. */
  readonly inside = new Map<number, readonly Context[]>();
  readonly #model: GraphModel;
  #returns: readonly (Return | undefined)[] | undefined;

  constructor(model: GraphModel, parent: Context | null, opened: OpenedCall | null) {
    this.#model = model;
    this.parent = parent;
    this.opened = opened;
    this.definition = opened
      ? (model.functions.get(opened.call.function.slice(LIBRARY.length)) ?? null)
      : null;
  }

  get shown(): string {
    return this.opened?.shown ?? "";
  }

  get returns(): readonly (Return | undefined)[] {
    this.#returns ??= this.#findReturns();
    return this.#returns;
  }

  #findReturns(): (Return | undefined)[] {
    const { definition } = this;
    if (!definition) return [];
    return definition.outputs.map((output) => {
      const [node = "", ...rest] = (definition.returns.get(output) ?? "").split(":");
      const row = rowNamed(this.#model, `${LIBRARY}${definition.name}/${node}`);
      return row === undefined ? undefined : { row, output: Number(rest.at(-1) ?? 0) };
    });
  }

  /** Number of the function's argument that a row is; -1 for anything else. */
  argumentOf(row: number): number {
    const number = this.definition ? row - this.definition.row - 1 : -1;
    return number >= 0 && number < this.definition!.inputs.length ? number : -1;
  }

  calls(name: string): boolean {
    return this.definition?.name === name || (this.parent?.calls(name) ?? false);
  }
}

/** How the inputs of a call go into its functions. */
export interface CallForm {
  /** Inputs before the first that is a function's: what chooses the branch. */
  readonly before: number;
  /** Whether what the function gives goes into it again. */
  readonly loops: boolean;
}

const PLAIN: CallForm = { before: 0, loops: false };
const CHOOSING: CallForm = { before: 1, loops: false };
const LOOPING: CallForm = { before: 0, loops: true };

const FORMS: ReadonlyMap<string, CallForm> = new Map([
  ["PartitionedCall", PLAIN],
  ["StatefulPartitionedCall", PLAIN],
  ["If", CHOOSING],
  ["StatelessIf", CHOOSING],
  ["Case", CHOOSING],
  ["StatelessCase", CHOOSING],
  ["While", LOOPING],
  ["StatelessWhile", LOOPING],
]);

/** Calls as a trace goes through them: each function at each of its calls is a context of its own. */
export class Contexts {
  readonly root: Context;
  readonly #model: GraphModel;
  #count = 0;

  constructor(model: GraphModel) {
    this.#model = model;
    this.root = new Context(model, null, null);
  }

  /** Undefined of a call whose inputs go nobody knows where. */
  formOf(row: number): CallForm | undefined {
    const known = FORMS.get(this.#model.columns.opOf(row));
    return known ?? (isDirectCall(this.#model, row) ? PLAIN : undefined);
  }

  /** The functions that a trace goes through; none of what calls nothing, or is passed through as a whole. */
  inside(context: Context, row: number): readonly Context[] {
    if (!this.formOf(row)) return NONE;
    const known = context.inside.get(row);
    if (known) return known;
    const made = this.#open(context, row);
    if (made.length > 0) context.inside.set(row, made);
    return made;
  }

  #open(context: Context, row: number): Context[] {
    if (this.#model.functions.size === 0) return [];
    const calls = callsOf(this.#model, row);
    const again = calls.some((call) => context.calls(call.function.slice(LIBRARY.length)));
    if (again || this.#count + calls.length > MOST_CALLS) return [];
    this.#count += calls.length;
    return calls.map((call) => {
      const shown = shownName(this.seen(context, row), call, calls.length);
      return new Context(this.#model, context, { row, call, shown });
    });
  }

  /** Inside of functions, outputs of direct calls go by their names, and have no numbers of their own. */
  outputOf(context: Context, row: number, output: number): number {
    return context.definition && isDirectCall(this.#model, row) ? SOME : output;
  }

  /** The context that a place is in. */
  at(through: readonly OpenedCall[]): Context {
    let context = this.root;
    for (const opened of through) {
      const inner = this.inside(context, opened.row).find(({ shown }) => shown === opened.shown);
      // A function that calls itself, or a call of another form, is looked into where one starts there.
      const own = inner ?? new Context(this.#model, context, opened);
      if (!inner) context.inside.set(opened.row, [...(context.inside.get(opened.row) ?? []), own]);
      context = own;
    }
    return context;
  }

  /** Name of a row as it is seen in its context. */
  seen(context: Context, row: number): string {
    const name = this.#model.tree.rowNames[row]!;
    return context.opened ? context.shown + name.slice(context.opened.call.function.length) : name;
  }

  /** Inputs of a row that carry tensors, in their order, as numbers of inputs. */
  dataInputs(row: number): number[] {
    const { columns, connections } = this.#model;
    const inputs: number[] = [];
    for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++)
      if ((connections.flags[i]! & CONTROL) === 0) inputs.push(i);
    return inputs;
  }
}
