/**
 * Follows edges from node to node through the whole graph, into called functions and out of them: an output of a call is
 * made of what the function gives there, and that of the arguments that it takes. What only orders is followed, too.
 */
import { CONTROL, MISSING } from "../definition/connections.ts";
import type { GraphModel } from "../model.ts";
import { type Context, type Contexts, SOME } from "./contexts.ts";

/** Every output. */
const ALL = -1;

interface Task {
  readonly context: Context;
  readonly row: number;
  readonly output: number;
}

abstract class Walk {
  readonly contexts: Contexts;
  protected readonly model: GraphModel;
  readonly #tasks: Task[] = [];

  constructor(model: GraphModel, contexts: Contexts) {
    this.model = model;
    this.contexts = contexts;
  }

  /** Reaches all that these rows of a context lead to, themselves among it. */
  run(context: Context, rows: Iterable<number>): void {
    for (const row of rows) this.visit(context, row, ALL);
    for (let task = this.#tasks.pop(); task; task = this.#tasks.pop()) this.go(task);
  }

  protected visit(context: Context, row: number, output: number): void {
    const known = output === ALL ? ALL : this.contexts.outputOf(context, row, output);
    this.#tasks.push({ context, row, output: known });
  }

  /** Everything in the functions of a call. */
  protected visitAll(inside: readonly Context[]): void {
    for (const context of inside) {
      const { definition } = context;
      if (!definition) continue;
      for (let row = definition.row + 1; row < definition.end; row++)
        if (!context.rows.has(row)) this.visit(context, row, ALL);
    }
  }

  /** Whether an output of a call was not reached before. */
  protected isNew({ context, row, output }: Task): boolean {
    const key = `${row} ${output}`;
    if (context.outputs.has(key) || context.outputs.has(`${row} ${ALL}`)) return false;
    context.outputs.add(key);
    return true;
  }

  protected abstract go(task: Task): void;
}

/** What a node is made of. */
export class InputWalk extends Walk {
  protected go(task: Task): void {
    const { context, row, output } = task;
    const isFirst = !context.rows.has(row);
    context.rows.add(row);
    const inside = this.contexts.inside(context, row);
    const precise = inside.length > 0;
    if (isFirst) this.#inputs(context, row, precise);
    if (!precise) {
      const argument = isFirst ? context.argumentOf(row) : -1;
      if (argument !== -1) this.#argument(context, argument);
      return;
    }
    if (!this.isNew(task)) return;
    if (output === ALL) {
      this.visitAll(inside);
      return;
    }
    const { loops } = this.contexts.formOf(row)!;
    for (const inner of inside) {
      if (isCondition(inner)) this.#returned(inner, SOME);
      else {
        this.#returned(inner, output);
        // A loop may have no turn at all.
        if (loops) this.#given(inner, output);
      }
    }
  }

  /** What a function gives at an output. */
  #returned(context: Context, output: number): void {
    for (const [number, found] of context.returns.entries())
      if (found && (output === SOME || number === output)) this.visit(context, found.row, found.output);
  }

  #given(context: Context, argument: number): void {
    const { definition } = context;
    if (definition && argument < definition.inputs.length)
      this.visit(context, definition.row + 1 + argument, ALL);
  }

  /** Of a call only what orders it and what chooses the branch: its arguments are asked for by its functions. */
  #inputs(context: Context, row: number, isCall: boolean): void {
    const { columns, connections } = this.model;
    const before = isCall ? this.contexts.formOf(row)!.before : Number.POSITIVE_INFINITY;
    let place = 0;
    for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
      const control = (connections.flags[i]! & CONTROL) !== 0;
      const taken = control || place < before;
      if (!control) place++;
      const from = connections.from[i]!;
      if (taken && from !== MISSING) this.visit(context, from, control ? ALL : connections.output[i]!);
    }
  }

  #argument({ parent, opened }: Context, argument: number): void {
    if (!parent || !opened) return;
    const { connections } = this.model;
    parent.rows.add(opened.row);
    const inputs = this.contexts.dataInputs(opened.row);
    const form = this.contexts.formOf(opened.row);
    const taken = form ? inputs.slice(argument + form.before, argument + form.before + 1) : inputs;
    this.#inputs(parent, opened.row, form !== undefined);
    for (const input of taken) {
      const from = connections.from[input]!;
      if (from !== MISSING) this.visit(parent, from, connections.output[input]!);
    }
    if (!form?.loops) return;
    for (const inner of this.contexts.inside(parent, opened.row))
      this.#returned(inner, isCondition(inner) ? SOME : argument);
  }
}

/** What is made of a node. */
export class OutputWalk extends Walk {
  protected go(task: Task): void {
    const { context, row, output } = task;
    const isFirst = !context.rows.has(row);
    context.rows.add(row);
    const inside = this.contexts.inside(context, row);
    if (inside.length === 0 ? !isFirst : !this.isNew(task)) return;
    if (output === ALL) this.visitAll(inside);
    const all = inside.length === 0 || output === ALL || output === SOME;
    const { uses, connections } = this.model;
    for (let k = uses.start[row]!; k < uses.start[row + 1]!; k++) {
      const input = uses.edges[k]!;
      const control = (connections.flags[input]! & CONTROL) !== 0;
      if (all || control || connections.output[input] === output)
        this.#use(context, this.model.rowOfInput(input), input, control);
    }
    for (const [number, found] of context.returns.entries())
      if (found?.row === row && (all || found.output === output)) this.#returned(context, number);
  }

  #use(context: Context, row: number, input: number, control: boolean): void {
    const inside = this.contexts.inside(context, row);
    const form = this.contexts.formOf(row);
    const argument = form ? this.contexts.dataInputs(row).indexOf(input) - form.before : -1;
    if (inside.length === 0 || control || argument < 0) {
      this.visit(context, row, ALL);
      return;
    }
    context.rows.add(row);
    for (const inner of inside) this.#enter(inner, argument);
    if (form?.loops) this.visit(context, row, argument);
  }

  #enter(context: Context, argument: number): void {
    const { definition } = context;
    if (definition && argument < definition.inputs.length)
      this.visit(context, definition.row + 1 + argument, ALL);
  }

  #returned(context: Context, number: number): void {
    const { parent, opened } = context;
    if (!parent || !opened) return;
    const form = this.contexts.formOf(opened.row);
    // What a condition gives says how often everything runs.
    if (!form || isCondition(context)) {
      this.visit(parent, opened.row, ALL);
      return;
    }
    this.visit(parent, opened.row, number);
    if (form.loops) for (const inner of this.contexts.inside(parent, opened.row)) this.#enter(inner, number);
  }
}

/** Whether it is what says if a loop goes on. */
function isCondition({ opened }: Context): boolean {
  return opened?.call.attribute === "cond";
}
