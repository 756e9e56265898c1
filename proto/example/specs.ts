/**
 * What a feature is expected to hold and what it becomes, as `tf.io` has it: fixed, variable and ragged lengths, and
 * sequences of a fixed shape.
 */
import { type DefaultValue, toValues } from "./defaults.ts";
import type { FeatureDtype } from "./values.ts";

/**
 * `tf.io.FixedLenFeature`: exactly the values of a shape, a {@link DenseTensor}.
 *
 * @example
 * const pixels = ({ shape }: FixedLenFeature<"float32">) => shape.reduce((a, b) => a * b, 1);
 * console.log(pixels(fixedLenFeature([28, 28, 1], "float32"))); // 784
 */
export interface FixedLenFeature<Dtype extends FeatureDtype> {
  readonly kind: "fixedLen";
  /** Of one record's values; `[]` for one. */
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** All values where the feature is missing; undefined: it must be there. */
  readonly defaultValue: DefaultValue<Dtype> | undefined;
}

/**
 * `tf.io.VarLenFeature`: any number of values, a {@link SparseTensor}.
 *
 * @example
 * const tags: VarLenFeature<"string"> = varLenFeature("string");
 * const records = [["cat", "indoor"], ["dog"]].map((tags) => encodeExample({ tags }));
 * console.log(parseExampleBatch(records, { tags }).tags.denseShape.join()); // 2,2
 */
export interface VarLenFeature<Dtype extends FeatureDtype> {
  readonly kind: "varLen";
  readonly dtype: Dtype;
}

/**
 * `tf.io.RaggedFeature`: any number of values, cut into rows by other features, a {@link RaggedTensor}.
 *
 * @example
 * const tokens: RaggedFeature<"int64"> = raggedFeature("int64");
 * const records = [[5, 6, 7], [8]].map((tokens) => encodeExample({ tokens: int64Feature(tokens) }));
 * console.log(parseExampleBatch(records, { tokens }).tokens.rowSplits[0]?.join()); // 0,3,4
 */
export interface RaggedFeature<Dtype extends FeatureDtype> {
  readonly kind: "ragged";
  readonly dtype: Dtype;
  /** The feature that has the values; undefined: the specification's own key. */
  readonly valueKey: string | undefined;
  /** From the outermost to the innermost. */
  readonly partitions: readonly Partition[];
}

/**
 * `tf.io.FixedLenSequenceFeature`: any number of steps of a shape, a {@link DenseTensor}.
 *
 * @example
 * const path: FixedLenSequenceFeature<"float32"> = fixedLenSequenceFeature([2], "float32");
 * const record = encodeExample({ path: floatFeature([0, 0, 0.5, 1, 1, 2]) });
 * console.log(parseExample(record, { path }).path.shape.join()); // 3,2
 */
export interface FixedLenSequenceFeature<Dtype extends FeatureDtype> {
  readonly kind: "fixedLenSequence";
  /** Of one step; `[]` for one value. */
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** Whether a feature or list that is missing has no steps; otherwise that is an error. */
  readonly allowMissing: boolean;
  /** One value that fills up the shorter sequences of a batch; undefined: 0 or an empty string. */
  readonly defaultValue: DefaultValue<Dtype> | undefined;
}

/**
 * How a ragged feature's values are cut into rows: by the integers of the feature `key` (where rows start or end,
 * how long they are, or each value's row), or into rows of one length.
 *
 * @example
 * const sentences: Partition = { by: "rowLengths", key: "lengths" };
 * const words = raggedFeature("int64", { partitions: [sentences] });
 * const record = encodeExample({ words: int64Feature([5, 6, 7]), lengths: int64Feature([2, 0, 1]) });
 * console.log(parseExample(record, { words }).words.rowSplits[0]?.join()); // 0,2,2,3
 */
export type Partition =
  | {
      readonly by: "rowSplits" | "rowLengths" | "rowStarts" | "rowLimits" | "valueRowIds";
      readonly key: string;
    }
  | { readonly by: "uniformRowLength"; readonly length: number };

/**
 * What a feature of an Example, or of a sequence's context, may be read as.
 *
 * @example
 * const isDense = ({ kind }: FeatureSpec) => kind === "fixedLen" || kind === "fixedLenSequence";
 * console.log(isDense(fixedLenFeature([28, 28], "float32")), isDense(varLenFeature("string"))); // true false
 */
export type FeatureSpec =
  | FixedLenFeature<FeatureDtype>
  | VarLenFeature<FeatureDtype>
  | RaggedFeature<FeatureDtype>
  | FixedLenSequenceFeature<FeatureDtype>;

/**
 * What a feature list of a SequenceExample may be read as.
 *
 * @example
 * const specFor = (size?: number): SequenceFeatureSpec =>
 *   size === undefined ? varLenFeature("float32") : fixedLenSequenceFeature([size], "float32");
 * const walk = encodeSequenceExample({ featureLists: { x: [floatFeature([0, 1]), floatFeature([2, 3])] } });
 * const { x } = parseSequenceExample(walk, { featureLists: { x: specFor(2) } }).featureLists;
 * console.log(x.kind); // dense
 */
export type SequenceFeatureSpec = Exclude<FeatureSpec, { readonly kind: "fixedLen" }>;

/**
 * A feature with exactly as many values as `shape` holds; `[]` for one.
 *
 * @param options `defaultValue`: all values where the feature is missing. Default: it must be there.
 * @throws RangeError when the shape is none, the default does not have its number of values, or one is no integer of 64 bits though dtype says so
 * @example
 * const label = fixedLenFeature([], "int64", { defaultValue: -1 });
 * const image = fixedLenFeature([2, 2], "float32");
 * const parsed = parseExample(encodeExample({ image: floatFeature([0, 0.5, 1, 0]) }), { image, label });
 * console.log(parsed.image.data.join(), Number(parsed.label.data[0])); // 0,0.5,1,0 -1
 */
export function fixedLenFeature<Dtype extends FeatureDtype>(
  shape: readonly number[],
  dtype: Dtype,
  options: { readonly defaultValue?: DefaultValue<Dtype> } = {},
): FixedLenFeature<Dtype> {
  const { defaultValue } = options;
  const count = countOf(shape);
  const found = defaultValue === undefined ? count : toValues(dtype, defaultValue).length;
  if (found !== count)
    throw new RangeError(`shape [${shape.join(", ")}] holds ${count} values, the default has ${found}`);
  return { kind: "fixedLen", shape, dtype, defaultValue };
}

/**
 * A feature with any number of values; none where it is missing. In an Example sparse `[values]`, in a batch
 * `[batch, longest]`, in a SequenceExample `[steps, longest step]`.
 *
 * @example
 * const records = [encodeExample({ tags: ["cat", "indoor"] }), encodeExample({})];
 * const { tags } = parseExampleBatch(records, { tags: varLenFeature("string") });
 * console.log(tags.values.map(toText).join(), tags.denseShape.join()); // cat,indoor 2,2
 */
export function varLenFeature<Dtype extends FeatureDtype>(dtype: Dtype): VarLenFeature<Dtype> {
  return { kind: "varLen", dtype };
}

/**
 * A feature with any number of values, none where it is missing, cut into rows.
 *
 * @param options `valueKey`: the feature that has the values, default the specification's own key; `partitions`: from
 *   the outermost to the innermost, default none: a record is one row.
 * @throws RangeError when a row length is not an integer of 1 or more
 * @example
 * const record = encodeExample({ values: int64Feature([5, 6, 7]), lengths: int64Feature([2, 1]) });
 * const { words } = parseExample(record, {
 *   words: raggedFeature("int64", { valueKey: "values", partitions: [{ by: "rowLengths", key: "lengths" }] }),
 * });
 * console.log(toNested(words).join(" | ")); // 5,6 | 7
 */
export function raggedFeature<Dtype extends FeatureDtype>(
  dtype: Dtype,
  options: { readonly valueKey?: string; readonly partitions?: readonly Partition[] } = {},
): RaggedFeature<Dtype> {
  const { valueKey, partitions = [] } = options;
  for (const partition of partitions) {
    if (partition.by !== "uniformRowLength") continue;
    if (!Number.isSafeInteger(partition.length) || partition.length < 1)
      throw new RangeError(`a uniform row length is an integer of 1 or more, not ${partition.length}`);
  }
  return { kind: "ragged", dtype, valueKey, partitions };
}

/**
 * Any number of steps, each of `shape`: in an Example all in one feature, in a SequenceExample a feature a step.
 *
 * @param options `allowMissing`: a feature or list that is not there has no steps; default false: an error.
 *   `defaultValue`: one value that fills up the shorter sequences of a batch; default 0 or an empty string.
 * @throws RangeError when the shape is none or holds nothing, or the default is not one value of its type
 * @example
 * const records = [[5, 6, 7], [8]].map((tokens) => encodeExample({ tokens: int64Feature(tokens) }));
 * const spec = fixedLenSequenceFeature([], "int64", { defaultValue: -1 });
 * const { tokens } = parseExampleBatch(records, { tokens: spec });
 * console.log(tokens.shape.join(), tokens.data.join()); // 2,3 5,6,7,8,-1,-1
 */
export function fixedLenSequenceFeature<Dtype extends FeatureDtype>(
  shape: readonly number[],
  dtype: Dtype,
  options: { readonly allowMissing?: boolean; readonly defaultValue?: DefaultValue<Dtype> } = {},
): FixedLenSequenceFeature<Dtype> {
  const { allowMissing = false, defaultValue } = options;
  if (countOf(shape) === 0) throw new RangeError(`steps of shape [${shape.join(", ")}] hold nothing`);
  const found = defaultValue === undefined ? 1 : toValues(dtype, defaultValue).length;
  if (found !== 1) throw new RangeError(`the default that fills up sequences is one value, not ${found}`);
  return { kind: "fixedLenSequence", shape, dtype, allowMissing, defaultValue };
}

/** Values that a shape holds. Throws RangeError when it is none. */
export function countOf(shape: readonly number[]): number {
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0)
      throw new RangeError(`shape [${shape.join(", ")}] has a dimension that is not an integer of 0 or more`);
  return shape.reduce((a, b) => a * b, 1);
}
