/**
 * SequenceExamples to tensors by specification: as `tf.io.parse_single_sequence_example` and
 * `tf.io.parse_sequence_example` do it.
 */
import { fixedLenRows, stackDense } from "./dense.ts";
import { ExampleError } from "./error.ts";
import {
  type AnyTensor,
  type FeatureSpecs,
  keysOf,
  type Parsed,
  parseExample,
  parseExampleBatch,
} from "./parse.ts";
import { raggedRows } from "./ragged.ts";
import { type Column, type Place, type Rows, splitsOf } from "./rows.ts";
import { type FeatureSpan, scanFeatureLists } from "./scan.ts";
import { stackSparse, varLenRows } from "./sparse.ts";
import type { SequenceFeatureSpec } from "./specs.ts";

/**
 * Specifications of feature lists by key.
 *
 * @example
 * const featureLists = {
 *   position: fixedLenSequenceFeature([2], "float32"),
 *   words: varLenFeature("string"),
 * } satisfies SequenceFeatureSpecs;
 * const walk = encodeSequenceExample({ featureLists: { position: [floatFeature([0, 1])], words: ["go"] } });
 * console.log(parseSequenceExample(walk, { featureLists }).featureLists.position.data.join()); // 0,1
 */
export type SequenceFeatureSpecs = Readonly<Record<string, SequenceFeatureSpec>>;

/**
 * Specifications of what a SequenceExample holds; either may be left out.
 *
 * @example
 * const language = fixedLenFeature([], "string");
 * const words = fixedLenSequenceFeature([], "string");
 * const specs: SequenceSpecs<{ language: typeof language }, { words: typeof words }> = {
 *   context: { language },
 *   featureLists: { words },
 * };
 * const bytes = encodeSequenceExample({ context: { language: "en" }, featureLists: { words: ["so", "short"] } });
 * console.log(parseSequenceExample(bytes, specs).featureLists.words.data.map(toText).join(" ")); // so short
 */
export interface SequenceSpecs<Context extends FeatureSpecs, Lists extends SequenceFeatureSpecs> {
  /** Features of the sequence as a whole. */
  readonly context?: Context;
  /** Features a step. */
  readonly featureLists?: Lists;
}

/**
 * Tensors of a SequenceExample, or of a batch of them.
 *
 * @example
 * const featureLists = { position: fixedLenSequenceFeature([2], "float32") };
 * const steps = (walk: ParsedSequence<FeatureSpecs, typeof featureLists>) => walk.featureLists.position.shape[0];
 * const walk = encodeSequenceExample({ featureLists: { position: [floatFeature([0, 0]), floatFeature([1, 2])] } });
 * console.log(steps(parseSequenceExample(walk, { featureLists }))); // 2
 */
export interface ParsedSequence<Context extends FeatureSpecs, Lists extends SequenceFeatureSpecs> {
  readonly context: Parsed<Context>;
  readonly featureLists: Parsed<Lists>;
}

/**
 * The same with the number of steps of each sequence of a batch, by feature list.
 *
 * @example
 * const featureLists = { words: fixedLenSequenceFeature([], "string") };
 * const longest = ({ lengths }: ParsedSequenceBatch<FeatureSpecs, typeof featureLists>) => Math.max(...lengths.words);
 * const sentences = [["so"], ["it", "goes"]].map((words) => encodeSequenceExample({ featureLists: { words } }));
 * console.log(longest(parseSequenceExampleBatch(sentences, { featureLists }))); // 2
 */
export interface ParsedSequenceBatch<Context extends FeatureSpecs, Lists extends SequenceFeatureSpecs>
  extends ParsedSequence<Context, Lists> {
  /** Steps `[batch]` under each list's key. */
  readonly lengths: { readonly [Key in keyof Lists]: Int32Array };
}

/**
 * The features of one encoded SequenceExample. Its context is read as {@link parseExample} does; its lists give
 * `[steps, …shape]` for sequences of fixed shape, sparse `[steps, longest step]` for variable lengths, and ragged
 * tensors with one ragged dimension more than partitions.
 *
 * @returns numbers as copies, strings as views of `bytes`
 * @throws ExampleError when the bytes are none, or a feature or list is missing, of another type, or of another
 *   number of values than its specification says
 * @example
 * const bytes = encodeSequenceExample({
 *   context: { language: "en" },
 *   featureLists: { words: ["so", "short"] },
 * });
 * const { context, featureLists } = parseSequenceExample(bytes, {
 *   context: { language: fixedLenFeature([], "string") },
 *   featureLists: { words: fixedLenSequenceFeature([], "string") },
 * });
 * console.log(toText(context.language.data[0]!), featureLists.words.data.map(toText).join()); // en so,short
 */
export function parseSequenceExample<
  const Context extends FeatureSpecs,
  const Lists extends SequenceFeatureSpecs,
>(bytes: Uint8Array, specs: SequenceSpecs<Context, Lists>): ParsedSequence<Context, Lists> {
  const steps = scanSteps([bytes], specs.featureLists ?? {});
  const lists = tensorsOf(specs.featureLists ?? {}, steps, ({ tensor }) => tensor);
  // What is left out has no keys. A tensor for each other one, as the type says.
  return {
    context: parseExample(bytes, specs.context ?? {}) as Parsed<Context>,
    featureLists: lists as Parsed<Lists>,
  };
}

/**
 * The features of many encoded SequenceExamples, each with a first dimension of the batch: sequences of fixed shape
 * `[batch, steps of the longest, …shape]`, filled up; variable lengths sparse `[batch, longest, longest step]`; ragged
 * tensors with two ragged dimensions more than partitions.
 *
 * @returns numbers as copies, strings as views of the records
 * @throws ExampleError as {@link parseSequenceExample} does; its `index` is the record's place
 * @example
 * const walks = [[0, 1, 2], [5]].map((path) =>
 *   encodeSequenceExample({ featureLists: { x: path.map((x) => floatFeature(x)) } }),
 * );
 * const specs = { featureLists: { x: fixedLenSequenceFeature([], "float32") } };
 * const { featureLists, lengths } = parseSequenceExampleBatch(walks, specs);
 * console.log(featureLists.x.data.join(), lengths.x.join()); // 0,1,2,5,0,0 3,1
 */
export function parseSequenceExampleBatch<
  const Context extends FeatureSpecs,
  const Lists extends SequenceFeatureSpecs,
>(records: readonly Uint8Array[], specs: SequenceSpecs<Context, Lists>): ParsedSequenceBatch<Context, Lists> {
  const steps = scanSteps(records, specs.featureLists ?? {});
  const lists = tensorsOf(specs.featureLists ?? {}, steps, stack);
  const lengths = Object.keys(specs.featureLists ?? {}).map((key) => [key, steps.get(key)?.lengths]);
  // As above.
  return {
    context: parseExampleBatch(records, specs.context ?? {}) as Parsed<Context>,
    featureLists: lists as Parsed<Lists>,
    lengths: Object.fromEntries(lengths) as ParsedSequenceBatch<Context, Lists>["lengths"],
  };
}

/** A feature list over all sequences of a batch: their steps one after the other. */
interface Steps {
  readonly rows: Rows;
  /** Steps of each sequence. */
  readonly lengths: Int32Array;
  /** Sequences that lack the list. */
  readonly missing: readonly number[];
  readonly placeOf: (row: number) => Place;
}

/** A list's tensor with a first dimension of the steps of all sequences, and what is needed to take them apart. */
interface SteppedTensor {
  readonly spec: SequenceFeatureSpec;
  readonly steps: Steps;
  readonly tensor: AnyTensor;
}

function scanSteps(records: readonly Uint8Array[], specs: SequenceFeatureSpecs): Map<string, Steps> {
  const found = records.map((bytes) => {
    const lists = new Map<string, readonly FeatureSpan[]>();
    scanFeatureLists(bytes, (key, steps) => lists.set(key, steps));
    return lists;
  });
  const keys = new Set([...keysOf(specs), ...Object.keys(specs)]);
  return new Map(Array.from(keys, (key) => [key, stepsOf(found.map((lists) => lists.get(key)))]));
}

function stepsOf(lists: readonly (readonly FeatureSpan[] | undefined)[]): Steps {
  const lengths = Int32Array.from(lists, (list) => list?.length ?? 0);
  const splits = splitsOf(lengths);
  const placeOf = (row: number): Place => {
    const index = splits.findLastIndex((start) => start <= row);
    const text = ` at step ${row - splits[index]!}`;
    return lists.length === 1 ? { text } : { text: `${text} of record ${index}`, index };
  };
  const missing = lists.flatMap((list, index) => (list === undefined ? [index] : []));
  return { rows: lists.flatMap((list) => list ?? []), lengths, missing, placeOf };
}

function tensorsOf(
  specs: SequenceFeatureSpecs,
  table: ReadonlyMap<string, Steps>,
  finish: (stepped: SteppedTensor) => AnyTensor,
): Record<string, AnyTensor> {
  const tensors = Object.entries(specs).map(([key, spec]) => {
    const name = spec.kind === "ragged" ? (spec.valueKey ?? key) : key;
    const steps = table.get(name)!;
    return [key, finish({ spec, steps, tensor: tensorOf(name, spec, steps, table) })];
  });
  return Object.fromEntries(tensors);
}

function tensorOf(
  key: string,
  spec: SequenceFeatureSpec,
  steps: Steps,
  table: ReadonlyMap<string, Steps>,
): AnyTensor {
  const column: Column = { key, rows: steps.rows, placeOf: steps.placeOf };
  switch (spec.kind) {
    case "fixedLenSequence":
      if (!spec.allowMissing) checkPresence(key, steps);
      return fixedLenRows(column, { ...spec, kind: "fixedLen", defaultValue: undefined });
    case "varLen":
      return varLenRows(column, spec.dtype);
    case "ragged":
      return raggedRows(column, spec, (name) => partitionOf(key, steps, name, table.get(name)!));
  }
}

function checkPresence(key: string, { missing, lengths }: Steps): void {
  const [index] = missing;
  if (index === undefined) return;
  const [text, place] = lengths.length === 1 ? ["", {}] : [` of record ${index}`, { index }];
  const message = `feature list "${key}"${text} is required, but missing; set its allowMissing?`;
  throw new ExampleError(message, { feature: key, ...place });
}

/** The steps of a partition, which must be as many as those of the values. */
function partitionOf(key: string, values: Steps, name: string, partition: Steps): Rows {
  for (const [index, length] of values.lengths.entries()) {
    if (partition.lengths[index] === length) continue;
    const steps = `${length} steps, its partition "${name}" ${partition.lengths[index]}`;
    throw new ExampleError(`feature list "${key}" has ${steps}`, { feature: key, index });
  }
  return partition.rows;
}

/** Takes the sequences of a batch apart again. */
function stack({ spec, steps, tensor }: SteppedTensor): AnyTensor {
  const splits = splitsOf(steps.lengths);
  if (tensor.kind === "ragged") return { ...tensor, rowSplits: [splits, ...tensor.rowSplits] };
  if (tensor.kind === "sparse") return stackSparse(tensor, splits);
  if (spec.kind !== "fixedLenSequence") throw new TypeError(`a ${spec.kind} list became dense`);
  return stackDense(tensor, splits, spec);
}
