/** Values of hyperparameters: `google.protobuf.Value`, which may hold anything that JSON can. */
import type { pb } from "../../proto/index.ts";

type ListValue = NonNullable<pb.hparams.HParamInfo.$Properties["domainDiscrete"]>;
export type Value = NonNullable<ListValue["values"]>[number];

/** What can be compared, filtered and sorted. */
export type Scalar = string | number | boolean;

/** The text, number or truth value; null for null, lists and objects. */
export function scalarOf(value: Value | undefined): Scalar | null {
  return value?.stringValue ?? value?.numberValue ?? value?.boolValue ?? null;
}

/** The value as JSON has it. */
export function valueJson(value: Value): unknown {
  if (value.listValue) return (value.listValue.values ?? []).map(valueJson);
  if (value.structValue)
    return new Map(
      Object.entries(value.structValue.fields ?? {}).map(([name, field]) => [name, valueJson(field)]),
    );
  return scalarOf(value);
}

/** False for NaN and infinities, which protobuf's JSON has no way to write in a Value. */
export const isSerializable = ({ numberValue }: Value): boolean =>
  numberValue == null || Number.isFinite(numberValue);
