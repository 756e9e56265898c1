/** What variables hold, and how it changes. */
import { ShapeError, ValueError } from "../../errors.ts";
import { areCompatible, describeShape } from "../../graph/shape.ts";
import { type Dense, numbersOf } from "../dense.ts";
import type { Kernel } from "../evaluation.ts";
import type { Operation } from "../operation.ts";

const held = new WeakMap<Operation, Dense>();

/** Makes `value` what the variable holds. Throws {@link ShapeError} when it does not fit. */
export function hold(variable: Operation, value: Dense): Dense {
  const { shape } = variable.output;
  if (!areCompatible(shape, value.shape))
    throw new ShapeError(
      `variable ${variable.name} has shape ${describeShape(shape)}, not ${describeShape(value.shape)}`,
    );
  held.set(variable, value);
  return value;
}

/** The new value from what the variable, the first input, holds and the second one. */
const update = (compute: (old: number, by: number) => number): Kernel => {
  return (op, at) => {
    const variable = op.inputs[0]!.node;
    const old = read(variable);
    const by = numbersOf(at.value(op.inputs[1]!));
    const data = numbersOf(old).map((value, i) => compute(value, by[i]!));
    return hold(variable, { ...old, data });
  };
};

export const stateKernels: Readonly<Record<string, Kernel>> = {
  VariableV2: (op) => read(op),
  IsVariableInitialized: (op) => ({
    dtype: "bool",
    shape: [],
    data: Uint8Array.of(Number(held.has(op.inputs[0]!.node))),
  }),
  Assign: (op, at) => hold(op.inputs[0]!.node, at.value(op.inputs[1]!)),
  AssignAdd: update((old, by) => old + by),
  AssignSub: update((old, by) => old - by),
};

function read(variable: Operation): Dense {
  const value = held.get(variable);
  if (value !== undefined) return value;
  throw new ValueError(
    `variable ${variable.name} holds nothing yet: run its initializer (\`v1.globalVariablesInitializer().run()\`), give it what your library has trained with \`load\`, or feed it`,
  );
}
