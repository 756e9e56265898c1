/**
 * What decoding an event would take, told from its bytes before it is done: a few bytes can stand for an object, and one
 * value for a tensor of any shape. What is beyond the limits is named with its size and left out.
 */
import { DataType, elementBytes, type pb } from "../../proto/index.ts";

/** Most values of one event: real ones have some thousands, and each becomes a series. */
export const MOST_VALUES = 1 << 16;
/** Most memory that a decoded event may take, by the estimate below, bytes. */
export const MOST_DECODED_BYTES = 1 << 28;
/** Most bytes of a tensor whose values do not stand in its event as raw bytes. */
export const MOST_TENSOR_BYTES = 1 << 26;
/** TensorFlow's own limit (`MaxDimensions` in `tensor_shape.h`). */
export const MOST_DIMENSIONS = 254;

/** Whatever is in them, smaller records decode to little. */
const SMALL_BYTES = 1 << 16;

/** Memory of what the codec makes, roughly and rather too much than too little, bytes. */
const FIELD = 64;
const VALUE = 1024;
const NUMBER = 8;
const LONG = 56;

/** What stands in a message by field number: another message, or numbers, by what a byte of them becomes. */
interface Shape {
  readonly messages?: Readonly<Record<number, Shape>>;
  readonly numbers?: Readonly<Record<number, number>>;
  /** Beyond its fields, bytes. */
  readonly weight?: number;
}

const SHAPE: Shape = { messages: { 2: {} } };
const TENSOR: Shape = {
  messages: { 2: SHAPE },
  numbers: {
    5: NUMBER / 4,
    6: NUMBER / 8,
    7: NUMBER,
    9: NUMBER / 4,
    10: LONG,
    11: NUMBER,
    12: NUMBER / 8,
    13: NUMBER,
    16: NUMBER,
    17: LONG,
  },
};
// Handles of resources, and variants, which hold tensors again.
Object.assign(TENSOR.messages!, {
  14: { messages: { 6: { messages: { 2: SHAPE } } } },
  15: { messages: { 3: TENSOR } },
});
const HISTOGRAM: Shape = { numbers: { 6: NUMBER / 8, 7: NUMBER / 8 } };
const SUMMARY_VALUE: Shape = {
  messages: { 4: {}, 5: HISTOGRAM, 6: {}, 8: TENSOR, 9: { messages: { 1: {} } } },
  weight: VALUE,
};
const SUMMARY: Shape = { messages: { 1: SUMMARY_VALUE } };
const EVENT: Shape = { messages: { 5: SUMMARY, 6: {}, 7: {}, 8: {}, 10: {} } };

/** Why an event is not to be decoded, in words that name its size; null where it may be. */
export function eventExcess(bytes: Uint8Array): string | null {
  if (bytes.length < SMALL_BYTES) return null;
  const { weight, values } = new Weighing(bytes).event();
  if (values > MOST_VALUES) return `has ${values} values, and ${MOST_VALUES} are read of one event at most`;
  if (weight > MOST_DECODED_BYTES)
    return `would take about ${Math.round(weight / 1e6)} MB when it is decoded, and ${Math.round(MOST_DECODED_BYTES / 1e6)} MB are the most`;
  return null;
}

/** Walks over the fields of an event without making anything of them. */
class Weighing {
  readonly #bytes: Uint8Array;
  #at = 0;
  #weight = 0;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** What is malformed ends the walk: the codec will say so. */
  event(): { readonly weight: number; readonly values: number } {
    this.#walk(this.#bytes.length, EVENT, 0);
    return { weight: this.#weight, values: this.#values };
  }

  #walk(end: number, shape: Shape, depth: number): void {
    if (shape === SUMMARY_VALUE) this.#values++;
    this.#weight += shape.weight ?? 0;
    while (this.#at < end) {
      const key = this.#varint();
      this.#weight += FIELD;
      const wire = key & 7;
      if (wire === 0) this.#varint();
      else if (wire === 1) this.#at += 8;
      else if (wire === 5) this.#at += 4;
      else if (wire === 2) this.#delimited(end, key >>> 3, shape, depth);
      else this.#at = this.#bytes.length;
    }
  }

  #delimited(end: number, field: number, { messages, numbers }: Shape, depth: number): void {
    const length = this.#varint();
    // Compared before it is added: it is whatever the bytes say.
    if (length > end - this.#at) {
      this.#at = this.#bytes.length;
      return;
    }
    const after = this.#at + length;
    const inner = messages?.[field];
    // Deeper than this the codec refuses to follow.
    if (inner && depth < 100) this.#walk(after, inner, depth + 1);
    else this.#weight += length * (numbers?.[field] ?? 0);
    this.#at = Math.max(this.#at, after);
  }

  /** Lengths and keys have at most 32 bits; what is longer is a number that nobody looks at here. */
  #varint(): number {
    let result = 0;
    for (let shift = 0; this.#at < this.#bytes.length; shift += 7) {
      const byte = this.#bytes[this.#at++]!;
      if (shift < 35) result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    return result;
  }
}

/**
 * Why a tensor is not to be decoded, in words that name its size; null where it may be. Its bytes were weighed with its
 * event's; what is asked here is what its shape makes of them.
 */
export function tensorExcess(tensor: pb.TensorProto.$Properties): string | null {
  const dims = tensor.tensorShape?.dim ?? [];
  if (dims.length > MOST_DIMENSIONS)
    return `has ${dims.length} dimensions, and ${MOST_DIMENSIONS} are the most that TensorFlow allows`;
  // Without values it still is a list of lists: an empty dimension makes none of those around it fewer.
  let elements = 1;
  for (const { size } of dims) elements *= Number(size ?? 0) || 1;
  const bytes = elements * bytesOf(tensor.dtype ?? DataType.DT_INVALID, dims);
  if (bytes <= MOST_TENSOR_BYTES || isAllThere(tensor, elements)) return null;
  return `asks for ${elements} values by its shape, which would take ${Math.round(bytes / 1e6)} MB, and ${Math.round(MOST_TENSOR_BYTES / 1e6)} MB are the most`;
}

/**
 * Whether what a tensor stands for was weighed with its event: raw bytes are all there, or do not fit the shape. Of values
 * one by one the last stands for all that are missing, and strings never come as raw bytes.
 */
function isAllThere(
  { dtype, tensorContent, stringVal }: pb.TensorProto.$Properties,
  elements: number,
): boolean {
  if (dtype === DataType.DT_STRING) return (stringVal?.length ?? 0) >= elements;
  return (tensorContent?.length ?? 0) > 0;
}

/** Of an element in memory, or of the list in its place where there are none. */
function bytesOf(dtype: DataType, dims: readonly pb.TensorShapeProto.Dim.$Properties[]): number {
  if (dtype === DataType.DT_STRING || dims.some(({ size }) => Number(size ?? 0) === 0)) return FIELD;
  try {
    return elementBytes(dtype);
  } catch {
    return 0; // of a type that is not decoded
  }
}
