/** A tensor as it is, for readers of one's own: no dashboard shows it unless it is named. */

import { pb } from "../../proto/codec.ts";
import { DataType, encodeTensor, type NumericArray } from "../../proto/tensor.ts";
import { checkOptions, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import { flatten, isNested, type NestedNumbers } from "../nested.ts";
import type { SummaryOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";
import { checkShape, isTensorLike, type TensorLike } from "../tensor-like.ts";

/**
 * How values are laid out, and who reads them.
 *
 * @example
 * const options: TensorOptions = { step: 0, shape: [2, 2], dataClass: "tensor" };
 * writer.tensor("confusion", Int32Array.of(9, 1, 2, 8), options);
 */
export interface TensorOptions extends SummaryOptions {
  /** Default: the tensor's own; one dimension for an array. */
  readonly shape?: readonly number[] | undefined;
  /** The dashboard that shows the tag. Default: none. */
  readonly plugin?: string | undefined;
  /** What that dashboard wants to know of the tag. Default: nothing. */
  readonly pluginContent?: Uint8Array | undefined;
  /** How readers that sample treat the tag: 1,000, 100 or 10 points kept by TensorBoard. Default: not said. */
  readonly dataClass?: "scalar" | "tensor" | "blobSequence" | undefined;
}

const DEFAULTS: TensorOptions = {};
const OPTIONS: OptionNames<TensorOptions> = {
  ...SUMMARY_OPTIONS,
  shape: true,
  plugin: true,
  pluginContent: true,
  dataClass: true,
};
const DATA_CLASSES = {
  scalar: pb.DataClass.DATA_CLASS_SCALAR,
  tensor: pb.DataClass.DATA_CLASS_TENSOR,
  blobSequence: pb.DataClass.DATA_CLASS_BLOB_SEQUENCE,
};

/**
 * Writes a tensor.
 *
 * @param values a tensor, a typed array (whose type is the tensor's), plain or nested arrays of numbers (float32, as
 *   TensorFlow.js takes them), or strings and bytes
 * @returns whether it was kept
 * @throws ShapeError when the shape does not hold the values, ValueError when they are of another type
 * @throws TagError, StepError
 * @example
 * writer.tensor("confusion", Int32Array.of(9, 1, 2, 8), { step: 0, shape: [2, 2] });
 */
export function tensor(
  recorder: Recorder,
  tag: string,
  values: TensorLike | NumericArray | NestedNumbers | readonly (string | Uint8Array)[],
  options: TensorOptions = DEFAULTS,
): boolean {
  checkOptions(options, OPTIONS, () => `tensor "${tag}"`);
  const { plugin: name = "", pluginContent: content, dataClass } = options;
  const plugin = { name, content, dataClass: dataClass && DATA_CLASSES[dataClass] };
  return recorder.tensor(tag, plugin, encode(values, options.shape), options);
}

function encode(
  values: TensorLike | NumericArray | NestedNumbers | readonly (string | Uint8Array)[],
  shape: readonly number[] | undefined,
): pb.TensorProto.$Properties {
  if (isNested(values)) {
    const flat = flatten(values);
    return encode(Float32Array.from(flat.data), shape ?? flat.shape);
  }
  const like = isTensorLike(values) ? values : undefined;
  const data: unknown = like?.dataSync() ?? values;
  if (data instanceof Uint8ClampedArray) return encode(new Uint8Array(data), shape ?? like?.shape);
  if (!isElements(data))
    throw new ValueError(`a tensor, typed array or strings expected, not ${describe(data)}`);
  const dims = shape ?? like?.shape ?? [data.length];
  checkShape(dims, data.length);
  // Of a tensor's own type names only bool is not seen from the array that it gives.
  return like?.dtype === "bool" ? encodeTensor(data, dims, DataType.DT_BOOL) : encodeTensor(data, dims);
}

function isElements(data: unknown): data is NumericArray | readonly (string | Uint8Array)[] {
  if (Array.isArray(data))
    return data.every((element) => typeof element === "string" || element instanceof Uint8Array);
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}
