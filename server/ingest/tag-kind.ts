/**
 * What a tag's values are taken for, and how many blobs a value then holds. A value that is not of its tag's kind
 * stands in no answer, as with stock TensorBoard (`into_scalar`, `into_tensor` and `into_blob_sequence` in
 * `data_compat.rs`), though it overtakes others like any.
 */
import { DataType, type pb } from "../../proto/index.ts";
import { DataClass, type SeriesMetadata } from "./series-metadata.ts";

/** `labelled`: blobs that may have labels beside them. `single`: blobs that may stand alone, without a dimension. */
export type TagKind = "scalar" | "tensor" | "blobs" | "labelled" | "single" | "other";

/** In place of a number of blobs: the value is not of its tag's kind. */
export const UNFIT = -1;

/** Plugins of graphs, whose one string may stand without a dimension. */
const SINGLE = new Set(["graph_run_metadata", "graph_run_metadata_graph", "graph_keras_model"]);

export function tagKind({ plugin, dataClass }: SeriesMetadata): TagKind {
  switch (dataClass) {
    case DataClass.DATA_CLASS_SCALAR:
      return "scalar";
    case DataClass.DATA_CLASS_TENSOR:
      return "tensor";
    case DataClass.DATA_CLASS_BLOB_SEQUENCE:
      return plugin === "audio" ? "labelled" : SINGLE.has(plugin) ? "single" : "blobs";
    default:
      return "other";
  }
}

/** Blobs in a value of a summary: none in a tensor; {@link UNFIT} where it is not of the kind. */
export function blobsIn(value: pb.Summary.Value.$Properties, kind: TagKind): number {
  if (kind === "scalar") return UNFIT; // those that fit are in columns
  if (kind === "tensor") return isTensor(value) ? 0 : UNFIT;
  if (value.image != null) return 3; // width, height, bytes
  if (value.audio != null) return 1;
  if (value.tensor?.dtype !== DataType.DT_STRING) return kind === "other" ? 0 : UNFIT;
  const strings = value.tensor.stringVal?.length ?? 0;
  const dims = value.tensor.tensorShape?.dim ?? [];
  if (dims.length === 1 || kind === "other") return strings;
  if (kind === "labelled" && dims.length === 2 && Number(dims[1]!.size) === 2) return Math.floor(strings / 2);
  return kind === "single" && dims.length === 0 && strings === 1 ? 1 : UNFIT;
}

/** Also a value that has only metadata: it stands for an empty tensor. */
function isTensor({ tensor, histo, ...others }: pb.Summary.Value.$Properties): boolean {
  if (tensor != null) return true;
  if (histo != null) return (histo.bucket?.length ?? 0) === (histo.bucketLimit?.length ?? 0);
  const { simpleValue, image, audio, obsoleteOldStyleHistogram } = others;
  return [simpleValue, image, audio, obsoleteOldStyleHistogram].every((other) => other == null);
}
