/** What makes variables and changes them in place. */
import { attr } from "../../graph/attrs.ts";
import type { DType } from "../../graph/dtype.ts";
import type { TensorInput } from "../constant.ts";
import { apply } from "../op.ts";
import type { AsTensor, Operation, Tensor } from "../operation.ts";
import type { Named } from "./array.ts";

/** The operation that holds a variable's value. */
export function variableOp(shape: readonly number[], dtype: DType, { name }: Named): Operation {
  return apply("VariableV2", { name }, [], () => ({
    attrs: {
      dtype: attr.type(dtype),
      shape: attr.shape(shape),
      container: attr.text(""),
      shared_name: attr.text(""),
    },
    outputs: [{ dtype, shape }],
  }));
}

/** Gives a variable a new value. */
export function assignOp(ref: Operation, value: TensorInput, { name }: Named, useLocking = true): Operation {
  const { dtype } = ref.output;
  return apply("Assign", { name, refs: [ref] }, [["value", value, dtype]], () => ({
    attrs: { T: attr.type(dtype), validate_shape: attr.bool(true), use_locking: attr.bool(useLocking) },
    outputs: [ref.output],
  }));
}

/** Adds to a variable, or takes from it. */
export function updateOp(
  type: "AssignAdd" | "AssignSub",
  ref: Operation,
  value: TensorInput,
  { name }: Named,
): Operation {
  const { dtype } = ref.output;
  return apply(type, { name, refs: [ref] }, [["value", value, dtype]], () => ({
    attrs: { T: attr.type(dtype), use_locking: attr.bool(false) },
    outputs: [ref.output],
  }));
}

/** Whether a variable holds a value. */
export function isVariableInitialized(ref: Operation, { name }: Named = {}): Tensor {
  return apply("IsVariableInitialized", { name, refs: [ref] }, [], () => ({
    attrs: { dtype: attr.type(ref.output.dtype) },
    outputs: [{ dtype: "bool", shape: [] }],
  })).output;
}

/**
 * Adds an operation that gives a variable a new value, and gives that value.
 *
 * @example
 * const step = new v1.Variable(0);
 * console.log(v1.assign(step, 5).eval(), step.eval()); // 5 5
 */
export function assign(variable: AsTensor, value: TensorInput, options: Named = {}): Tensor {
  return assignOp(variable.op, value, options).output;
}

/**
 * Adds an operation that adds to a variable, and gives the sum.
 *
 * @example
 * const step = new v1.Variable(0);
 * step.load(3);
 * console.log(v1.assignAdd(step, 1).eval()); // 4
 */
export function assignAdd(variable: AsTensor, value: TensorInput, options: Named = {}): Tensor {
  return updateOp("AssignAdd", variable.op, value, options).output;
}

/**
 * Adds an operation that takes from a variable, and gives the difference.
 *
 * @example
 * const step = new v1.Variable(0);
 * step.load(3);
 * console.log(v1.assignSub(step, 1).eval()); // 2
 */
export function assignSub(variable: AsTensor, value: TensorInput, options: Named = {}): Tensor {
  return updateOp("AssignSub", variable.op, value, options).output;
}
