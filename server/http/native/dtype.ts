/** Names of tensors' types, as TensorFlow's Python API has them. */
import { DataType } from "../../../proto/index.ts";

/** Those that are not the lower case of what the .proto calls them. */
const NAMES: Partial<Record<DataType, string>> = {
  [DataType.DT_FLOAT]: "float32",
  [DataType.DT_DOUBLE]: "float64",
  [DataType.DT_HALF]: "float16",
};

export function dtypeName(dtype: DataType): string {
  return NAMES[dtype] ?? DataType[dtype].replace(/^DT_/, "").toLowerCase();
}
