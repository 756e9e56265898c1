/** Scopes of the default graph: what the nodes that are made inside are called, where they stand, what they wait for. */
import { getDefaultGraph } from "./graph.ts";
import { type AsTensor, Operation, type Tensor } from "./operation.ts";

/**
 * What can be waited for, or stood with.
 *
 * @example
 * const waitFor: v1.OperationInput[] = [v1.noOp(), v1.constant(1), new v1.Variable(2)];
 * v1.controlDependencies(waitFor, () => console.log(v1.noOp().controlInputs.length)); // 3
 */
export type OperationInput = Operation | Tensor | AsTensor;

/**
 * Calls `fn` with `name` as one more level of the names of operations made in it; used again, the name gets `_1`…
 *
 * @param name ending in a slash: that scope itself, which is entered again; empty or null: the root
 * @param fn gets the scope's full name with a slash at the end, which enters it again; must not be async
 * @throws GraphError when the name is illegal
 * @example
 * const bias = () => v1.nameScope("layer1", () => v1.constant(1, { name: "bias" }));
 * console.log(bias().name, bias().name); // layer1/bias:0 layer1_1/bias:0
 */
export function nameScope<Result>(name: string | null, fn: (scope: string) => Result): Result {
  return getDefaultGraph().nameScope(name, fn);
}

/**
 * Calls `fn` with a device for the operations made in it. Nested scopes complete each other, the inner first.
 *
 * @param device such as `/gpu:0` or `/job:worker/task:1`; null: whatever stands around counts no more
 * @throws GraphError when it is no device
 * @example
 * const sum = v1.device("/job:worker", () => v1.device("/gpu:0", () => v1.add(1, 2)));
 * console.log(sum.device); // /job:worker/device:GPU:0
 */
export function device<Result>(device: string | null, fn: () => Result): Result {
  return getDefaultGraph().device(device, fn);
}

/**
 * Calls `fn` with operations that those made in it wait for.
 *
 * @param waitFor null: none, not even those of scopes around it
 * @example
 * const first = v1.noOp({ name: "first" });
 * const second = v1.controlDependencies([first], () => v1.noOp({ name: "second" }));
 * console.log(second.controlInputs[0]?.name); // first
 */
export function controlDependencies<Result>(
  waitFor: readonly OperationInput[] | null,
  fn: () => Result,
): Result {
  return getDefaultGraph().controlDependencies(waitFor?.map(operationOf) ?? null, fn);
}

/**
 * Calls `fn` with an operation on whose device those made in it stand, whatever device scopes say.
 *
 * @example
 * const weights = v1.device("/gpu:0", () => new v1.Variable([1, 2]));
 * console.log(v1.colocateWith(weights, () => v1.constant(1)).device); // /device:GPU:0
 */
export function colocateWith<Result>(input: OperationInput, fn: () => Result): Result {
  return getDefaultGraph().colocateWith(operationOf(input), fn);
}

/** Of a variable, the operation that holds its value. */
function operationOf(input: OperationInput): Operation {
  return input instanceof Operation ? input : input.op;
}
