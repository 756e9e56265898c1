/** Default values of specifications, in the form in which records' values come. */
import { toInt64 } from "./feature.ts";
import { fromText } from "./text.ts";
import type { FeatureDtype, ValueArrays } from "./values.ts";

/**
 * Values that stand in where a feature is missing.
 *
 * @example
 * const blank: DefaultValue<"float32"> = new Float32Array(4);
 * const image = fixedLenFeature([2, 2], "float32", { defaultValue: blank });
 * console.log(parseExample(encodeExample({}), { image }).image.data.join()); // 0,0,0,0
 */
export type DefaultValue<Dtype extends FeatureDtype> = Dtype extends "float32"
  ? number | readonly number[] | Float32Array
  : Dtype extends "int64"
    ? number | bigint | readonly (number | bigint)[] | BigInt64Array
    : string | Uint8Array | readonly (string | Uint8Array)[];

type Converters = { readonly [Dtype in FeatureDtype]: (value: DefaultValue<Dtype>) => ValueArrays[Dtype] };

const CONVERTERS: Converters = {
  float32: (value) => (typeof value === "number" ? Float32Array.of(value) : Float32Array.from(value)),
  int64: (value) =>
    value instanceof BigInt64Array ? value : toInt64(typeof value === "object" ? value : [value]),
  string: (value) => {
    const list = typeof value === "string" || value instanceof Uint8Array ? [value] : value;
    return Array.from(list, (one) => (typeof one === "string" ? fromText(one) : one));
  },
};

/** The values of a default. Throws RangeError where an integer is none. */
export function toValues<Dtype extends FeatureDtype>(
  dtype: Dtype,
  value: DefaultValue<Dtype>,
): ValueArrays[Dtype] {
  const convert: Converters[Dtype] = CONVERTERS[dtype];
  return convert(value);
}
