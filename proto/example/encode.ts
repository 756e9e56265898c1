/**
 * Writes Examples and SequenceExamples: sizes first, then one block of memory filled from the front. Field numbers:
 * TensorFlow's example.proto and feature.proto (proto/schema/example.proto).
 */
import { type Feature, type FeatureInput, toFeature } from "./feature.ts";
import { fromText } from "./text.ts";
import { LENGTH } from "./wire.ts";

/** Features by key. */
export type FeatureMap = Readonly<Record<string, FeatureInput>> | ReadonlyMap<string, FeatureInput>;

/** What a SequenceExample is made of. */
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
 */
export function encodeExample(features: FeatureMap): Uint8Array {
  return encode(field(1, featuresPart(features)));
}

/**
 * A `tf.train.SequenceExample`, encoded: features of the whole, and lists of features by step.
 *
 * @throws TypeError, naming the key, where a value leaves open whether it is float or integer
 */
export function encodeSequenceExample({ context = {}, featureLists = {} }: SequenceInput): Uint8Array {
  const lists = entriesOf(featureLists).map(([key, steps]) => {
    const list = steps.map((step) => field(1, featurePart(key, step)));
    return entryPart(key, join(list));
  });
  return encode(join([field(1, featuresPart(context)), field(2, join(lists))]));
}

/** A piece of a message whose size is known before it is written. */
interface Part {
  readonly size: number;
  /** Writes `size` bytes at `offset`. */
  write(target: Uint8Array, offset: number): void;
}

function encode(part: Part): Uint8Array {
  const bytes = new Uint8Array(part.size);
  part.write(bytes, 0);
  return bytes;
}

function featuresPart(features: FeatureMap): Part {
  return join(entriesOf(features).map(([key, input]) => entryPart(key, featurePart(key, input))));
}

/** An entry of a map field 1. */
function entryPart(key: string, value: Part): Part {
  return field(1, join([field(1, bytesPart(fromText(key))), field(2, value)]));
}

function featurePart(key: string, input: FeatureInput): Part {
  let feature: Feature;
  try {
    feature = toFeature(input);
  } catch (error) {
    throw new TypeError(`feature "${key}": ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  if (feature.kind === "bytes")
    return field(1, join(feature.values.map((value) => field(1, bytesPart(value)))));
  // Numbers are packed; a list without any has no field at all.
  const [number, packed] =
    feature.kind === "float" ? [2, floatsPart(feature.values)] : [3, integersPart(feature.values)];
  return field(number, packed.size === 0 ? packed : field(1, packed));
}

function bytesPart(bytes: Uint8Array): Part {
  return { size: bytes.length, write: (target, offset) => target.set(bytes, offset) };
}

function floatsPart({ buffer, byteOffset, byteLength }: Float32Array): Part {
  return bytesPart(new Uint8Array(buffer, byteOffset, byteLength));
}

function integersPart(values: BigInt64Array): Part {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  let size = 0;
  for (let i = 0; i < halves.length; i += 2) size += varintSize(halves[i]!, halves[i + 1]!);
  return {
    size,
    write(target, offset) {
      let at = offset;
      for (let i = 0; i < halves.length; i += 2) at = putVarint(target, at, halves[i]!, halves[i + 1]!);
    },
  };
}

/** A length-delimited field around a part. */
function field(number: number, content: Part): Part {
  const head = 1 + varintSize(content.size, 0);
  return {
    size: head + content.size,
    write(target, offset) {
      target[offset] = (number << 3) | LENGTH;
      content.write(target, putVarint(target, offset + 1, content.size, 0));
    },
  };
}

function join(parts: readonly Part[]): Part {
  return {
    size: parts.reduce((sum, { size }) => sum + size, 0),
    write(target, offset) {
      let at = offset;
      for (const part of parts) {
        part.write(target, at);
        at += part.size;
      }
    },
  };
}

/** Bytes of the varint of a 64-bit integer given as halves. */
function varintSize(low: number, high: number): number {
  if (high !== 0) return high < 0 ? 10 : Math.ceil((64 - Math.clz32(high)) / 7);
  return Math.max(1, Math.ceil((32 - Math.clz32(low)) / 7));
}

/** Writes the varint of a 64-bit integer given as halves; gives the offset after it. */
function putVarint(target: Uint8Array, offset: number, low: number, high: number): number {
  let at = offset;
  let l = low >>> 0;
  let h = high >>> 0;
  while (h !== 0 || l > 0x7f) {
    target[at++] = (l & 0x7f) | 0x80;
    l = ((l >>> 7) | (h << 25)) >>> 0;
    h >>>= 7;
  }
  target[at++] = l;
  return at;
}

function entriesOf<Value>(
  map: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>,
): [string, Value][] {
  return map instanceof Map ? [...map] : Object.entries(map);
}
