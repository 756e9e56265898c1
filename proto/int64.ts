/**
 * 64-bit integers between protobuf and JavaScript: a `number` where it is exact, a `bigint` beyond 2^53.
 * The codec hands them out as `Long` (two 32-bit halves).
 */
import Long from "long";

/**
 * An integer as the codec gives or takes it.
 *
 * @example
 * const event = new pb.Event({ step: toWire(2n ** 60n) });
 * const step: WireInt64 | null | undefined = event.step;
 * console.log(fromWire(step)); // 1152921504606846976
 */
export type WireInt64 = number | Long;

/**
 * Exact value: a number within ±(2^53 - 1), a bigint beyond.
 *
 * @example
 * console.log(typeof fromWire(toWire(7)), typeof fromWire(toWire(2n ** 53n))); // number bigint
 * console.log(fromWire(undefined)); // 0
 */
export function fromWire(value: WireInt64 | null | undefined): number | bigint {
  if (value === null || value === undefined) return 0;
  if (typeof value === "number") return value;
  const number = value.toNumber();
  return Number.isSafeInteger(number) ? number : toBigInt(value);
}

/**
 * Nearest double: for sizes and counts, which stay far below 2^53.
 *
 * @example
 * const shape = new pb.TensorShapeProto({ dim: [{ size: toWire(28) }] });
 * console.log(toNumber(shape.dim?.[0]?.size)); // 28
 */
export function toNumber(value: WireInt64 | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === "number" ? value : value.toNumber();
}

/**
 * Exact value as a bigint.
 *
 * @example
 * console.log(toBigInt(toWire(-1n)) === -1n); // true
 */
export function toBigInt(value: WireInt64 | null | undefined): bigint {
  if (value === null || value === undefined) return 0n;
  if (typeof value === "number") return BigInt(value);
  const high = value.unsigned ? BigInt(value.high >>> 0) : BigInt(value.high);
  return (high << 32n) | BigInt(value.low >>> 0);
}

/**
 * The codec's form of an integer.
 *
 * @throws RangeError when the number is not an integer, or does not fit 64 bits
 * @example
 * const event = pb.Event.decode(pb.Event.encode({ wallTime: 1, step: toWire(2n ** 62n) }).finish());
 * console.log(fromWire(event.step) === 2n ** 62n); // true
 */
export function toWire(value: number | bigint, unsigned = false): WireInt64 {
  if (typeof value === "number") {
    if (!Number.isInteger(value)) throw new RangeError(`${value} is not an integer`);
    if (Number.isSafeInteger(value)) return value;
    return toWire(BigInt(value), unsigned);
  }
  const wrapped = unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
  if (wrapped !== value) throw new RangeError(`${value} does not fit ${unsigned ? "uint64" : "int64"}`);
  return Long.fromBits(Number(value & 0xffffffffn) | 0, Number((value >> 32n) & 0xffffffffn) | 0, unsigned);
}
