/** Names of data types as Keras and NumPy spell them. */
import { DataType } from "../../proto/index.ts";

const NUMPY: Readonly<Record<string, string>> = { float16: "HALF", float32: "FLOAT", float64: "DOUBLE" };

/** Those that stock knows; of others (a mixed-precision policy, a float of 8 bits) it says nothing. */
const KNOWN =
  /^(half|float|double|float(16|32|64)|bfloat16|u?int(8|16|32|64)|complex(64|128)|string|bool|q(u?int(8|16)|int32)|resource|variant)(_ref)?$/;

export function dataTypeNamed(name: unknown): DataType | undefined {
  if (typeof name !== "string" || !KNOWN.test(name)) return undefined;
  const [base = "", reference] = name.split("_");
  const constant = `DT_${NUMPY[base] ?? base.toUpperCase()}${reference === undefined ? "" : "_REF"}`;
  return DataType[constant as keyof typeof DataType];
}
