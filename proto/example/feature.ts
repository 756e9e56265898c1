/** Features as training code makes them: lists of bytes, of 32-bit floats, or of 64-bit integers. */
import { fromText } from "./text.ts";

/**
 * A feature's list. Strings are UTF-8 bytes.
 *
 * @example
 * const summarize = ({ kind, values }: Feature) => `${values.length} of ${kind}`;
 * console.log(summarize(floatFeature([0.5, 1]))); // 2 of float
 */
export type Feature =
  | { readonly kind: "bytes"; readonly values: readonly Uint8Array[] }
  | { readonly kind: "float"; readonly values: Float32Array }
  | { readonly kind: "int64"; readonly values: BigInt64Array };

/** Numbers that a list is made of. */
type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/**
 * What stands for a feature where its type leaves no doubt: text and bytes (a Uint8Array is one value), floats,
 * 32- and 64-bit integers. A plain number could be either: say {@link floatFeature} or {@link int64Feature}.
 *
 * @example
 * const row: Record<string, FeatureInput> = { name: "seven", label: 7n, weights: Float32Array.of(0.5, 1) };
 * console.log(Array.from(decodeExample(encodeExample(row)).values(), ({ kind }) => kind).join()); // bytes,int64,float
 */
export type FeatureInput =
  | Feature
  | string
  | bigint
  | Uint8Array
  | Float32Array
  | Int32Array
  | BigInt64Array
  | readonly (string | Uint8Array)[];

/**
 * A list of bytes: strings as UTF-8, Uint8Arrays as they are, not copied.
 *
 * @throws TypeError for a value that is neither
 * @example
 * const { values } = bytesFeature(["naïve", Uint8Array.of(255)]);
 * console.log(values.map(({ length }) => length).join()); // 6,1
 */
export function bytesFeature(
  values: string | Uint8Array | readonly (string | Uint8Array)[],
): Extract<Feature, { kind: "bytes" }> {
  const list = typeof values === "string" || values instanceof Uint8Array ? [values] : values;
  return {
    kind: "bytes",
    values: Array.from(list, (value, i) => {
      if (typeof value === "string") return fromText(value);
      if (value instanceof Uint8Array) return value;
      throw new TypeError(`value ${i} of a bytes feature is a string or Uint8Array, not ${typeof value}`);
    }),
  };
}

/**
 * A list of floats, rounded to 32 bits as the format has them. A Float32Array is not copied.
 *
 * @param values one or many; of typed arrays all but those of bigints
 * @throws TypeError for a value that is no number
 * @example
 * console.log(floatFeature([0.5, 0.1]).values.join()); // 0.5,0.10000000149011612
 */
export function floatFeature(
  values: number | readonly number[] | NumberArray,
): Extract<Feature, { kind: "float" }> {
  if (values instanceof Float32Array) return { kind: "float", values };
  const list = typeof values === "number" ? [values] : values;
  const floats = new Float32Array(list.length);
  for (let i = 0; i < floats.length; i++) {
    const value: unknown = list[i];
    if (typeof value !== "number")
      throw new TypeError(`value ${i} of a float feature is a number, not ${typeof value}`);
    floats[i] = value;
  }
  return { kind: "float", values: floats };
}

/**
 * A list of integers; booleans count as 0 and 1. A BigInt64Array is not copied.
 *
 * @param values one or many; of typed arrays all but those of floats and BigUint64Array
 * @throws RangeError for a number that is not an integer, or beyond 2^53 - 1 where numbers are not exact (give a
 *   bigint), or a bigint beyond 64 bits
 * @example
 * console.log(int64Feature([7, true, 2n ** 60n]).values.join()); // 7,1,1152921504606846976
 */
export function int64Feature(
  values:
    | number
    | bigint
    | boolean
    | readonly (number | bigint | boolean)[]
    | Exclude<NumberArray, Float32Array | Float64Array>
    | BigInt64Array,
): Extract<Feature, { kind: "int64" }> {
  if (values instanceof BigInt64Array) return { kind: "int64", values };
  return { kind: "int64", values: toInt64(typeof values === "object" ? values : [values]) };
}

/** Exact 64-bit integers of numbers and bigints. Throws RangeError where there is none. */
export function toInt64(list: ArrayLike<number | bigint | boolean>): BigInt64Array {
  const integers = new BigInt64Array(list.length);
  const halves = new Int32Array(integers.buffer);
  for (let i = 0; i < list.length; i++) {
    const value = list[i]!;
    if (typeof value === "bigint") integers[i] = inRange(value, i);
    else {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw new RangeError(whyNoInteger(value, i));
      // Two halves and no bigint: images have many thousand values.
      halves[2 * i] = number | 0;
      halves[2 * i + 1] = Math.floor(number / 2 ** 32);
    }
  }
  return integers;
}

function inRange(value: bigint, i: number): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new RangeError(`value ${i} of an int64 feature is ${value}, which does not fit 64 bits`);
}

function whyNoInteger(value: unknown, i: number): string {
  const what = `value ${i} of an int64 feature`;
  if (typeof value !== "number" || !Number.isInteger(value)) return `${what} is ${value}, not an integer`;
  return `${what} is ${value}, beyond 2^53 - 1 where numbers are not exact: give a bigint`;
}

/**
 * The feature that an input stands for.
 *
 * @throws TypeError for a plain number or a list of them, and what else leaves the type open
 */
export function toFeature(input: FeatureInput): Feature {
  if (typeof input === "string" || input instanceof Uint8Array) return bytesFeature(input);
  if (input instanceof Float32Array) return floatFeature(input);
  if (input instanceof Int32Array || input instanceof BigInt64Array || typeof input === "bigint")
    return int64Feature(input);
  if (isFeature(input)) return input;
  if (Array.isArray(input) && input.every((one) => typeof one === "string" || one instanceof Uint8Array))
    return bytesFeature(input);
  throw new TypeError(
    `${nameOf(input)} leaves the feature's type open: say floatFeature(…), int64Feature(…) or bytesFeature(…)`,
  );
}

function isFeature(input: unknown): input is Feature {
  return (
    typeof input === "object" &&
    input !== null &&
    "kind" in input &&
    (input.kind === "bytes" || input.kind === "float" || input.kind === "int64")
  );
}

function nameOf(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? "an empty list" : `a list of ${typeof input[0]}s`;
  if (typeof input === "object" && input !== null) return input.constructor?.name ?? "an object";
  return `the ${typeof input} ${String(input)}`;
}
