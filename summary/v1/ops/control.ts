/** Operations that only order others. */
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import { Operation, type Tensor } from "../operation.ts";
import { identity, type Named } from "./array.ts";

/**
 * Does nothing; what it waits for is done when it is run.
 *
 * @example
 * const step = new v1.Variable(0);
 * const train = v1.controlDependencies([step.initializer], () => v1.noOp({ name: "train" }));
 * train.run();
 * console.log(step.eval()); // 0
 */
export function noOp(options: Named = {}): Operation {
  return apply("NoOp", options, [], () => ({ outputs: [] }));
}

/**
 * One operation that stands for several; for each device one more, if they stand on several.
 *
 * @example
 * const both = v1.group([new v1.Variable(1).initializer, new v1.Variable(2).initializer], { name: "init" });
 * console.log(both.controlInputs.map(({ name }) => name)); // Variable/Assign,Variable_1/Assign
 */
export function group(inputs: readonly (Operation | Tensor)[], options: Named = {}): Operation {
  const operations = inputs.map((input) => (input instanceof Operation ? input : input.op));
  return getDefaultGraph().nameScope(options.name ?? "group_deps", (scope) => {
    const devices = [...new Set(operations.map((operation) => operation.device))].sort();
    const on = (device: string) => operations.filter((operation) => operation.device === device);
    if (devices.length <= 1) return waitOn(devices[0] ?? "", operations, scope);
    return waitOn(
      "",
      devices.map((device) => waitOn(device, on(device))),
      scope,
    );
  });
}

function waitOn(device: string, operations: readonly Operation[], name?: string): Operation {
  const graph = getDefaultGraph();
  const make = () => graph.controlDependencies(operations, () => noOp({ name }));
  return device === "" ? make() : graph.device(device, make);
}

/**
 * The tensors, each of which is there only when all are.
 *
 * @example
 * const [a, b] = v1.tuple([v1.constant(1), v1.constant(2)]);
 * console.log(a?.name, b?.name); // tuple/control_dependency:0 tuple/control_dependency_1:0
 */
export function tuple(tensors: readonly Tensor[], options: Named = {}): readonly Tensor[] {
  const graph = getDefaultGraph();
  return graph.nameScope(options.name ?? "tuple", () => {
    const gate = group(tensors);
    return tensors.map((tensor) =>
      graph.nameScope("control_dependency", (scope) =>
        graph.colocateWith(tensor.op, () =>
          graph.controlDependencies([gate], () => identity(tensor, { name: scope })),
        ),
      ),
    );
  });
}
