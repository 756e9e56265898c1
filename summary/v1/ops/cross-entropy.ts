/** Cross entropy between labels and the softmax of logits, with the operations around it that TensorFlow adds. */
import { ShapeError } from "../../errors.ts";
import { attr } from "../../graph/attrs.ts";
import { describeShape, elementCount, mergeShapes } from "../../graph/shape.ts";
import { type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import { integer, type Named, reshapeTo, shape, stopGradient } from "./array.ts";
import { sub } from "./elementwise.ts";
import { concat, slice } from "./slices.ts";

/**
 * What the cross entropy is between.
 *
 * @example
 * const logits = v1.placeholder("float32", [null, 10]);
 * const inputs: v1.nn.CrossEntropyInputs = { labels: v1.placeholder("int64", [null]), logits };
 * console.log(v1.nn.sparseSoftmaxCrossEntropyWithLogits(inputs).shape?.length); // 1
 */
export interface CrossEntropyInputs extends Named {
  /** Of all classes [count, classes], or the number of the class [count] where labels are sparse. */
  readonly labels: TensorInput;
  /** [count, classes]: what the last layer gives, before the softmax. */
  readonly logits: TensorInput;
}

/**
 * The cross entropy of each example; no gradient flows into the labels.
 *
 * @param inputs labels as probabilities [count, classes]
 * @throws ShapeError when labels or logits have no known number of dimensions
 * @example
 * const labels = v1.placeholder("float32", [null, 10]);
 * const logits = v1.placeholder("float32", [null, 10]);
 * const mean = v1.reduceMean(v1.nn.softmaxCrossEntropyWithLogits({ labels, logits }));
 * console.log(mean.name); // Mean:0
 */
export function softmaxCrossEntropyWithLogits(inputs: CrossEntropyInputs): Tensor {
  const { name = "softmax_cross_entropy_with_logits_sg" } = inputs;
  return getDefaultGraph().nameScope(name, (scope) => {
    const labels = stopGradient(inputs.labels, { name: "labels_stop_gradient" });
    const logits = toTensor(inputs.logits, { name: "logits" });
    const outer = sizesOf(logits).slice(0, -1);
    // The names follow from this order.
    const rank = rankOf(logits);
    const sizes = shape(logits);
    const features = flattenOuter(logits);
    const targets = flattenOuter(labels);
    const cost = softmaxCrossEntropyOp(features, targets, scope);
    const last = sub(rank, 1, { name: "Sub" });
    return reshapeTo(cost, slice(sizes, 0, last, { knownSize: outer.length }), outer);
  });
}

/**
 * The cross entropy of each example.
 *
 * @param inputs labels as the number of each example's class, [count]
 * @throws ShapeError when the logits are not [count, classes]
 * @example
 * const oneHot = v1.placeholder("float32", [null, 10]);
 * const logits = v1.placeholder("float32", [null, 10]);
 * const each = v1.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: v1.argMax(oneHot, 1), logits });
 * console.log(each.op.op); // SparseSoftmaxCrossEntropyWithLogits
 */
export function sparseSoftmaxCrossEntropyWithLogits(inputs: CrossEntropyInputs): Tensor {
  const { name = "SparseSoftmaxCrossEntropyWithLogits" } = inputs;
  return getDefaultGraph().nameScope(name, () => {
    const labels = toTensor(inputs.labels);
    const logits = toTensor(inputs.logits);
    const [count = null, ...classes] = sizesOf(logits);
    if (classes.length !== 1)
      throw new ShapeError(
        `logits are [count, classes], but ${logits.name} is ${describeShape(logits.shape)}`,
      );
    shape(labels);
    const operands = [
      ["features", logits],
      ["labels", labels, labels.dtype],
    ] as const;
    return apply("SparseSoftmaxCrossEntropyWithLogits", { name: inputs.name }, operands, ({ dtype }) => ({
      attrs: { T: attr.type(dtype), Tlabels: attr.type(labels.dtype) },
      outputs: [
        { dtype, shape: mergeShapes(labels.shape, [count]) },
        { dtype, shape: logits.shape },
      ],
    })).outputs[0]!;
  });
}

/** The first output is the cost of each example, the second its gradient. */
function softmaxCrossEntropyOp(features: Tensor, labels: Tensor, name: string): Tensor {
  const operands = [
    ["features", features],
    ["labels", labels],
  ] as const;
  return apply("SoftmaxCrossEntropyWithLogits", { name }, operands, ({ dtype }) => {
    const shape = mergeShapes(features.shape, labels.shape);
    return {
      attrs: { T: attr.type(dtype) },
      outputs: [
        { dtype, shape: shape?.slice(0, 1) ?? null },
        { dtype, shape },
      ],
    };
  }).outputs[0]!;
}

/** As a matrix of [all examples, classes]. */
function flattenOuter(tensor: Tensor): Tensor {
  const known = sizesOf(tensor);
  const rank = rankOf(tensor);
  const sizes = shape(tensor);
  const last = slice(sizes, sub(rank, 1, { name: "Sub" }), 1);
  const count = elementCount(known.slice(0, -1));
  // TensorFlow knows the sizes after the reshape only where it knows all before.
  const flat = count === null ? [null, null] : [count, known.at(-1) ?? null];
  return reshapeTo(tensor, concat([Int32Array.of(-1), last]), flat);
}

function rankOf(tensor: Tensor): Tensor {
  return integer(sizesOf(tensor).length, { name: "Rank" });
}

function sizesOf({ name, shape }: Tensor): readonly (number | null)[] {
  if (shape !== null && shape.length > 0) return shape;
  throw new ShapeError(`cross entropy needs dimensions, but ${name} has the shape ${describeShape(shape)}`);
}
