/**
 * Keys of slices in a checkpoint's table: the name and the extents, encoded so that their bytes sort as they do.
 * Encoding: TensorFlow's `EncodeTensorNameSlice` (tensorflow/core/util/saved_tensor_slice_util.cc) on its
 * `OrderedCode` (tensorflow/core/lib/strings/ordered_code.cc).
 */
import type { TensorSlice } from "./tensor-slice.ts";

/** Stands for the whole of a dimension. */
const WHOLE = -1;

export function sliceKey(name: string, { extents }: TensorSlice): Uint8Array {
  const numbers = extents.flatMap(({ start, length }) => [start, length ?? WHOLE]);
  return Uint8Array.from([
    ...unsigned(0),
    ...text(new TextEncoder().encode(name)),
    ...unsigned(extents.length),
    ...numbers.flatMap(signed),
  ]);
}

/** How many bytes, then these from high to low. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [bytes.length, ...bytes];
}

/** Ends with 00 01, so 00 and ff stand with a second byte. */
function text(bytes: Uint8Array): number[] {
  const escaped = Array.from(bytes, (byte) =>
    byte === 0x00 ? [0x00, 0xff] : byte === 0xff ? [0xff, 0x00] : [byte],
  );
  return [...escaped.flat(), 0x00, 0x01];
}

/** Bits of a number of `n` bytes: seven of each, the first for the sign; the others of the first bytes tell `n`. */
function signed(value: number): number[] {
  const wide = BigInt(value);
  const magnitude = wide < 0n ? ~wide : wide;
  let length = 1;
  while (magnitude >> BigInt(7 * length - 1) > 0n) length++;
  const bytes = Array.from({ length }, (_, i) => Number((wide >> BigInt(8 * (length - 1 - i))) & 0xffn));
  // As many ones as there are bytes, from the top bit on; turned round by the sign.
  const header = ((0xffff << (16 - length)) & 0xffff) >>> 0;
  bytes[0]! ^= header >>> 8;
  if (length > 1) bytes[1]! ^= header & 0xff;
  return bytes;
}
