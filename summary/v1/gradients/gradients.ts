/** Gradients of tensors with respect to others, as operations of the graph. */
import { constant, type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { type AsTensor, isAsTensor, type Tensor } from "../operation.ts";
import { fill, type Named, shape } from "../ops/array.ts";
import { backpropagate } from "./backpropagation.ts";

/**
 * How gradients are made.
 *
 * @example
 * const options: v1.GradientsOptions = { name: "backward" };
 * const x = v1.getVariable("x", { shape: [2] });
 * console.log(v1.gradients([v1.nn.l2Loss(x)], [x], options)[0]?.name); // backward/L2Loss_grad/mul:0
 */
export interface GradientsOptions extends Named {
  /** Whether those of one operation are used only when all of them are there. Default false. */
  readonly gateGradients?: boolean | undefined;
}

/**
 * The gradients of the sum of `ys` with respect to each of `xs`; null for those that `ys` do not depend on.
 *
 * @throws GraphError when the gradient of an operation on the way is not known
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const other = v1.getVariable("other", { shape: [2] });
 * const found = v1.gradients([v1.nn.l2Loss(weights)], [weights, other]);
 * console.log(found.map((gradient) => gradient?.name)); // gradients/L2Loss_grad/mul:0,
 */
export function gradients(
  ys: readonly TensorInput[],
  xs: readonly (Tensor | AsTensor)[],
  options: GradientsOptions = {},
): readonly (Tensor | null)[] {
  const { name = "gradients", gateGradients = false } = options;
  const graph = getDefaultGraph();
  return graph.nameScope(name, () => {
    // TensorFlow tells its calls apart by a name, which counts as taken.
    graph.uniqueName("uid");
    const ends = ys.map((y) => toTensor(y));
    const first = ends.map((end, i) => ({ of: end, gradient: onesLike(end, `grad_ys_${i}`) }));
    // Of a variable, what holds it: where and how often it is read does not matter.
    const starts = xs.map((x) => (isAsTensor(x) ? x.op.output : x));
    return backpropagate(graph, first, starts, gateGradients);
  });
}

function onesLike(tensor: Tensor, name: string): Tensor {
  const sizes = shape(tensor);
  return getDefaultGraph().nameScope(name, (scope) => {
    const one = constant(1, { dtype: tensor.dtype });
    return fill(sizes, one, tensor.shape, { name: scope });
  });
}
