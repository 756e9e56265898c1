/** Constants, functions of the program, and what leaves numbers as they are. */
import { ValueError } from "../../errors.ts";
import { isFloating } from "../../graph/dtype.ts";
import { type Dense, fromProto, numbersOf, onlyNumber, ownType, toDense, type Value } from "../dense.ts";
import type { Evaluation, Kernel } from "../evaluation.ts";
import type { Operation } from "../operation.ts";

/** The functions behind `PyFunc` operations. */
const functions = new WeakMap<Operation, () => Value>();

/** Makes `source` what the operation gives. */
export function setFunction(op: Operation, source: () => Value): void {
  functions.set(op, source);
}

const sameAsInput: Kernel = (op, at) => at.tryValue(op.inputs[0]!);

export const arrayKernels: Readonly<Record<string, Kernel>> = {
  Identity: sameAsInput,
  StopGradient: sameAsInput,
  Const: (op) => fromProto(op.attrs.value?.tensor ?? {}),
  Cast: (op, at) => ({ ...converted(op, at.value(op.inputs[0]!)), shape: at.value(op.inputs[0]!).shape }),
  Fill(op, at) {
    const shape = shapeFrom(op, at, 0);
    const { dtype } = op.outputs[0]!;
    const count = shape.reduce((a, b) => a * b, 1);
    const value = onlyNumber(at.value(op.inputs[1]!));
    return toDense({ shape, dtype, dataSync: () => new Float64Array(count).fill(value) }, { dtype });
  },
  Reshape(op, at) {
    const x = at.value(op.inputs[0]!);
    const sizes = Array.from(numbersOf(at.value(op.inputs[1]!)), (size) => (size === -1 ? null : size));
    const { shape } = toDense(new Uint8Array(x.data.length), { shape: sizes });
    return { ...x, shape };
  },
  PyFunc(op) {
    const source = functions.get(op);
    if (source === undefined) throw new ValueError(`${op.name} has no function here: feed ${op.name}:0`);
    const value = source();
    const [own, declared] = [ownType(value), op.outputs[0]!.dtype];
    if (own !== undefined && own !== declared && !(isFloating(own) && isFloating(declared)))
      throw new ValueError(`${op.name} gives ${own}, but was declared to give ${declared}`);
    return toDense(value, op.outputs[0]);
  },
};

function converted(op: Operation, { dtype: from, shape, data }: Dense): Dense {
  const { dtype } = op.outputs[0]!;
  return toDense({ shape, dtype: from, dataSync: () => numbersOf({ dtype: from, shape, data }) }, { dtype });
}

/** The shape that an input holds. */
export function shapeFrom(op: Operation, at: Evaluation, input: number): readonly number[] {
  return Array.from(numbersOf(at.value(op.inputs[input]!)));
}
