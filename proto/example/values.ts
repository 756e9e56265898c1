/** Values of features in memory: the three element types, and how each is counted and copied out of a record. */
import { ExampleError } from "./error.ts";
import type { FeatureKind, FeatureSpan } from "./scan.ts";

/**
 * Element types of features, by TensorFlow's names; `string` is bytes.
 *
 * @example
 * const columns: Record<string, FeatureDtype> = { age: "int64", height: "float32" };
 * const entries = Object.entries(columns).map(([name, dtype]) => [name, fixedLenFeature([], dtype)] as const);
 * const person = encodeExample({ age: int64Feature(36), height: floatFeature(1.75) });
 * const { age, height } = parseExample(person, Object.fromEntries(entries));
 * console.log(Number(age?.data[0]), height?.data[0]); // 36 1.75
 */
export type FeatureDtype = "float32" | "int64" | "string";

/**
 * What holds the values of each type. Integers are exact, also beyond 2^53.
 *
 * @example
 * const mean = (values: ValueArrays["float32"]) => values.reduce((a, b) => a + b, 0) / values.length;
 * const { x } = parseExample(encodeExample({ x: floatFeature([1, 2, 6]) }), { x: varLenFeature("float32") });
 * console.log(mean(x.values)); // 3
 */
export interface ValueArrays {
  readonly float32: Float32Array;
  readonly int64: BigInt64Array;
  readonly string: Uint8Array[];
}

/** How one type is read. */
export interface ElementType<Dtype extends FeatureDtype> {
  readonly dtype: Dtype;
  /** The list that holds it. */
  readonly kind: FeatureKind;
  /** `length` values: zeros, or empty strings. */
  allocate(length: number): ValueArrays[Dtype];
  /** How many values a feature of this kind has. Throws ExampleError at a damaged list. */
  count(feature: FeatureSpan): number;
  /** Puts all values into `target` from `offset` on. */
  copy(feature: FeatureSpan, target: ValueArrays[Dtype], offset: number): void;
}

const EMPTY = new Uint8Array();

const float32: ElementType<"float32"> = {
  dtype: "float32",
  kind: "float",
  allocate: (length) => new Float32Array(length),
  count({ runs }) {
    let bytes = 0;
    for (let i = 0; i < runs.length; i += 2) bytes += runs[i + 1]! - runs[i]!;
    if (bytes % 4 !== 0)
      throw new ExampleError(`not an Example: ${bytes} bytes are no list of 32-bit floats`);
    return bytes / 4;
  },
  copy({ bytes, runs }, target, offset) {
    const out = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    let at = offset * 4;
    for (let i = 0; i < runs.length; i += 2) {
      out.set(bytes.subarray(runs[i]!, runs[i + 1]!), at);
      at += runs[i + 1]! - runs[i]!;
    }
  },
};

const int64: ElementType<"int64"> = {
  dtype: "int64",
  kind: "int64",
  allocate: (length) => new BigInt64Array(length),
  count({ bytes, runs }) {
    let count = 0;
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i + 1]!;
      for (let at = runs[i]!; at < end; at++) if (bytes[at]! < 0x80) count++;
      if (end > runs[i]! && bytes[end - 1]! >= 0x80)
        throw new ExampleError("not an Example: a list of integers ends inside one");
    }
    return count;
  },
  copy({ bytes, runs }, target, offset) {
    // Two halves a value: no bigint is made.
    const halves = new Int32Array(target.buffer, target.byteOffset, target.length * 2);
    let at = offset * 2;
    for (let i = 0; i < runs.length; i += 2) {
      for (let place = runs[i]!; place < runs[i + 1]!; at += 2) place = putVarint(bytes, place, halves, at);
    }
  },
};

/** Decodes the varint at `place` into the halves at `at`, low first; gives the place after it. */
function putVarint(bytes: Uint8Array, place: number, halves: Int32Array, at: number): number {
  let low = 0;
  let high = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[place++]!;
    const bits = byte & 0x7f;
    if (shift < 28) low |= bits << shift;
    else if (shift === 28) {
      low |= bits << 28;
      high = bits >>> 4;
    } else if (shift < 64) high |= bits << (shift - 32);
    else throw new ExampleError("not an Example: an integer is longer than 64 bits");
    if (byte < 0x80) break;
  }
  halves[at] = low;
  halves[at + 1] = high;
  return place;
}

const string: ElementType<"string"> = {
  dtype: "string",
  kind: "bytes",
  allocate: (length) => Array.from({ length }, () => EMPTY),
  count: ({ runs }) => runs.length / 2,
  copy({ bytes, runs }, target, offset) {
    for (let i = 0; i < runs.length; i += 2) target[offset + i / 2] = bytes.subarray(runs[i]!, runs[i + 1]!);
  },
};

/** Every element type, by name. */
export const ELEMENT_TYPES: { readonly [Dtype in FeatureDtype]: ElementType<Dtype> } = {
  float32,
  int64,
  string,
};

/** All values of a feature of this type's kind. */
export function valuesOf<Dtype extends FeatureDtype>(
  type: ElementType<Dtype>,
  feature: FeatureSpan,
): ValueArrays[Dtype] {
  const values = type.allocate(type.count(feature));
  type.copy(feature, values, 0);
  return values;
}
