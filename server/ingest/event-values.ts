/** An Event taken apart into values: what each is worth as a scalar, and as a value of whatever kind its tag is. */
import { DataType, fromWire, pb } from "../../proto/index.ts";
import { tensorExcess } from "./decode-limits.ts";
import { initialMetadata, LEGACY, RUN_GRAPH_TAG, type SeriesMetadata } from "./series-metadata.ts";
import { blobsIn, type TagKind, UNFIT } from "./tag-kind.ts";

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
  /** The number, where the value is one: a `simple_value`, or a float or double tensor of rank 0. */
  readonly scalar: number | null;
  /** Whether it is a double tensor, which stock takes for no scalar. */
  readonly double: boolean;
  /** Number of blobs as a value of a tag of that kind, or UNFIT. */
  readonly blobs: (kind: TagKind) => number;
  /** Why it is not shown, where it would be too large in memory; else null. */
  readonly excess: () => string | null;
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
    double: value.tensor?.dtype === DataType.DT_DOUBLE,
    blobs: (kind) => blobsIn(value, kind),
    excess: () => (value.tensor ? tensorExcess(value.tensor) : null),
    metadata: () => initialMetadata(value),
  }));
}

function blob(tag: string, metadata: SeriesMetadata): DecodedValue {
  const blobs = (kind: TagKind) => (kind === "scalar" || kind === "tensor" ? UNFIT : 1);
  return { tag, index: 0, scalar: null, double: false, blobs, excess: () => null, metadata: () => metadata };
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
