/**
 * Writes Examples and SequenceExamples: sizes first, from the inside out, then one block of memory filled from the
 * front. Field numbers: TensorFlow's example.proto and feature.proto (proto/schema/example.proto).
 */
import { type Feature, type FeatureInput, toFeature } from "./feature.ts";
import { fromText } from "./text.ts";
import { fieldSize, varintSize, WireWriter } from "./wire-writer.ts";

/**
 * Features by key. They are written in its order.
 *
 * @example
 * const features: FeatureMap = new Map([["label", 7n], ["id", 12n]]);
 * console.log(Array.from(decodeExample(encodeExample(features)).keys()).join()); // label,id
 */
export type FeatureMap = Readonly<Record<string, FeatureInput>> | ReadonlyMap<string, FeatureInput>;

/**
 * What a SequenceExample is made of.
 *
 * @example
 * const sentence: SequenceInput = {
 *   context: { language: "en" },
 *   featureLists: { words: ["a", "short", "one"] },
 * };
 * const { featureLists } = decodeSequenceExample(encodeSequenceExample(sentence));
 * console.log(featureLists.get("words")?.length); // 3
 */
export interface SequenceInput {
  /** Features of the sequence as a whole. Default: none. */
  readonly context?: FeatureMap;
  /** Lists of features, one a step. Default: none. */
  readonly featureLists?:
    | Readonly<Record<string, readonly FeatureInput[]>>
    | ReadonlyMap<string, readonly FeatureInput[]>;
}

/**
 * A `tf.train.Example` of these features, encoded; keys stay in order.
 *
 * @throws TypeError, naming the key, where a value leaves open whether it is float or integer
 * @example
 * const digit = encodeExample({
 *   image: new Uint8Array(28 * 28),
 *   label: int64Feature(7),
 *   weights: floatFeature([0.5, 1]),
 *   name: "seven",
 * });
 * console.log(Array.from(decodeExample(digit).values(), ({ kind }) => kind).join()); // bytes,int64,float,bytes
 */
export function encodeExample(features: FeatureMap): Uint8Array {
  const sized = sizedFeatures(features);
  const writer = new WireWriter(fieldSize(sized.size));
  putFeatures(writer, sized);
  return writer.bytes;
}

/**
 * A `tf.train.SequenceExample`, encoded: features of the whole, and lists of features by step.
 *
 * @throws TypeError, naming the key, where a value leaves open whether it is float or integer
 * @example
 * const walk = encodeSequenceExample({
 *   context: { person: "Ada" },
 *   featureLists: { position: [floatFeature([0, 0]), floatFeature([0.5, 1]), floatFeature([1, 2])] },
 * });
 * const specs = { featureLists: { position: fixedLenSequenceFeature([2], "float32") } };
 * console.log(parseSequenceExample(walk, specs).featureLists.position.shape.join()); // 3,2
 */
export function encodeSequenceExample({ context = {}, featureLists = {} }: SequenceInput): Uint8Array {
  const whole = sizedFeatures(context);
  const lists = sizedMap(featureLists, sizedSteps);
  const writer = new WireWriter(fieldSize(whole.size) + fieldSize(lists.size));
  putFeatures(writer, whole);
  writer.head(2, lists.size);
  for (const { key, value, size } of lists.entries) {
    putEntryHead(writer, key, value.size, size);
    for (const step of value.steps) {
      writer.head(1, step.size);
      putFeature(writer, step);
    }
  }
  return writer.bytes;
}

/** A message whose size is known before it is written. */
interface Sized {
  /** Bytes of its content, without the field that it stands in. */
  readonly size: number;
}

/** A map field's entries. */
interface SizedMap<Value extends Sized> extends Sized {
  readonly entries: readonly SizedEntry<Value>[];
}

interface SizedEntry<Value extends Sized> extends Sized {
  readonly key: Uint8Array;
  readonly value: Value;
}

interface SizedFeature extends Sized {
  readonly feature: Feature;
  /** Bytes of the list that the feature holds. */
  readonly list: number;
  /** Bytes of its packed numbers; 0 for a list of bytes. */
  readonly packed: number;
}

interface SizedSteps extends Sized {
  readonly steps: readonly SizedFeature[];
}

function sizedFeatures(features: FeatureMap): SizedMap<SizedFeature> {
  return sizedMap(features, sizedFeature);
}

function sizedMap<Input, Value extends Sized>(
  map: Readonly<Record<string, Input>> | ReadonlyMap<string, Input>,
  sizedValue: (key: string, input: Input) => Value,
): SizedMap<Value> {
  let total = 0;
  const entries: SizedEntry<Value>[] = [];
  for (const [name, input] of map instanceof Map ? map : Object.entries(map)) {
    const key = keyBytes(name);
    const value = sizedValue(name, input);
    const size = fieldSize(key.length) + fieldSize(value.size);
    entries.push({ key, value, size });
    total += fieldSize(size);
  }
  return { entries, size: total };
}

function sizedSteps(key: string, inputs: readonly FeatureInput[]): SizedSteps {
  const steps = inputs.map((input) => sizedFeature(key, input));
  return { steps, size: steps.reduce((sum, { size }) => sum + fieldSize(size), 0) };
}

function sizedFeature(key: string, input: FeatureInput): SizedFeature {
  const feature = featureOf(key, input);
  if (feature.kind === "bytes") {
    let list = 0;
    for (const value of feature.values) list += fieldSize(value.length);
    return { feature, list, packed: 0, size: fieldSize(list) };
  }
  const packed = feature.kind === "float" ? feature.values.byteLength : integersSize(feature.values);
  // A list without numbers has no field for them.
  const list = packed === 0 ? 0 : fieldSize(packed);
  return { feature, list, packed, size: fieldSize(list) };
}

function featureOf(key: string, input: FeatureInput): Feature {
  try {
    return toFeature(input);
  } catch (cause) {
    throw new TypeError(`feature "${key}": ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function putFeatures(writer: WireWriter, features: SizedMap<SizedFeature>): void {
  writer.head(1, features.size);
  for (const { key, value, size } of features.entries) {
    putEntryHead(writer, key, value.size, size);
    putFeature(writer, value);
  }
}

/** An entry up to its value: key 1, value 2. */
function putEntryHead(writer: WireWriter, key: Uint8Array, valueSize: number, size: number): void {
  writer.head(1, size);
  writer.head(1, key.length);
  writer.put(key);
  writer.head(2, valueSize);
}

/** Feature: bytes_list 1, float_list 2, int64_list 3, each with its values in field 1, numbers packed. */
function putFeature(writer: WireWriter, { feature, list, packed }: SizedFeature): void {
  writer.head(feature.kind === "bytes" ? 1 : feature.kind === "float" ? 2 : 3, list);
  if (feature.kind === "bytes") {
    for (const value of feature.values) {
      writer.head(1, value.length);
      writer.put(value);
    }
    return;
  }
  if (packed === 0) return;
  writer.head(1, packed);
  const { buffer, byteOffset, byteLength } = feature.values;
  if (feature.kind === "float") writer.put(new Uint8Array(buffer, byteOffset, byteLength));
  else writer.integers(halvesOf(feature.values));
}

function integersSize(values: BigInt64Array): number {
  const halves = halvesOf(values);
  let size = 0;
  for (let i = 0; i < halves.length; i += 2) size += varintSize(halves[i]!, halves[i + 1]!);
  return size;
}

/** Each integer as two halves, low first: no bigint is made. */
function halvesOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length * 2);
}

/** Keys recur in every record: their bytes are made once. */
const keys = new Map<string, Uint8Array>();

function keyBytes(key: string): Uint8Array {
  let bytes = keys.get(key);
  if (bytes === undefined) {
    bytes = fromText(key);
    if (keys.size < 4096) keys.set(key, bytes);
  }
  return bytes;
}
