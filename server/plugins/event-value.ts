/**
 * Values taken out of their events, with those that TensorFlow 1 wrote in today's form.
 * Rules: `data_compat.rs` of TensorBoard's data server.
 */
import { DataType, decodeTensor, type pb, type TensorValue } from "../../proto/index.ts";
import { tensorExcess } from "../ingest/decode-limits.ts";
import type { SeriesMetadata } from "../ingest/series-metadata.ts";

/** The tensor of a value, legacy histograms included; null when there is none that can be decoded, or it is too large. */
export function tensorOf(value: pb.Summary.Value.$Properties): TensorValue | null {
  if (value.histo) return legacyHistogramTensor(value.histo);
  // A value that only carries metadata stands for an empty float vector.
  if (!value.tensor) return { dtype: DataType.DT_FLOAT, shape: [0], data: new Float32Array() };
  if (tensorExcess(value.tensor) !== null) return null;
  try {
    return decodeTensor(value.tensor);
  } catch {
    return null;
  }
}

/**
 * A HistogramProto as a tensor of shape [buckets, 3]: left edge, right edge, count. The outermost edges become the
 * smallest and the largest value, as TensorBoard has it. Null when the proto's lists do not match.
 */
export function legacyHistogramTensor(histogram: pb.HistogramProto.$Properties): TensorValue | null {
  const limits = histogram.bucketLimit ?? [];
  const counts = histogram.bucket ?? [];
  if (limits.length !== counts.length) return null;
  const last = counts.length - 1;
  const data = Float64Array.from({ length: counts.length * 3 }, (_, i) => {
    const bucket = Math.floor(i / 3);
    if (i % 3 === 0) return bucket === 0 ? (histogram.min ?? 0) : limits[bucket - 1]!;
    if (i % 3 === 1) return bucket === last ? (histogram.max ?? 0) : limits[bucket]!;
    return counts[bucket]!;
  });
  return { dtype: DataType.DT_DOUBLE, shape: [counts.length, 3], data };
}

/** Blobs that stand before the images of a value: the width and the height, as text. */
export const IMAGE_OFFSET = 2;

/** Plugins whose single string may stand without a dimension. */
const SCALAR_BLOBS = new Set(["graph_run_metadata", "graph_run_metadata_graph", "graph_keras_model"]);

/**
 * The blobs of an event's value: a graph, a run metadata, [width, height, image], an audio clip, or the strings
 * of a tensor. Null when the value holds none.
 */
export function blobsOf(event: pb.Event, index: number, { plugin }: SeriesMetadata): Uint8Array[] | null {
  if (event.graphDef) return [event.graphDef];
  if (event.taggedRunMetadata) return [event.taggedRunMetadata.runMetadata ?? new Uint8Array()];
  const value = event.summary?.value?.[index];
  if (value?.image) {
    const { width, height, encodedImageString } = value.image;
    const text = (n: number | null | undefined) => Buffer.from(String(n ?? 0));
    return [text(width), text(height), encodedImageString ?? new Uint8Array()];
  }
  if (value?.audio) return [value.audio.encodedAudioString ?? new Uint8Array()];
  if (value?.tensor?.dtype !== DataType.DT_STRING) return null;
  const strings = value.tensor.stringVal ?? [];
  const dims = value.tensor.tensorShape?.dim ?? [];
  if (dims.length === 1) return strings;
  // Audio with labels: [clips, 2], of which the labels are not shown.
  if (dims.length === 2 && Number(dims[1]!.size) === 2 && plugin === "audio")
    return strings.slice(0, strings.length & ~1).filter((_, i) => i % 2 === 0);
  return dims.length === 0 && strings.length === 1 && SCALAR_BLOBS.has(plugin) ? strings : null;
}
