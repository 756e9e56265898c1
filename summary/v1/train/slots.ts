/** Variables that go with another one, such as its moving average, named after it. */
import type { TensorInput } from "../constant.ts";
import { getVariable } from "../get-variable.ts";
import { getDefaultGraph } from "../graph.ts";
import { zerosInitializer } from "../initializers.ts";
import type { Variable } from "../variable.ts";
import { variableScope } from "../variable-scope.ts";

/** A variable `<primary>/<name>` that begins with a value and stands with the primary one. */
export function createSlot(primary: Variable, initializer: TensorInput, name: string): Variable {
  return makeSlot(primary, name, () => getVariable("", { initializer, trainable: false }));
}

/** The same, of the primary one's shape, beginning with zeros. */
export function createZerosSlot(primary: Variable, name: string): Variable {
  const { shape, dtype } = primary;
  const initializer = zerosInitializer();
  return makeSlot(primary, name, () => getVariable("", { shape, dtype, initializer, trainable: false }));
}

function makeSlot(primary: Variable, name: string, make: () => Variable): Variable {
  const defaultName = `${primary.op.name}/${name}`;
  return variableScope(null, { defaultName }, () => getDefaultGraph().colocateWith(primary.op, make));
}
