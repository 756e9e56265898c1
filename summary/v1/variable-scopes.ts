/** Variable scopes of a graph: which is open, how often each was, and the variables that they share. */
import type { DType } from "../graph/dtype.ts";
import type { TensorInput } from "./constant.ts";
import type { Graph } from "./graph.ts";
import type { Tensor } from "./operation.ts";
import type { Variable } from "./variable.ts";

/**
 * Variables are shared where they exist, and made where they do not.
 *
 * @example
 * const weights = () =>
 *   v1.variableScope("layer1", { reuse: v1.AUTO_REUSE }, () => v1.getVariable("weights", { shape: [2] }));
 * console.log(weights() === weights()); // true
 */
export const AUTO_REUSE: "auto" = "auto";

/**
 * Whether `getVariable` makes variables (false), finds them (true), or either.
 *
 * @example
 * const reuse: v1.Reuse = true;
 * v1.variableScope("layer1", { reuse }, (scope) => console.log(scope.reuse)); // true
 */
export type Reuse = boolean | typeof AUTO_REUSE;

/**
 * Makes a variable's first value.
 *
 * @example
 * const halves: v1.Initializer = (shape, dtype) => v1.constant(0.5, { shape, dtype });
 * console.log(v1.getVariable("biases", { shape: [10], initializer: halves }).initialValue.name); // biases/Initializer/Const:0
 */
export type Initializer = (shape: readonly number[], dtype: DType) => TensorInput;

/**
 * Makes a loss of a variable.
 *
 * @example
 * const regularizer: v1.Regularizer = v1.l2Regularizer(0.0001);
 * v1.getVariable("weights", { shape: [784, 500], regularizer });
 * console.log(v1.getCollection("regularization_losses").length); // 1
 */
export type Regularizer = (variable: Variable) => Tensor | undefined;

/**
 * What variables of a scope have unless they are given another.
 *
 * @example
 * const defaults: v1.ScopeDefaults = { initializer: v1.zerosInitializer() };
 * const biases = v1.variableScope("layer1", defaults, () => v1.getVariable("biases", { shape: [10] }));
 * console.log(biases.initialValue.name); // layer1/biases/Initializer/zeros:0
 */
export interface ScopeDefaults {
  readonly initializer?: Initializer | undefined;
  readonly regularizer?: Regularizer | undefined;
  /** Default float32. */
  readonly dtype?: DType | undefined;
}

/**
 * A variable scope, which can be entered again.
 *
 * @example
 * const layer1 = v1.variableScope("layer1", (scope) => scope);
 * const weights = v1.variableScope(layer1, () => v1.getVariable("weights", { shape: [2] }));
 * console.log(weights.name); // layer1/weights:0
 */
export class VariableScope {
  /** Of the variables in it, without a slash at the end; empty at the root. */
  readonly name: string;
  /** The name scope that was opened with it, with a slash at the end. */
  readonly originalNameScope: string;
  readonly defaults: ScopeDefaults;
  private sharing: Reuse;

  constructor(name: string, reuse: Reuse, originalNameScope: string, defaults: ScopeDefaults) {
    this.name = name;
    this.sharing = reuse;
    this.originalNameScope = originalNameScope;
    this.defaults = defaults;
  }

  get reuse(): Reuse {
    return this.sharing;
  }

  /** From here on, `getVariable` in this scope finds variables and makes none. */
  reuseVariables(): void {
    this.sharing = true;
  }
}

/** Of one graph: which is open, and what there is in all of them. */
class VariableScopes {
  current = new VariableScope("", false, "", {});
  /** By full name. */
  readonly variables = new Map<string, Variable>();
  private counts = new Map<string, number>();

  /** Calls `fn` in a scope below the current one: those below it are counted anew the next time. */
  inside<Result>(scope: VariableScope, fn: () => Result): Result {
    this.count(scope.name);
    return this.within(scope, fn, () => {
      for (const name of this.counts.keys()) if (name.startsWith(`${scope.name}/`)) this.counts.delete(name);
    });
  }

  /** Calls `fn` in a scope that was open before, wherever it is. */
  again<Result>(scope: VariableScope, fn: () => Result): Result {
    this.count(scope.name);
    const before = new Map(this.counts);
    return this.within(scope, fn, () => {
      this.counts = before;
    });
  }

  /** The name, with a number if the current scope has had one of this name. */
  uniqueName(prefix: string): string {
    const isFree = (name: string) => !this.counts.get(this.below(name));
    if (isFree(prefix)) return prefix;
    let number = 1;
    while (!isFree(`${prefix}_${number}`)) number++;
    return `${prefix}_${number}`;
  }

  /** The full name of what is called `name` in the current scope. */
  below(name: string): string {
    return this.current.name === "" ? name : `${this.current.name}/${name}`;
  }

  private count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  private within<Result>(scope: VariableScope, fn: () => Result, leave: () => void): Result {
    const outer = this.current;
    this.current = scope;
    try {
      return fn();
    } finally {
      leave();
      this.current = outer;
    }
  }
}

const ofGraphs = new WeakMap<Graph, VariableScopes>();

/** The graph's variable scopes. */
export function variableScopesOf(graph: Graph): VariableScopes {
  const known = ofGraphs.get(graph) ?? new VariableScopes();
  ofGraphs.set(graph, known);
  return known;
}
