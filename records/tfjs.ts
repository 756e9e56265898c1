/**
 * To and from TensorFlow.js, which is known by the shape of its interface: parsed features as its tensors, datasets
 * as its `tf.data` datasets, and the elements of those as Examples.
 */
import {
  bytesFeature,
  type DenseTensor,
  encodeExample,
  type Feature,
  type FeatureDtype,
  type FeatureInput,
  floatFeature,
  int64Feature,
  type RaggedTensor,
  type SparseTensor,
  toFeature,
  type ValueArrays,
} from "../proto/example/index.ts";
import { type Dataset, dataset } from "./dataset/dataset.ts";

/**
 * What is used of `tf`: makes tensors. Another library's may stand in.
 *
 * @example
 * const plain: TensorMaker<string> = { tensor: (_values, shape, dtype) => `${dtype} [${shape.join()}]` };
 * const record = encodeExample({ x: floatFeature([1, 2, 3, 4]) });
 * const { x } = toTensors(plain, parseExample(record, { x: fixedLenFeature([2, 2], "float32") }));
 * console.log(x); // float32 [2,2]
 */
export interface TensorMaker<Tensor> {
  tensor(
    values: Float32Array | Int32Array | Uint8Array[],
    shape: number[],
    dtype: "float32" | "int32" | "string",
  ): Tensor;
}

/**
 * What is used of `tf.data`: makes a dataset of what a function iterates.
 *
 * @example
 * import * as tfData from "@tensorflow/tfjs-data";
 *
 * const squares = <Result>(maker: DatasetMaker<number, Result>) =>
 *   toTfData(maker, dataset([1, 2, 3]).map((x) => x * x));
 * console.log((await squares(tfData).toArray()).join()); // 1,4,9
 */
export interface DatasetMaker<Element, Result> {
  generator(open: () => AsyncIterator<Element>): Result;
}

/**
 * What is used of a `tf.data` dataset: starts an iteration.
 *
 * @example
 * import { array } from "@tensorflow/tfjs-data";
 *
 * const first = async (numbers: TfDataset<number>) => (await fromTfData(numbers).take(1).toArray())[0];
 * console.log(await first(array([7, 8, 9]))); // 7
 */
export interface TfDataset<Element> {
  iterator(): Promise<{ next(): Promise<IteratorResult<Element, unknown>> }>;
}

/**
 * What is used of a tensor; TensorFlow.js's has it.
 *
 * @example
 * const weight: ReadableTensor = {
 *   dtype: "float32",
 *   data: async () => Float32Array.of(0.5, 2),
 *   bytes: async () => new Uint8Array(),
 *   dispose() {},
 * };
 * const features = await tensorFeatures({ weight });
 * console.log(features.weight?.values.join()); // 0.5,2
 */
export interface ReadableTensor {
  /** The element type's name: `float32`, `int32`, `bool` or `string`. */
  readonly dtype: string;
  /** All elements, row-major; booleans as 0 and 1. */
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
  /** Strings as they are; `data` would take them for UTF-8. */
  bytes(): Promise<Uint8Array | Uint8Array[]>;
  /** Frees its memory. */
  dispose(): void;
}

type AnyParsed = DenseTensor<FeatureDtype> | SparseTensor<FeatureDtype> | RaggedTensor<FeatureDtype>;

/**
 * A parsed feature in TensorFlow.js's tensors: one, or those that a sparse or ragged tensor is made of.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const count = ({ values }: TensorsOf<SparseTensor<"string">, tf.Tensor>) => values.size;
 * const record = encodeExample({ words: ["tensor", "board"] });
 * const { words } = toTensors(tf, parseExample(record, { words: varLenFeature("string") }));
 * console.log(count(words)); // 2
 */
export type TensorsOf<Parsed, Tensor> =
  Parsed extends DenseTensor<FeatureDtype>
    ? Tensor
    : Parsed extends SparseTensor<FeatureDtype>
      ? { readonly indices: Tensor; readonly values: Tensor; readonly denseShape: Tensor }
      : { readonly values: Tensor; readonly rowSplits: readonly Tensor[] };

/**
 * Parsed features as tensors: 64-bit integers as `int32`, which is all that TensorFlow.js has. Sparse ones are
 * `indices` [values, dimensions], `values` and `denseShape`, as `tf.sparseToDense` takes them. Ragged ones are
 * `values` [items, …valueShape] and the `rowSplits`, the outermost first.
 *
 * @param tf TensorFlow.js, or what makes tensors like it
 * @throws RangeError for an integer beyond 32 bits, naming its feature
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const digit = encodeExample({ image: floatFeature([0, 0.5, 1, 0]), label: int64Feature(7) });
 * const specs = { image: fixedLenFeature([2, 2], "float32"), label: fixedLenFeature([], "int64") };
 * const { image, label } = toTensors(tf, parseExample(digit, specs));
 * console.log(image.shape.join(), label.dtype, label.dataSync()[0]); // 2,2 int32 7
 */
export function toTensors<Parsed extends Readonly<Record<string, AnyParsed>>, Tensor>(
  tf: TensorMaker<Tensor>,
  parsed: Parsed,
): { readonly [Key in keyof Parsed]: TensorsOf<Parsed[Key], Tensor> } {
  const entries = Object.entries(parsed).map(([key, feature]) => [key, tensorsOf(tf, key, feature)]);
  // Tensors for each feature, as the type says; Object.fromEntries cannot express it.
  return Object.fromEntries(entries) as { [Key in keyof Parsed]: TensorsOf<Parsed[Key], Tensor> };
}

function tensorsOf<Tensor>(tf: TensorMaker<Tensor>, key: string, feature: AnyParsed) {
  const integers = (values: readonly number[] | Int32Array, shape: number[]): Tensor =>
    tf.tensor(Int32Array.from(values), shape, "int32");
  if (feature.kind === "dense") return tensorOf(tf, key, feature.data, [...feature.shape]);
  if (feature.kind === "sparse") {
    const { indices, values, denseShape } = feature;
    return {
      indices: integers(indices, [values.length, denseShape.length]),
      values: tensorOf(tf, key, values, [values.length]),
      denseShape: integers(denseShape, [denseShape.length]),
    };
  }
  const { values, valueShape, rowSplits } = feature;
  const rows = values.length / valueShape.reduce((a, b) => a * b, 1);
  return {
    values: tensorOf(tf, key, values, [rows, ...valueShape]),
    rowSplits: rowSplits.map((splits) => integers(splits, [splits.length])),
  };
}

function tensorOf<Tensor>(
  tf: TensorMaker<Tensor>,
  key: string,
  values: ValueArrays[FeatureDtype],
  shape: number[],
): Tensor {
  if (values instanceof Float32Array) return tf.tensor(values, shape, "float32");
  if (!(values instanceof BigInt64Array)) return tf.tensor(values, shape, "string");
  return tf.tensor(narrowed(key, values), shape, "int32");
}

function narrowed(key: string, values: BigInt64Array): Int32Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const narrow = new Int32Array(values.length);
  for (let i = 0; i < narrow.length; i++) {
    const low = halves[2 * i]!;
    // The high half of what fits is nothing but the sign.
    if (halves[2 * i + 1] !== low >> 31)
      throw new RangeError(`feature "${key}" holds ${values[i]}, which TensorFlow.js's int32 does not`);
    narrow[i] = low;
  }
  return narrow;
}

/**
 * A `tf.data` dataset of our elements, such as those of `map((record) => toTensors(tf, parseExample(…)))`. `tf.data`
 * does not say when it stops early and would leave a file open: take fewer elements with our own `take`.
 *
 * @param tfData TensorFlow.js's `tf.data`
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import * as tf from "@tensorflow/tfjs-core";
 * import * as tfData from "@tensorflow/tfjs-data";
 *
 * await writeRecords("digits.tfrecord", [3, 1, 4].map((label) => encodeExample({ label: int64Feature(label) })));
 * const specs = { label: fixedLenFeature([], "int64") };
 * const digits = dataset(() => readRecords("digits.tfrecord")).map((one) => toTensors(tf, parseExample(one, specs)));
 * const batches = await toTfData(tfData, digits).batch(2).toArray();
 * console.log(batches.length); // 2
 */
export function toTfData<Element, Result>(
  tfData: DatasetMaker<Element, Result>,
  elements: Dataset<Element>,
): Result {
  return tfData.generator(() => elements[Symbol.asyncIterator]());
}

/**
 * The elements of a `tf.data` dataset. Tensors in them are the caller's to dispose.
 *
 * @example
 * import { array } from "@tensorflow/tfjs-data";
 *
 * const numbers = fromTfData(array([1, 2, 3, 4]));
 * console.log(JSON.stringify(await numbers.skip(1).batch(2).toArray())); // [[2,3],[4]]
 */
export function fromTfData<Element>(elements: TfDataset<Element>): Dataset<Element> {
  return dataset(async function* elementsOf() {
    const iterator = await elements.iterator();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  });
}

/**
 * The elements of a `tf.data` dataset as encoded Examples, ready for `writeRecords`; see {@link tensorFeatures}, whose
 * TypeError ends the iteration. Their tensors are disposed.
 *
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import * as tf from "@tensorflow/tfjs-core";
 * import { array } from "@tensorflow/tfjs-data";
 *
 * const digits = array([3, 1, 4]).map((digit) => ({ label: tf.scalar(digit, "int32") }));
 * console.log(await writeRecords("digits.tfrecord", examplesOfTfData(digits))); // 3
 */
export function examplesOfTfData(elements: TfDataset<unknown>): Dataset<Uint8Array> {
  return fromTfData(elements).map(async (element) => {
    try {
      return encodeExample(await tensorFeatures(element));
    } finally {
      for (const value of Object.values(element ?? {})) if (isTensor(value)) value.dispose();
    }
  });
}

/**
 * Features of an element of `tf.data`, by its own names. Integers and booleans become integers, floats and plain
 * numbers floats, as `tf.tensor` has it. Shapes are not kept: an Example has none. Nothing is disposed.
 *
 * @throws TypeError when the element is no object of tensors, numbers, strings and typed arrays
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const features = await tensorFeatures({ label: tf.scalar(7, "int32"), weight: 0.5, name: "seven" });
 * console.log(Object.values(features).map(({ kind }) => kind).join()); // int64,float,bytes
 */
export async function tensorFeatures(element: unknown): Promise<Record<string, Feature>> {
  if (typeof element !== "object" || element === null || isTensor(element) || Array.isArray(element))
    throw new TypeError("an Example's features have names: map each element to an object of its tensors");
  const features: [string, Feature][] = [];
  for (const [name, value] of Object.entries(element)) features.push([name, await featureOf(name, value)]);
  return Object.fromEntries(features);
}

async function featureOf(name: string, value: unknown): Promise<Feature> {
  if (isTensor(value)) return tensorFeature(value);
  if (typeof value === "number") return floatFeature(value);
  if (typeof value === "boolean") return int64Feature(value);
  if (isFeatureInput(value)) return toFeature(value);
  throw new TypeError(`feature "${name}" is neither a tensor nor a number, text or typed array`);
}

async function tensorFeature(tensor: ReadableTensor): Promise<Feature> {
  if (tensor.dtype === "string") return bytesFeature(await tensor.bytes());
  const values = await tensor.data();
  return values instanceof Float32Array ? floatFeature(values) : int64Feature(values);
}

function isTensor(value: unknown): value is ReadableTensor {
  return (
    typeof value === "object" &&
    value !== null &&
    ["data", "bytes", "dispose"].every(
      (name) => name in value && typeof Reflect.get(value, name) === "function",
    )
  );
}

function isFeatureInput(value: unknown): value is Exclude<FeatureInput, Feature> {
  return (
    typeof value === "string" ||
    value instanceof Uint8Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array
  );
}
