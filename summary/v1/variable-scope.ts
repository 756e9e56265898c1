/** Opens variable scopes, in which `getVariable` makes variables or finds them again. */
import { GraphError } from "../errors.ts";
import { getDefaultGraph } from "./graph.ts";
import { type Reuse, type ScopeDefaults, VariableScope, variableScopesOf } from "./variable-scopes.ts";

/**
 * What a variable scope is.
 *
 * @example
 * const options: v1.VariableScopeOptions = { defaultName: "layer" };
 * const layer = () => v1.variableScope(null, options, (scope) => scope.name);
 * console.log(layer(), layer()); // layer layer_1
 */
export interface VariableScopeOptions extends ScopeDefaults {
  /**
   * true: variables are found, and must exist; AUTO_REUSE: found or made. false and default: as around it, which
   * is to make them, at the root.
   */
  readonly reuse?: Reuse | undefined;
  /** The name where `nameOrScope` is null; used again in the same scope, it gets `_1`… */
  readonly defaultName?: string | undefined;
}

type Inside<Result> = (scope: VariableScope) => Result;

/**
 * Calls `fn` with one more level of the names of variables that `getVariable` makes or finds in it, and with a
 * name scope of the same name for everything else.
 *
 * @param nameOrScope a name; null: the default name; a scope: that scope itself, wherever it is entered from
 * @throws GraphError when the name is illegal, or null without a default name
 * @example
 * const weights = v1.variableScope("layer1", () => v1.getVariable("weights", { shape: [784, 500] }));
 * const again = v1.variableScope("layer1", { reuse: true }, () => v1.getVariable("weights"));
 * console.log(weights.name, again === weights); // layer1/weights:0 true
 */
export function variableScope<Result>(
  nameOrScope: string | VariableScope | null,
  fn: (scope: VariableScope) => Result,
): Result;
export function variableScope<Result>(
  nameOrScope: string | VariableScope | null,
  options: VariableScopeOptions,
  fn: (scope: VariableScope) => Result,
): Result;
export function variableScope<Result>(
  nameOrScope: string | VariableScope | null,
  ...rest: [Inside<Result>] | [VariableScopeOptions, Inside<Result>]
): Result {
  const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest;
  if (nameOrScope === null) return enterDefault(options, fn);
  if (nameOrScope instanceof VariableScope) return enterAgain(nameOrScope, options, fn);
  if (nameOrScope === "") return enterNamed("", options, "", fn);
  return getDefaultGraph().nameScope(nameOrScope, (nameScope) =>
    enterNamed(nameOrScope, options, nameScope, fn),
  );
}

/**
 * The variable scope that is open.
 *
 * @example
 * v1.variableScope("layer1", () => {
 *   v1.getVariable("weights", { shape: [2] });
 *   v1.getVariableScope().reuseVariables();
 *   console.log(v1.getVariable("weights").name); // layer1/weights:0
 * });
 */
export function getVariableScope(): VariableScope {
  return variableScopesOf(getDefaultGraph()).current;
}

function enterDefault<Result>(options: VariableScopeOptions, fn: Inside<Result>): Result {
  const { defaultName, reuse } = options;
  if (defaultName === undefined) throw new GraphError("a variable scope without a name needs a defaultName");
  if (reuse) throw new GraphError("a variable scope that is reused needs a name, not a default one");
  return getDefaultGraph().nameScope(defaultName, (nameScope) =>
    enterNamed(variableScopesOf(getDefaultGraph()).uniqueName(defaultName), options, nameScope, fn),
  );
}

function enterNamed<Result>(
  name: string,
  { reuse, ...own }: VariableScopeOptions,
  nameScope: string,
  fn: Inside<Result>,
): Result {
  const scopes = variableScopesOf(getDefaultGraph());
  const outer = scopes.current;
  const scope = new VariableScope(scopes.below(name), reuse || outer.reuse, nameScope, {
    ...outer.defaults,
    ...given(own),
  });
  return scopes.inside(scope, () => fn(scope));
}

function enterAgain<Result>(
  known: VariableScope,
  { reuse, ...own }: VariableScopeOptions,
  fn: Inside<Result>,
): Result {
  const graph = getDefaultGraph();
  const scope = new VariableScope(known.name, reuse || known.reuse, known.originalNameScope, {
    ...known.defaults,
    ...given(own),
  });
  const enter = () => variableScopesOf(graph).again(scope, () => fn(scope));
  const last = known.name.slice(known.name.lastIndexOf("/") + 1);
  return last === "" ? enter() : graph.nameScope(last, enter);
}

function given({ initializer, regularizer, dtype }: ScopeDefaults): ScopeDefaults {
  return {
    ...(initializer && { initializer }),
    ...(regularizer && { regularizer }),
    ...(dtype && { dtype }),
  };
}
