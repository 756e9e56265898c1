/** What only orders other operations, or takes one of two branches. */
import { onlyNumber } from "../dense.ts";
import type { Kernel } from "../evaluation.ts";

/** The data leaves by output 1 if the predicate holds, else by output 0; it is not looked at for the other. */
const takeBranch: Kernel = (op, at, index) => {
  const taken = onlyNumber(at.value(op.inputs[1]!)) === 0 ? 0 : 1;
  return index === taken ? at.tryValue(op.inputs[0]!) : undefined;
};

export const controlKernels: Readonly<Record<string, Kernel>> = {
  NoOp: () => undefined,
  Switch: takeBranch,
  RefSwitch: takeBranch,
  Merge(op, at, index) {
    const taken = op.inputs.findIndex((input) => at.tryValue(input) !== undefined);
    if (index === 1) return { dtype: "int32", shape: [], data: Int32Array.of(taken) };
    return op.inputs[taken] && at.tryValue(op.inputs[taken]);
  },
};
