/**
 * 64-bit integers between protobuf and JavaScript: a `number` where it is exact, a `bigint` beyond 2^53.
 * The codec hands them out as `Long` (two 32-bit halves).
 */
import type Long from "long";
import $protobuf from "protobufjs/minimal.js";

/** The codec's own, of which protobufjs declares the halves only: a bundler takes `import` of it for a second one. */
const CodecsLong = $protobuf.util.Long as unknown as typeof Long;

/**
 * An integer as the codec gives or takes it: a number, or a `Long` of two 32-bit halves. Decoded fields of 64 bits hold
 * a `Long`, however small the integer.
 *
 * @example
 * const steps: readonly WireInt64[] = [3, toWire(2n ** 60n)];
 * console.log(steps.map(fromWire)); // 3,1152921504606846976
 */
export type WireInt64 = number | Long;

/**
 * Exact value: a number within ±(2^53 - 1), a bigint beyond.
 *
 * @param value absent: 0
 * @example
 * const { step } = pb.Event.decode(pb.Event.encode({ step: 7 }).finish());
 * console.log(typeof step, typeof fromWire(step), fromWire(step)); // object number 7
 * console.log(typeof fromWire(toWire(2n ** 53n))); // bigint
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
 * @param value absent: 0
 * @example
 * console.log(toNumber(toWire(12n))); // 12
 * console.log(toNumber(toWire(2n ** 53n + 1n))); // 9007199254740992
 */
export function toNumber(value: WireInt64 | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === "number" ? value : value.toNumber();
}

/**
 * Exact value as a bigint.
 *
 * @param value absent: 0
 * @example
 * const { step } = pb.Event.decode(pb.Event.encode({ step: toWire(2n ** 53n + 1n) }).finish());
 * console.log(toBigInt(step)); // 9007199254740993
 */
export function toBigInt(value: WireInt64 | null | undefined): bigint {
  if (value === null || value === undefined) return 0n;
  if (typeof value === "number") return BigInt(value);
  const high = value.unsigned ? BigInt(value.high >>> 0) : BigInt(value.high);
  return (high << 32n) | BigInt(value.low >>> 0);
}

/**
 * The codec's form of an integer, for fields of 64 bits.
 *
 * @param unsigned whether the field is uint64 rather than int64; default false
 * @throws RangeError when the number is not an integer, or does not fit 64 bits
 * @example
 * const event = pb.Event.encode({ step: toWire(2n ** 53n + 1n) }).finish();
 * console.log(fromWire(pb.Event.decode(event).step)); // 9007199254740993
 * try {
 *   toWire(-1, true);
 * } catch (error) {
 *   console.log(error); // RangeError: -1 does not fit uint64
 * }
 */
export function toWire(value: number | bigint, unsigned = false): WireInt64 {
  if (typeof value === "number") {
    if (!Number.isInteger(value)) throw new RangeError(`${value} is not an integer`);
    if (Number.isSafeInteger(value) && !(unsigned && value < 0)) return value;
    return toWire(BigInt(value), unsigned);
  }
  const wrapped = unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
  if (wrapped !== value) throw new RangeError(`${value} does not fit ${unsigned ? "uint64" : "int64"}`);
  const [low, high] = [Number(value & 0xffffffffn) | 0, Number((value >> 32n) & 0xffffffffn) | 0];
  return new CodecsLong(low, high, unsigned);
}
