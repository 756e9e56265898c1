/**
 * First values that depend on other variables: those may not have theirs yet, so each is replaced by what it
 * will begin with, unless it has begun (what TensorFlow does in variables.py and control_flow_ops.py).
 */
import { attr } from "../graph/attrs.ts";
import { collectionsOf } from "./collections.ts";
import type { Graph } from "./graph.ts";
import { apply } from "./op.ts";
import type { Operation, Tensor } from "./operation.ts";
import { identity } from "./ops/array.ts";
import { isVariableInitialized } from "./ops/state.ts";
import type { Variable } from "./variable.ts";

/** What is needed of a variable. */
type Initialized = Pick<Variable, "op" | "initialValue">;

/** What the variable holds, or, while that is nothing, what it will begin with. */
export function initializedValue(graph: Graph, { op, initialValue }: Initialized): Tensor {
  const isInitialized = isVariableInitialized(op);
  const only = <Result>(node: Operation, fn: () => Result): Result =>
    graph.colocateWith(null, () => graph.colocateWith(node, fn));
  return graph.nameScope("cond", () => {
    const control = branch("Switch", isInitialized, isInitialized);
    identity(control.outputs[1]!, { name: "switch_t" });
    identity(control.outputs[0]!, { name: "switch_f" });
    const predicate = identity(isInitialized, { name: "pred_id" });
    const held = graph.nameScope("read", (scope) => {
      const taken = only(op, () => branch("RefSwitch", op.output, predicate, "Switch"));
      return identity(taken.outputs[1]!, { name: scope });
    });
    const first = only(initialValue.op, () => branch("Switch", initialValue, predicate));
    return merge([first.outputs[0]!, held], "Merge");
  });
}

/** A branch: the data leaves by the second output if the predicate holds, else by the first. */
function branch(
  type: "Switch" | "RefSwitch",
  data: Tensor,
  predicate: Tensor,
  name: string = type,
): Operation {
  return apply(
    type,
    { name },
    [
      ["data", data],
      ["pred", predicate, "bool"],
    ],
    ({ dtype, shape }) => ({
      attrs: { T: attr.type(dtype) },
      outputs: [
        { dtype, shape },
        { dtype, shape },
      ],
    }),
  );
}

function merge(inputs: readonly Tensor[], name: string): Tensor {
  const all = inputs.map((input, i) => [`inputs_${i}`, input] as const);
  return apply("Merge", { name }, all, ({ dtype, shape }) => ({
    attrs: { T: attr.type(dtype), N: attr.int(all.length) },
    outputs: [
      { dtype, shape },
      { dtype: "int32", shape: [] },
    ],
  })).outputs[0]!;
}

/**
 * A first value that does not need other variables to have theirs: the operations on the way from them are made
 * once more, with `variable` at the end of their names.
 *
 * @param variable the scope of the one that gets the value
 */
export function safeInitialValue(graph: Graph, variable: string, value: Tensor): Tensor {
  const known = new Map<Operation, Operation>();
  const safeOperation = (op: Operation): Operation => {
    const found = known.get(op) ?? replaced(op);
    known.set(op, found);
    return found;
  };
  const safeTensor = (tensor: Tensor): Tensor => safeOperation(tensor.op).outputs[tensor.index] ?? tensor;
  const replaced = (op: Operation): Operation => {
    if (op.op === "IsVariableInitialized") return op;
    if (op.op === "VariableV2") {
      const other = variables(graph).find((candidate) => candidate.op === op);
      return other === undefined ? op : initializedValue(graph, other).op;
    }
    const inputs = op.inputs.map(safeTensor);
    if (inputs.every((input, i) => input === op.inputs[i])) return op;
    return graph.add({
      op: op.op === "RefSwitch" ? "Switch" : op.op,
      name: `${op.name}_${variable}`,
      inputs,
      attrs: op.attrs,
      outputTypes: op.outputTypes,
    });
  };
  return safeTensor(value);
}

function variables(graph: Graph): Initialized[] {
  const all = [...collectionsOf(graph).items("variables"), ...collectionsOf(graph).items("local_variables")];
  return all.filter(isInitialized);
}

function isInitialized(item: unknown): item is Initialized {
  return typeof item === "object" && item !== null && "op" in item && "initialValue" in item;
}
