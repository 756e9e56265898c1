/** Records with specifications to read them by, some that fit and some that do not, the same for every run. */
import {
  bytesFeature,
  encodeExample,
  encodeSequenceExample,
  type Feature,
  type FeatureDtype,
  type FeatureSpec,
  fixedLenFeature,
  fixedLenSequenceFeature,
  floatFeature,
  int64Feature,
  type Partition,
  raggedFeature,
  type SequenceFeatureSpec,
  varLenFeature,
} from "../../proto/example/index.ts";

/** Records and what they are read as, with the function of tf.io that does it. */
export interface ParseCase {
  readonly how: "single" | "batch" | "sequence" | "sequences";
  readonly records: readonly Uint8Array[];
  readonly features: Readonly<Record<string, FeatureSpec>>;
  readonly featureLists: Readonly<Record<string, SequenceFeatureSpec>>;
}

const random = generator(7);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
const chance = (share: number) => random() < share;
const times = <Item>(count: number, make: (i: number) => Item) =>
  Array.from({ length: count }, (_, i) => make(i));

const DTYPES: readonly FeatureDtype[] = ["float32", "int64", "string"];

/** Cases of every kind and type, `count` of each way to parse. */
export function parseCases(count: number): ParseCase[] {
  return [
    ...times(count, () => exampleCase("single")),
    ...times(count, () => exampleCase("batch")),
    ...times(count, () => sequenceCase("sequence")),
    ...times(count, () => sequenceCase("sequences")),
  ];
}

/** A feature with the specification that it is read by and, for ragged ones, the features that cut it. */
interface Column {
  readonly spec: FeatureSpec;
  /** Features of a record, by key; some are left out or wrong. */
  readonly features: () => Record<string, Feature>;
}

function exampleCase(how: "single" | "batch"): ParseCase {
  const columns = times(1 + below(3), (i) => column(how, `f${i}`));
  const records = times(how === "single" ? 1 : below(5), () =>
    encodeExample(
      Object.assign({ other: bytesFeature("never read") }, ...columns.map((one) => one.features())),
    ),
  );
  return { how, records, features: specsOf(columns), featureLists: {} };
}

function specsOf(columns: readonly Column[]): Record<string, FeatureSpec> {
  return Object.fromEntries(columns.map(({ spec }, i) => [`f${i}`, spec]));
}

const KINDS = ["fixedLen", "fixedLen", "varLen", "ragged", "fixedLenSequence"] as const;
/** TensorFlow reads no sequence from a context. */
const CONTEXT_KINDS = KINDS.slice(0, 4);

function column(
  how: ParseCase["how"],
  key: string,
  kinds: readonly (typeof KINDS)[number][] = KINDS,
): Column {
  const dtype = pick(DTYPES);
  const kind = pick(kinds);
  if (kind === "ragged") return raggedColumn(how, key, dtype);
  if (kind === "varLen")
    return { spec: varLenFeature(dtype), features: () => maybe(key, dtype, () => below(5)) };
  const shape = pick([[], [2], [3, 2], [1]]);
  const size = shape.reduce((a, b) => a * b, 1);
  if (kind === "fixedLen")
    return { spec: fixedLen(shape, size, dtype), features: () => maybe(key, dtype, () => size) };
  // TensorFlow takes sequences in Examples with allow_missing only.
  const spec = fixedLenSequenceFeature<FeatureDtype>(shape, dtype, {
    allowMissing: true,
    ...(chance(0.5) && { defaultValue: filler(dtype) }),
  });
  return { spec, features: () => maybe(key, dtype, () => size * below(4)) };
}

function fixedLen(shape: number[], size: number, dtype: FeatureDtype): FeatureSpec {
  if (chance(0.5)) return fixedLenFeature(shape, dtype);
  if (dtype === "float32") return fixedLenFeature(shape, dtype, { defaultValue: times(size, (i) => i / 4) });
  if (dtype === "int64") return fixedLenFeature(shape, dtype, { defaultValue: times(size, (i) => i) });
  return fixedLenFeature(shape, dtype, { defaultValue: times(size, (i) => `d${i}`) });
}

const filler = (dtype: FeatureDtype) => (dtype === "string" ? "pad" : -1);

function raggedColumn(how: ParseCase["how"], key: string, dtype: FeatureDtype): Column {
  const depth = below(3);
  const partitions: Partition[] = times(depth, (i) => {
    const by = pick([
      "rowSplits",
      "rowLengths",
      "rowStarts",
      "rowLimits",
      "valueRowIds",
      "uniformRowLength",
    ] as const);
    return by === "uniformRowLength" ? { by, length: 2 } : { by, key: `${key}/p${i}` };
  });
  const spec = raggedFeature(dtype, { valueKey: `${key}/v`, partitions });
  // Without row starts TensorFlow makes no rows and does not say so; and in a batch it checks the sum only, so that a
  // record's values may end in another's row. We refuse both.
  const spoilt = how === "single" && !partitions.some(({ by }) => by === "rowStarts");
  return { spec, features: () => cutRows(key, dtype, partitions, spoilt) };
}

/** Values and the partitions that cut them, made from the outermost to the innermost; sometimes spoilt. */
function cutRows(
  key: string,
  dtype: FeatureDtype,
  partitions: readonly Partition[],
  spoilt: boolean,
): Record<string, Feature> {
  const features: Record<string, Feature> = {};
  // How many rows there are on the level above; each is cut into some.
  let rows: number = below(3);
  for (const partition of partitions) {
    const lengths = times(rows, () => (partition.by === "uniformRowLength" ? 2 : below(3)));
    // Ids cannot tell of empty rows at the end.
    if (partition.by === "valueRowIds" && lengths.length > 0) lengths[lengths.length - 1] = 1 + below(2);
    rows = lengths.reduce((a, b) => a + b, 0);
    if (partition.by !== "uniformRowLength")
      features[partition.key] = partitionFeature(partition.by, lengths);
  }
  if (partitions.length === 0) rows = below(5);
  features[`${key}/v`] = values(dtype, rows);
  if (spoilt && rows > 0 && chance(0.3)) delete features[pick(Object.keys(features))];
  return features;
}

function partitionFeature(
  by: Exclude<Partition["by"], "uniformRowLength">,
  lengths: readonly number[],
): Feature {
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const starts = ends.map((end, i) => end - lengths[i]!);
  switch (by) {
    case "rowSplits":
      return int64Feature([0, ...ends]);
    case "rowLengths":
      return int64Feature(lengths);
    case "rowStarts":
      return int64Feature(starts);
    case "rowLimits":
      return int64Feature(ends);
    case "valueRowIds":
      return int64Feature(lengths.flatMap((length, row) => times(length, () => row)));
  }
}

/** A feature of so many values: now and then missing, of another type or of another number. */
function maybe(key: string, dtype: FeatureDtype, count: () => number): Record<string, Feature> {
  if (chance(0.1)) return {};
  if (chance(0.04)) return { [key]: values(pick(DTYPES), count()) };
  return { [key]: values(dtype, chance(0.04) ? count() + 1 : count()) };
}

function values(dtype: FeatureDtype, count: number): Feature {
  if (dtype === "float32")
    return floatFeature(times(count, () => pick([random(), Number.NaN, -0, 1e30, 0.1])));
  if (dtype === "int64")
    return int64Feature(times(count, () => pick([below(100), -below(100), 2n ** 62n + 1n, -(2n ** 63n)])));
  return bytesFeature(times(count, () => pick(["", "π", "text", Uint8Array.of(255, 0)])));
}

function sequenceCase(how: "sequence" | "sequences"): ParseCase {
  const context = times(below(2), (i) => column(how, `f${i}`, CONTEXT_KINDS));
  const lists = times(1 + below(2), (i) => listColumn(`l${i}`));
  const records = times(how === "sequence" ? 1 : 1 + below(3), () =>
    encodeSequenceExample({
      context: Object.assign({}, ...context.map((one) => one.features())),
      featureLists: Object.assign({}, ...lists.map((one) => one.steps())),
    }),
  );
  const featureLists = Object.fromEntries(lists.map(({ spec }, i) => [`l${i}`, spec]));
  return { how, records, features: specsOf(context), featureLists };
}

/** A feature list with its specification. */
interface ListColumn {
  readonly spec: SequenceFeatureSpec;
  readonly steps: () => Record<string, Feature[]>;
}

function listColumn(key: string): ListColumn {
  const dtype = pick(DTYPES);
  const kind = pick(["varLen", "fixedLenSequence", "ragged"] as const);
  if (kind === "ragged") return raggedList(key, dtype);
  if (kind === "varLen")
    return { spec: varLenFeature(dtype), steps: () => steps(key, dtype, () => below(4)) };
  const shape = pick([[], [2]]);
  const spec = fixedLenSequenceFeature(shape, dtype, { allowMissing: chance(0.5) });
  return { spec, steps: () => steps(key, dtype, () => shape[0] ?? 1) };
}

function steps(key: string, dtype: FeatureDtype, count: () => number): Record<string, Feature[]> {
  if (chance(0.1)) return {};
  return { [key]: times(below(4), () => values(chance(0.03) ? pick(DTYPES) : dtype, count())) };
}

function raggedList(key: string, dtype: FeatureDtype): ListColumn {
  const partitions: Partition[] = chance(0.5) ? [{ by: "rowLengths", key: `${key}/p` }] : [];
  return {
    spec: raggedFeature(dtype, { valueKey: `${key}/v`, partitions }),
    steps() {
      const cut = times(below(4), () => times(below(3), () => below(3)));
      const counts = cut.map((lengths) => lengths.reduce((a, b) => a + b, 0));
      const lists: Record<string, Feature[]> = { [`${key}/v`]: counts.map((count) => values(dtype, count)) };
      if (partitions.length > 0) lists[`${key}/p`] = cut.map((lengths) => int64Feature(lengths));
      return lists;
    },
  };
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
