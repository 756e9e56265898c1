/** Variables by name: made once, and found again wherever the name is asked for in a scope that shares. */
import { VariableError } from "../errors.ts";
import type { DType } from "../graph/dtype.ts";
import { isFloating } from "../graph/dtype.ts";
import { areCompatible, describeShape } from "../graph/shape.ts";
import { addToCollection } from "./collecting.ts";
import type { TensorInput } from "./constant.ts";
import { getDefaultGraph } from "./graph.ts";
import { GraphKeys } from "./graph-keys.ts";
import { glorotUniformInitializer, zerosInitializer } from "./initializers.ts";
import { Variable, type VariableOptions } from "./variable.ts";
import { type Initializer, type Regularizer, variableScopesOf } from "./variable-scopes.ts";

/**
 * What a variable is, if it is new; and must be, if it is known.
 *
 * @example
 * const options: v1.GetVariableOptions = { shape: [500], initializer: v1.constantInitializer(0) };
 * console.log(v1.getVariable("biases", options).shape); // 500
 */
export interface GetVariableOptions extends Omit<VariableOptions, "name"> {
  /** Needed for a new variable, unless its initializer is a value; of a known one it must be the shape. */
  readonly shape?: readonly number[] | undefined;
  /**
   * Makes the first value, or is it. Default: the scope's; else Glorot's uniform numbers for floats, and zeros
   * for other types.
   */
  readonly initializer?: Initializer | TensorInput | undefined;
  /** Makes a loss, which goes to REGULARIZATION_LOSSES. Default: the scope's. */
  readonly regularizer?: Regularizer | undefined;
}

/**
 * The variable of this name in the variable scope that is open: a new one, or one that exists where the scope
 * shares variables. Name scopes do not show in its name.
 *
 * @throws VariableError when it exists and must not, must and does not, or has another shape or type
 * @example
 * const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
 * const weights = v1.variableScope("layer1", () => v1.getVariable("weights", { shape: [784, 500], initializer }));
 * const again = v1.variableScope("layer1", { reuse: true }, () => v1.getVariable("weights"));
 * console.log(weights.name, again === weights); // layer1/weights:0 true
 */
export function getVariable(name: string, options: GetVariableOptions = {}): Variable {
  const graph = getDefaultGraph();
  const { current, variables } = variableScopesOf(graph);
  const fullName = variableScopesOf(graph).below(name);
  const known = variables.get(fullName);
  if (known !== undefined) return shared(known, fullName, options);
  if (current.reuse === true)
    throw new VariableError(
      `variable ${fullName} does not exist, or was not made with getVariable: did you mean reuse: AUTO_REUSE in its scope?`,
    );
  return graph.nameScope(null, () => {
    const variable = make(fullName, options);
    variables.set(fullName, variable);
    regularize(variable, fullName, options.regularizer ?? current.defaults.regularizer);
    return variable;
  });
}

function shared(
  variable: Variable,
  name: string,
  { shape, dtype = defaultType() }: GetVariableOptions,
): Variable {
  if (variableScopesOf(getDefaultGraph()).current.reuse === false)
    throw new VariableError(
      `variable ${name} exists already: did you mean reuse: true or AUTO_REUSE in its scope?`,
    );
  if (shape !== undefined && !areCompatible(shape, variable.shape))
    throw new VariableError(
      `variable ${name} has shape ${describeShape(variable.shape)}, but ${describeShape(shape)} is asked for`,
    );
  if (dtype !== variable.dtype)
    throw new VariableError(`variable ${name} is ${variable.dtype}, but ${dtype} is asked for`);
  return variable;
}

function make(name: string, { shape, initializer, ...options }: GetVariableOptions): Variable {
  const dtype = options.dtype ?? defaultType();
  const first =
    initializer ??
    variableScopesOf(getDefaultGraph()).current.defaults.initializer ??
    defaultInitializer(dtype);
  const { trainable, collections } = options;
  if (!isInitializer(first)) {
    if (shape !== undefined)
      throw new VariableError(`variable ${name} has the shape of its first value: give either, not both`);
    return new Variable(first, { name, dtype: options.dtype, trainable, collections });
  }
  if (shape === undefined) throw new VariableError(`variable ${name} is new, so it needs a shape`);
  return new Variable(() => first(shape, dtype), { name, dtype, trainable, collections });
}

/** Once for each variable, in a name scope below its own, as TensorFlow 1 does. */
function regularize(variable: Variable, name: string, regularizer: Regularizer | undefined): void {
  if (regularizer === undefined) return;
  const graph = getDefaultGraph();
  const loss = graph.colocateWith(variable.op, () =>
    graph.nameScope(`${name}/Regularizer/`, () => regularizer(variable)),
  );
  if (loss !== undefined) addToCollection(GraphKeys.REGULARIZATION_LOSSES, loss);
}

function defaultType(): DType {
  return variableScopesOf(getDefaultGraph()).current.defaults.dtype ?? "float32";
}

function defaultInitializer(dtype: DType): Initializer {
  return isFloating(dtype) ? glorotUniformInitializer() : zerosInitializer();
}

function isInitializer(value: Initializer | TensorInput): value is Initializer {
  return typeof value === "function";
}
