/** An Event taken apart into values: what each is worth as a scalar, and how many blobs it holds. */
import { DataType, fromWire, pb } from "../../proto/index.ts";
import { initialMetadata, LEGACY, RUN_GRAPH_TAG, type SeriesMetadata } from "./series-metadata.ts";

export interface DecodedEvent {
  readonly step: number | bigint;
  /** Seconds since the epoch. */
  readonly wall: number;
  readonly values: readonly DecodedValue[];
  /** What else it holds. */
  readonly event: pb.Event;
}

export interface DecodedValue {
  readonly tag: string;
  /** Which value of the event's summary; 0 for graphs and run metadata. */
  readonly index: number;
  /** The number, where the value is one: a `simple_value`, or a float tensor of rank 0. */
  readonly scalar: number | null;
  /** Length as a blob sequence: 3 for a legacy image (width, height, bytes), strings in a string tensor. */
  readonly blobs: number;
  /** What a series is that starts with this value. */
  readonly metadata: () => SeriesMetadata;
}

/** @throws when the bytes are not an Event */
export function decodeEvent(data: Uint8Array): DecodedEvent {
  const event = pb.Event.decode(data);
  return { step: fromWire(event.step), wall: event.wallTime, values: valuesOf(event), event };
}

function valuesOf(event: pb.Event): DecodedValue[] {
  if (event.graphDef != null) return [blob(RUN_GRAPH_TAG, LEGACY.runGraph)];
  if (event.taggedRunMetadata != null)
    return [blob(event.taggedRunMetadata.tag ?? "", LEGACY.taggedRunMetadata)];
  return (event.summary?.value ?? []).map((value, index) => ({
    tag: value.tag ?? "",
    index,
    scalar: scalarOf(value),
    blobs: blobsOf(value),
    metadata: () => initialMetadata(value),
  }));
}

function blob(tag: string, metadata: SeriesMetadata): DecodedValue {
  return { tag, index: 0, scalar: null, blobs: 1, metadata: () => metadata };
}

function scalarOf(value: pb.Summary.Value.$Properties): number | null {
  if (value.simpleValue != null) return value.simpleValue;
  const { tensor } = value;
  if (!tensor || (tensor.tensorShape?.dim?.length ?? 0) > 0) return null;
  if (tensor.dtype === DataType.DT_DOUBLE) return only(tensor.doubleVal, tensor.tensorContent, 8);
  if (tensor.dtype === DataType.DT_FLOAT) return only(tensor.floatVal, tensor.tensorContent, 4);
  return null;
}

/** The single number of a rank-0 tensor, from its value field or its raw bytes. */
function only(
  field: readonly number[] | null | undefined,
  content: Uint8Array | null | undefined,
  bytes: 4 | 8,
): number | null {
  if (field && field.length > 0) return field.length === 1 ? field[0]! : null;
  if (content?.length !== bytes) return null;
  const view = new DataView(content.buffer, content.byteOffset, bytes);
  return bytes === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

function blobsOf(value: pb.Summary.Value.$Properties): number {
  if (value.image != null) return 3;
  if (value.audio != null) return 1;
  return value.tensor?.stringVal?.length ?? 0;
}
