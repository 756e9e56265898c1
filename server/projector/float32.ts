/** Values of every numeric type as float32, as NumPy's `astype` rounds them; of complex numbers the real parts. */
import {
  DataType,
  elementBytes,
  type TensorValue,
  tensorOfBytes,
  type VariableBytes,
} from "../../proto/index.ts";

/** Elements converted at a time: the server answers others in between. */
const PIECE = 1 << 19;

/** A variable as float32, piece by piece; those that are float32 already as a whole. */
export function* float32Pieces({ dtype, bytes }: VariableBytes): Generator<Float32Array> {
  if (dtype === DataType.DT_FLOAT) {
    yield new Float32Array(bytes);
    return;
  }
  const each = elementBytes(dtype);
  for (let at = 0; at < bytes.byteLength; at += PIECE * each) {
    const piece = bytes.slice(at, at + PIECE * each);
    yield toFloat32(tensorOfBytes(dtype, [piece.byteLength / each], piece));
  }
}

/** @throws TypeError for strings */
export function toFloat32({ dtype, data }: TensorValue): Float32Array {
  if (data instanceof Float32Array) return dtype === DataType.DT_COMPLEX64 ? realParts(data) : data;
  if (data instanceof Float64Array)
    return dtype === DataType.DT_COMPLEX128 ? realParts(data) : new Float32Array(data);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return ofBigints(data);
  if (ArrayBuffer.isView(data)) return new Float32Array(data);
  throw new TypeError("strings are no numbers");
}

function realParts(pairs: Float32Array | Float64Array): Float32Array {
  const real = new Float32Array(pairs.length / 2);
  for (let i = 0; i < real.length; i++) real[i] = pairs[2 * i]!;
  return real;
}

const WORD = 2 ** 32;

/** From two words each, which is several times as fast as from a bigint each. */
function ofBigints(data: BigInt64Array | BigUint64Array): Float32Array {
  const words = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
  const signed = data instanceof BigInt64Array;
  const floats = new Float32Array(data.length);
  for (let i = 0; i < floats.length; i++) {
    const high = words[2 * i + 1]!;
    const value = (signed ? high | 0 : high) * WORD + words[2 * i]!;
    floats[i] = Number.isSafeInteger(value) ? value : nearest(data[i]!);
  }
  return floats;
}

/**
 * A double that rounds to the same float32 as the integer: where low bits are cut off, the last that stays says so, or the
 * number would be rounded twice.
 */
function nearest(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const cut = 0xfffn;
  const sticky = magnitude & cut ? cut + 1n : 0n;
  const odd = (magnitude & ~cut) | sticky;
  return value < 0n ? -Number(odd) : Number(odd);
}
