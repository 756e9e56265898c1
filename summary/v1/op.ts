/** Any operation by its name: what the others are made with, and what makes those that are not here. */
import { type AttrInput, type Attrs, toAttr } from "../graph/attrs.ts";
import type { DType } from "../graph/dtype.ts";
import type { OutputType } from "../graph/node.ts";
import { checkPartialShape, type PartialShape } from "../graph/shape.ts";
import { type TensorInput, toTensor } from "./constant.ts";
import { getDefaultGraph } from "./graph.ts";
import { isAsTensor, type Operation, Tensor } from "./operation.ts";

/**
 * What an operation is.
 *
 * @example
 * const options: v1.OpOptions = { inputs: [[1, 2]], attrs: { alpha: 0.2 }, outputs: [{ shape: [2] }] };
 * console.log(v1.op("LeakyRelu", options).output.shape); // 2
 */
export interface OpOptions {
  /** Default: the operation's. */
  readonly name?: string | undefined;
  /** Values become constants. Default none. */
  readonly inputs?: readonly TensorInput[] | undefined;
  /** What it waits for. Default none. */
  readonly controlInputs?: readonly Operation[] | undefined;
  /** Default: by `device` scopes. */
  readonly device?: string | undefined;
  /** By name; see {@link AttrInput} for what they can be. Default none. */
  readonly attrs?: Readonly<Record<string, AttrInput>> | undefined;
  /** What leaves it: `dtype` is float32 and `shape` unknown by default. Default: one such tensor. */
  readonly outputs?: readonly { readonly dtype?: DType; readonly shape?: PartialShape }[] | undefined;
}

/**
 * Adds an operation of any kind to the default graph.
 *
 * @throws GraphError when a name, device or attribute is illegal or an input is of another graph
 * @example
 * const x = v1.placeholder("float32", [null, 8]);
 * const norm = v1.op("LRN", { inputs: [x], attrs: { depth_radius: 4 }, outputs: [{ shape: x.shape }] });
 * console.log(String(norm.output)); // Tensor("LRN:0", shape=(?, 8), dtype=float32)
 */
export function op(type: string, options: OpOptions = {}): Operation {
  const { name, inputs = [], controlInputs, device, attrs = {}, outputs = [{}] } = options;
  const graph = getDefaultGraph();
  return graph.nameScope(name || type, (scope) =>
    graph.add({
      op: type,
      name: scope,
      inputs: inputs.map((input, i) => toTensor(input, { name: `input_${i}` })),
      controlInputs,
      device,
      attrs: Object.fromEntries(Object.entries(attrs).map(([key, value]) => [key, toAttr(key, value)])),
      outputTypes: outputs.map(({ dtype = "float32", shape = null }) => ({
        dtype,
        shape: checkPartialShape(shape),
      })),
    }),
  );
}

/** An input by its name in TensorFlow's definition, and its type if that is not the one that the inputs share. */
export type Argument = readonly [name: string, value: TensorInput, dtype?: DType | undefined];

/** What an operation is, once its inputs are tensors. */
export interface Definition {
  readonly attrs?: Attrs | undefined;
  /** Default: one tensor like the first input. */
  readonly outputs?: readonly OutputType[] | undefined;
}

export interface Application {
  /** Default: the operation's. */
  readonly name?: string | undefined;
  /** Variables that it looks at or changes in place: its first inputs, with which it stands. Default none. */
  readonly refs?: readonly Operation[] | undefined;
}

/**
 * Adds an operation of TensorFlow's. Inputs that are values become constants under their names, of the type of
 * the first that is a tensor.
 */
export function apply(
  type: string,
  { name, refs = [] }: Application,
  inputs: readonly Argument[],
  define: (...tensors: Tensor[]) => Definition,
): Operation {
  const graph = getDefaultGraph();
  return graph.nameScope(name || type, (scope) => {
    const tensors = toTensors(inputs);
    const { attrs, outputs = tensors.slice(0, 1) } = define(...tensors);
    const all = [...refs.map((ref) => ref.output), ...tensors];
    const outputTypes = outputs.map(({ dtype, shape }) => ({ dtype, shape }));
    const add = () => graph.add({ op: type, name: scope, inputs: all, attrs, outputTypes });
    return refs.reduceRight((make, ref) => () => graph.colocateWith(ref, make), add)();
  });
}

function toTensors(inputs: readonly Argument[]): Tensor[] {
  const shared = inputs
    .filter(([, , dtype]) => dtype === undefined)
    .map(([, value]) => value)
    .find((value) => value instanceof Tensor || isAsTensor(value));
  const sharedType = shared === undefined ? undefined : toTensor(shared).dtype;
  return inputs.map(([name, value, dtype = sharedType]) => toTensor(value, { name, dtype }));
}
