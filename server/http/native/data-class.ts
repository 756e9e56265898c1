/** Data classes by the names that the native API has for them. */
import type { DataClassName } from "../../api/types.ts";
import { DataClass } from "../../ingest/series-metadata.ts";

export function dataClassName(dataClass: DataClass): DataClassName {
  switch (dataClass) {
    case DataClass.DATA_CLASS_SCALAR:
      return "scalar";
    case DataClass.DATA_CLASS_TENSOR:
      return "tensor";
    case DataClass.DATA_CLASS_BLOB_SEQUENCE:
      return "blob_sequence";
    default:
      return "unknown";
  }
}
