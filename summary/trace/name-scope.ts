/** Names for parts of a step: scopes of the graph while it is traced, nothing otherwise. */
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { StepRecorder } from "./step-recorder.ts";

/** The steps that are traced, by TensorFlow.js's engine: as a rule one or none. */
const traced = new Map<object, StepRecorder>();

/** Whether none was traced there. */
export function enterTrace(engine: object, recorder: StepRecorder): boolean {
  if (traced.has(engine)) return false;
  traced.set(engine, recorder);
  return true;
}

export function leaveTrace(engine: object): void {
  traced.delete(engine);
}

/**
 * Calls a function; in a step that is traced, the kernels that it runs are named below `name`, which gets `_1`… where it
 * is taken. Otherwise it does nothing else. It is for what `tf.tidy(name, …)` is not: what it makes is not disposed of, and
 * the function may be asynchronous.
 *
 * @param name may have slashes, for scopes in scopes
 * @returns what the function gives
 * @throws ValueError when the name is none or empty
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const step = () => nameScope("loss", () => tf.mean(tf.square(tf.tensor1d([1, 2]))));
 * const { graph } = await trace(tf, step);
 * console.log(graph.node?.map(({ name }) => name).join(", ")); // loss/Const, loss/Square, loss/Mean
 */
export function nameScope<Result>(name: string, fn: () => Result): Result {
  if (typeof name !== "string" || name === "")
    throw new ValueError(`a name scope has a name, not ${describe(name)}`);
  const recorders = [...traced.values()];
  if (recorders.length === 0) return fn();
  const before = recorders.map(({ scope }) => scope);
  for (const recorder of recorders) recorder.scope = recorder.child("named", name);
  const inner = recorders.map(({ scope }) => scope);
  const leave = (): void => {
    // Where another was opened and is still open, that one goes on.
    for (const [i, recorder] of recorders.entries())
      if (recorder.scope === inner[i]) recorder.scope = before[i] ?? recorder.root;
  };
  let result: Result;
  try {
    result = fn();
  } catch (error) {
    leave();
    throw error;
  }
  if (!(result instanceof Promise)) {
    leave();
    return result;
  }
  return result.finally(leave) as Result;
}
