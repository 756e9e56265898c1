/** Tensors of a type each, that no dashboard shows. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { arrayOf, bytes, type Numeric, numbers } from "../data.ts";

export const tensors: InteropKind = {
  name: "tensor",
  ours: "`tensor`",
  theirs: "`tf.summary.write`",
  cases: [
    tensorCase("float32", numbers(6), [2, 3]),
    tensorCase("float64", numbers(4), [4]),
    tensorCase("int32", bytes(2), [1, 1, 2]),
    tensorCase("uint8", bytes(4), [4, 1]),
    tensorCase("bool", [1, 0, 1], [3]),
    lastScalar,
  ],
  // Stock has no route for tensors of no plugin; its readers are compared.
  routes: [],
};

function tensorCase(dtype: Numeric, data: readonly number[], shape: readonly number[]): Case {
  const values = { shape, dtype, dataSync: () => arrayOf(dtype, data) };
  const options = { step: 4 };
  return {
    kind: "tensor",
    tag: dtype,
    data,
    dtype,
    shape,
    options,
    log: (w) => w.tensor(dtype, values, options),
  };
}
