/** The bytes of a value, and what they are to a browser: an image, a clip, or bytes that are nothing to it. */
import type { pb, TensorValue } from "../../../proto/index.ts";
import { tensorOf } from "../../plugins/event-value.ts";
import { imageType } from "../../plugins/image-type.ts";
import { audioType } from "../../util/audio-type.ts";
import type { KeyedRecord } from "./record-key.ts";
import { blobsIn, hasBlobs } from "./record-values.ts";

export const BYTES = "application/octet-stream";

export interface TypedBytes {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** The tensor that the bytes are of. */
  readonly tensor?: TensorValue;
}

/** What the value in an event gives for a number: of blobs the one with it, as of strings; of a numeric tensor 0 is all. */
export function bytesIn(
  event: pb.Event,
  { series, ref }: KeyedRecord,
): (index: number) => TypedBytes | undefined {
  if (hasBlobs(series)) {
    const blobs = blobsIn(event, series, ref);
    return (index) => typed(blobs?.[index]);
  }
  const value = event.summary?.value?.[ref.index];
  const tensor = value ? tensorOf(value) : null;
  return (index) => tensorBytes(tensor, index);
}

/** Of numbers all, little-endian; of strings the one with that number. */
function tensorBytes(tensor: TensorValue | null, index: number): TypedBytes | undefined {
  if (!tensor) return undefined;
  if (!ArrayBuffer.isView(tensor.data)) return typed(tensor.data[index]);
  if (index > 0) return undefined;
  const { buffer, byteOffset, byteLength } = tensor.data;
  return { bytes: new Uint8Array(buffer, byteOffset, byteLength), type: BYTES, tensor };
}

function typed(bytes: Uint8Array | undefined): TypedBytes | undefined {
  return bytes && { bytes, type: blobType(bytes) };
}

/** Only what no browser runs as a document: SVG and HTML are bytes like any other. */
function blobType(bytes: Uint8Array): string {
  const image = imageType(bytes);
  if (image !== BYTES) return image;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString("latin1");
  if (/^RIFF.{4}WEBPVP8[ LX]/s.test(head)) return "image/webp";
  return audioType(bytes)?.type ?? BYTES;
}

/** Of a blob that cannot be read. */
export const noBlob = ({ series, ref }: KeyedRecord, index: number): string =>
  `no blob ${index} at step ${ref.step} of tag "${series.tag}", or its event file is gone`;

/** Of a key that stands for nothing. */
export const NO_VALUE =
  "what this key stood for is not there any more: its run is gone, or the server was started anew";
