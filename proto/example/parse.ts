/** Examples to tensors by specification: as `tf.io.parse_example` and `tf.io.parse_single_example` do it. */
import { fixedLenRows, fixedLenSequenceRows } from "./dense.ts";
import { onlyRaggedRow, raggedRows } from "./ragged.ts";
import type { Column, Place, Rows } from "./rows.ts";
import { type FeatureSpan, scanExample } from "./scan.ts";
import { onlySparseRow, varLenRows } from "./sparse.ts";
import type {
  FeatureSpec,
  FixedLenFeature,
  FixedLenSequenceFeature,
  RaggedFeature,
  VarLenFeature,
} from "./specs.ts";
import type { DenseTensor, RaggedTensor, SparseTensor } from "./tensors.ts";
import type { FeatureDtype } from "./values.ts";

/**
 * What a specification's feature becomes.
 *
 * @example
 * const words = varLenFeature("string");
 * const sentence = ({ values }: ParsedFeature<typeof words>) => values.map(toText).join(" ");
 * const record = encodeExample({ words: ["so", "it", "goes"] });
 * console.log(sentence(parseExample(record, { words }).words)); // so it goes
 */
export type ParsedFeature<Spec> =
  Spec extends FixedLenFeature<infer Dtype>
    ? DenseTensor<Dtype>
    : Spec extends FixedLenSequenceFeature<infer Dtype>
      ? DenseTensor<Dtype>
      : Spec extends VarLenFeature<infer Dtype>
        ? SparseTensor<Dtype>
        : Spec extends RaggedFeature<infer Dtype>
          ? RaggedTensor<Dtype>
          : never;

/**
 * A tensor for every specification, under its key.
 *
 * @example
 * const specs = { image: fixedLenFeature([2, 2], "float32"), label: fixedLenFeature([], "int64") };
 * const labelOf = ({ label }: Parsed<typeof specs>) => Number(label.data[0]);
 * const digit = encodeExample({ image: new Float32Array(4), label: int64Feature(7) });
 * console.log(labelOf(parseExample(digit, specs))); // 7
 */
export type Parsed<Specs> = { readonly [Key in keyof Specs]: ParsedFeature<Specs[Key]> };

/**
 * Specifications by the keys of their features.
 *
 * @example
 * const specs = {
 *   image: fixedLenFeature([2, 2], "float32"),
 *   label: fixedLenFeature([], "int64", { defaultValue: -1 }),
 * } satisfies FeatureSpecs;
 * const { label } = parseExample(encodeExample({ image: new Float32Array(4) }), specs);
 * console.log(Number(label.data[0])); // -1
 */
export type FeatureSpecs = Readonly<Record<string, FeatureSpec>>;

export type AnyTensor = DenseTensor<FeatureDtype> | SparseTensor<FeatureDtype> | RaggedTensor<FeatureDtype>;

/**
 * The features of one encoded Example. Shapes: fixed lengths `shape`; sequences `[steps, …shape]`; variable lengths
 * sparse `[values]`; ragged ones with as many ragged dimensions as partitions.
 *
 * @returns numbers as copies, strings as views of `bytes`
 * @throws ExampleError when the bytes are no Example, or a feature is missing, of another type, or of another
 *   number of values than its specification says
 * @example
 * const digit = encodeExample({ image: floatFeature([0, 0.5, 1, 0]), label: int64Feature(7) });
 * const { image, label } = parseExample(digit, {
 *   image: fixedLenFeature([2, 2], "float32"),
 *   label: fixedLenFeature([], "int64"),
 * });
 * console.log(image.shape.join(), image.data.join(), Number(label.data[0])); // 2,2 0,0.5,1,0 7
 */
export function parseExample<const Specs extends FeatureSpecs>(
  bytes: Uint8Array,
  specs: Specs,
): Parsed<Specs> {
  const table = scanAll([bytes], keysOf(specs));
  const tensors = Object.entries(specs).map(([key, spec]) => [
    key,
    unbatched(tensorOf(key, spec, table, alone)),
  ]);
  // A tensor for each specification, as the type says; Object.fromEntries cannot express it.
  return Object.fromEntries(tensors) as Parsed<Specs>;
}

/**
 * The features of many encoded Examples, each with a first dimension of the batch: fixed lengths `[batch, …shape]`;
 * sequences `[batch, steps of the longest, …shape]`, filled up; variable lengths sparse `[batch, longest]`; ragged ones
 * with one ragged dimension more than partitions.
 *
 * @returns numbers as copies, strings as views of the records
 * @throws ExampleError as {@link parseExample} does; its `index` is the record's place
 * @example
 * const records = [[1, 2, 3], [4]].map((x) => encodeExample({ x: floatFeature(x) }));
 * const { x } = parseExampleBatch(records, { x: fixedLenSequenceFeature([], "float32") });
 * console.log(x.shape.join(), x.data.join()); // 2,3 1,2,3,4,0,0
 */
export function parseExampleBatch<const Specs extends FeatureSpecs>(
  records: readonly Uint8Array[],
  specs: Specs,
): Parsed<Specs> {
  const table = scanAll(records, keysOf(specs));
  const tensors = Object.entries(specs).map(([key, spec]) => [key, tensorOf(key, spec, table, inBatch)]);
  // As above.
  return Object.fromEntries(tensors) as Parsed<Specs>;
}

const alone = (): Place => ({ text: "" });
const inBatch = (index: number): Place => ({ text: ` of record ${index}`, index });

/** Features of many records: a column a key. */
type Table = ReadonlyMap<string, Rows>;

/** The features that specifications read: their own keys, and those of values and partitions. */
export function keysOf(specs: FeatureSpecs): Set<string> {
  const keys = new Set<string>();
  for (const [key, spec] of Object.entries(specs)) {
    keys.add(spec.kind === "ragged" ? (spec.valueKey ?? key) : key);
    if (spec.kind !== "ragged") continue;
    for (const partition of spec.partitions) if ("key" in partition) keys.add(partition.key);
  }
  return keys;
}

function scanAll(records: readonly Uint8Array[], keys: ReadonlySet<string>): Table {
  const table = new Map<string, (FeatureSpan | undefined)[]>();
  for (const key of keys) table.set(key, new Array<FeatureSpan | undefined>(records.length).fill(undefined));
  for (const [row, bytes] of records.entries())
    scanExample(bytes, (key, feature) => put(table.get(key), row, feature), table);
  return table;
}

function put<Item>(list: Item[] | undefined, place: number, item: Item): void {
  if (list !== undefined) list[place] = item;
}

/** The tensor of all rows, with a first dimension of them. */
function tensorOf(key: string, spec: FeatureSpec, table: Table, placeOf: (row: number) => Place): AnyTensor {
  const rowsOf = (name: string): Rows => table.get(name) ?? [];
  const columnOf = (name: string): Column => ({ key: name, rows: rowsOf(name), placeOf });
  switch (spec.kind) {
    case "fixedLen":
      return fixedLenRows(columnOf(key), spec);
    case "fixedLenSequence":
      return fixedLenSequenceRows(columnOf(key), spec);
    case "varLen":
      return varLenRows(columnOf(key), spec.dtype);
    case "ragged":
      return raggedRows(columnOf(spec.valueKey ?? key), spec, rowsOf);
  }
}

/** A tensor of one row without that dimension. */
function unbatched(tensor: AnyTensor): AnyTensor {
  if (tensor.kind === "dense") return { ...tensor, shape: tensor.shape.slice(1) };
  return tensor.kind === "sparse" ? onlySparseRow(tensor) : onlyRaggedRow(tensor);
}
