/** Which kernels of an optimiser update which variable: those whose results end in no other variable's new value. */

import { weightNames } from "./layers.ts";
import { slotNames } from "./optimizers.ts";
import type {
  AssignRecord,
  KernelRecord,
  Recording,
  ScopeRecord,
  Source,
  TensorSource,
} from "./recording.ts";

/** A tensor of an optimiser's own. */
export interface Slot {
  readonly name: string;
  /** Where it is used first. */
  readonly optimizer: ScopeRecord;
}

export class Updates {
  /** By kernel, constant and assignment. */
  private readonly variables = new Map<Source | AssignRecord, TensorSource>();
  /** What optimisers call their own tensors, by ids. */
  private readonly slots = new Map<number, Slot>();
  private readonly weights: ReadonlyMap<string, string>;

  constructor({ kernels, assigns, layers }: Recording) {
    this.weights = weightNames(layers);
    const optimizers = new Set(kernels.flatMap(({ scope }) => optimizerOf(scope) ?? []));
    for (const optimizer of optimizers)
      for (const [id, name] of slotNames(optimizer.owner ?? {}))
        if (!this.slots.has(id)) this.slots.set(id, { name, optimizer });
    for (const optimizer of optimizers) {
      const own = assigns.flatMap(({ record }) => (optimizerOf(record.scope) === optimizer ? record : []));
      this.groupAssigns(own);
      const ran = kernels.filter(({ scope }) => optimizerOf(scope) === optimizer);
      this.groupKernels(ran, own, optimizer);
    }
  }

  /** The variable whose update something is part of; undefined for what serves several or none. */
  variableOf(record: Source | AssignRecord): TensorSource | undefined {
    return this.variables.get(record);
  }

  /** What its optimiser calls a tensor; undefined for those that are no optimiser's. */
  slotOf({ id }: TensorSource): Slot | undefined {
    const slot = id === undefined ? undefined : this.slots.get(id);
    // `c1/kernel_1/m` is of the variable `c1/kernel_1`.
    const [, variable, own] = slot?.name.match(/^(.+)\/([^/]+)$/) ?? [];
    if (slot === undefined || variable === undefined) return slot;
    return { ...slot, name: `${this.weightName(variable)}/${own}` };
  }

  /** What its layer calls a variable, else its own name. */
  weightName(name: string): string {
    return this.weights.get(name) ?? name;
  }

  /** An optimiser's own variables get their values before the variable for which it keeps them. */
  private groupAssigns(assigns: readonly AssignRecord[]): void {
    let pending: AssignRecord[] = [];
    for (const assign of assigns) {
      pending.push(assign);
      if (this.slotOf(assign.variable) !== undefined) continue;
      for (const one of pending) this.variables.set(one, assign.variable);
      pending = [];
    }
  }

  private groupKernels(
    kernels: readonly KernelRecord[],
    assigns: readonly AssignRecord[],
    optimizer: ScopeRecord,
  ): void {
    const groups = new Map<Source, Set<TensorSource | undefined>>();
    const add = (source: Source, of: Iterable<TensorSource | undefined>): void => {
      const known = groups.get(source) ?? new Set();
      groups.set(source, known);
      for (const one of of) known.add(one);
    };
    for (const assign of assigns) add(assign.value.source, [this.variables.get(assign)]);
    // What takes a kernel's result ran after it.
    for (const kernel of kernels.toReversed())
      for (const { source } of kernel.inputs) add(source, groups.get(kernel) ?? []);
    for (const [source, [only, ...others]] of groups)
      if (only !== undefined && others.length === 0 && optimizerOf(source.scope) === optimizer)
        this.variables.set(source, only);
  }
}

/** The optimiser in whose scope something is. */
export function optimizerOf(scope: ScopeRecord): ScopeRecord | undefined {
  for (let at: ScopeRecord | null = scope; at !== null; at = at.parent)
    if (at.kind === "optimizer") return at;
  return undefined;
}
