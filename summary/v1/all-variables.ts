/** The default graph's variables together: lists of them, and operations that give all their first values. */
import { getCollection } from "./collecting.ts";
import { GraphKeys } from "./graph-keys.ts";
import type { Operation } from "./operation.ts";
import type { Named } from "./ops/array.ts";
import { group } from "./ops/control.ts";
import type { Variable } from "./variable.ts";

/**
 * Every variable but those of this process only.
 *
 * @param scope only those whose names begin with it, a regular expression; default: all
 * @example
 * v1.variableScope("layer1", () => v1.getVariable("weights", { shape: [2] }));
 * new v1.Variable(0, { name: "step", trainable: false });
 * console.log(v1.globalVariables().map(({ name }) => name)); // layer1/weights:0,step:0
 */
export function globalVariables(scope?: string): Variable[] {
  return getCollection(GraphKeys.GLOBAL_VARIABLES, scope);
}

/**
 * The variables that optimisers change.
 *
 * @param scope only those whose names begin with it, a regular expression; default: all
 * @example
 * v1.variableScope("layer1", () => v1.getVariable("weights", { shape: [2] }));
 * new v1.Variable(0, { name: "step", trainable: false });
 * console.log(v1.trainableVariables("layer").map(({ name }) => name)); // layer1/weights:0
 */
export function trainableVariables(scope?: string): Variable[] {
  return getCollection(GraphKeys.TRAINABLE_VARIABLES, scope);
}

/**
 * The variables of this process only.
 *
 * @param scope only those whose names begin with it, a regular expression; default: all
 * @example
 * new v1.Variable(0, { name: "epoch", collections: [v1.GraphKeys.LOCAL_VARIABLES], trainable: false });
 * console.log(v1.localVariables().length, v1.globalVariables().length); // 1 0
 */
export function localVariables(scope?: string): Variable[] {
  return getCollection(GraphKeys.LOCAL_VARIABLES, scope);
}

/**
 * The variables of which moving averages are kept.
 *
 * @param scope only those whose names begin with it, a regular expression; default: all
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * new v1.train.ExponentialMovingAverage(0.99).apply([weights]);
 * console.log(v1.movingAverageVariables()[0] === weights); // true
 */
export function movingAverageVariables(scope?: string): Variable[] {
  return getCollection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope);
}

/**
 * Adds an operation that gives these variables their first values when it is run.
 *
 * @example
 * const step = new v1.Variable(3);
 * v1.variablesInitializer([step]).run();
 * console.log(step.eval()); // 3
 */
export function variablesInitializer(variables: readonly Variable[], options: Named = {}): Operation {
  const initializers = variables.map((variable) => variable.initializer);
  return group(initializers, { name: options.name ?? "init" });
}

/**
 * The same for all variables.
 *
 * @example
 * const biases = v1.getVariable("biases", { shape: [2], initializer: v1.constantInitializer(0.1) });
 * v1.globalVariablesInitializer().run();
 * console.log(biases.shape, biases.eval()); // 2 0.10000000149011612,0.10000000149011612
 */
export function globalVariablesInitializer(): Operation {
  return variablesInitializer(globalVariables());
}
