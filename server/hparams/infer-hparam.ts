/** What a hyperparameter is, told from the values that the sessions have of it. */
import { pb } from "../../proto/index.ts";
import { pythonFloat } from "../../proto/text-format/float-text.ts";
import { isSerializable, type Scalar, scalarOf, type Value } from "./value.ts";

const { DATA_TYPE_BOOL, DATA_TYPE_FLOAT64, DATA_TYPE_STRING, DATA_TYPE_UNSET } = pb.hparams.DataType;

/** Null when no value is text, a number or a truth value. */
export function inferHparam(
  name: string,
  values: readonly Value[],
): pb.hparams.HParamInfo.$Properties | null {
  const type = commonType(values);
  switch (type) {
    case DATA_TYPE_STRING: {
      // Stock has them in no order.
      const texts = [
        ...new Set(values.filter(isSerializable).map(scalarOf).filter(isScalar).map(asText)),
      ].sort();
      return discrete(
        name,
        type,
        texts.map((stringValue) => ({ stringValue })),
      );
    }
    case DATA_TYPE_BOOL: {
      // A value that is null counts as false, its default.
      const present = [false, true].filter((b) => values.some(({ boolValue }) => (boolValue ?? false) === b));
      return discrete(
        name,
        type,
        present.map((boolValue) => ({ boolValue })),
      );
    }
    case DATA_TYPE_FLOAT64: {
      const numbers = values.map(({ numberValue }) => numberValue ?? 0).sort((a, b) => a - b);
      return {
        name,
        type,
        domainInterval: { minValue: numbers[0]!, maxValue: numbers.at(-1)! },
        differs: new Set(numbers).size > 1,
      };
    }
    default:
      return null;
  }
}

function discrete(
  name: string,
  type: pb.hparams.DataType,
  values: Value[],
): pb.hparams.HParamInfo.$Properties {
  return { name, type, domainDiscrete: { values }, differs: values.length > 1 };
}

const isScalar = (value: Scalar | null): value is Scalar => value !== null;

/** The type of all values that have one; text where they disagree. */
function commonType(values: readonly Value[]): pb.hparams.DataType {
  const types = new Set(values.map(typeOf));
  types.delete(DATA_TYPE_UNSET);
  return types.size > 1 ? DATA_TYPE_STRING : ([...types][0] ?? DATA_TYPE_UNSET);
}

function typeOf({ numberValue, stringValue, boolValue }: Value): pb.hparams.DataType {
  if (numberValue != null) return DATA_TYPE_FLOAT64;
  if (stringValue != null) return DATA_TYPE_STRING;
  return boolValue != null ? DATA_TYPE_BOOL : DATA_TYPE_UNSET;
}

/** Text as Python's JSON has it between its quotes (escapes and all, as stock shows it), numbers as Python's floats. */
function asText(value: Scalar): string {
  if (typeof value === "number") return pythonFloat(value);
  if (typeof value === "boolean") return String(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  return escaped.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
