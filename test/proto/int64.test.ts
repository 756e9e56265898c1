import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromWire, pb, toBigInt, toNumber, toWire } from "../../proto/index.ts";

test.each([0, 1, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])(
  "%d stays a number",
  (value) => {
    expect(fromWire(toWire(value))).toBe(value);
    expect(fromWire(toWire(BigInt(value)))).toBe(value);
  },
);

test("any int64 goes through the codec unchanged, beyond 2^53 as a bigint", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const event = pb.Event.decode(pb.Event.encode({ step: toWire(value) }).finish());
      expect(toBigInt(event.step)).toBe(value);
      const exact = fromWire(event.step);
      expect(BigInt(exact)).toBe(value);
      expect(typeof exact).toBe(Number.isSafeInteger(Number(value)) ? "number" : "bigint");
      expect(toNumber(event.step)).toBe(Number(value));
    }),
  );
});

test("any uint64 does too", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const proto = { uint64Val: [toWire(value, true)] };
      const [decoded] = pb.TensorProto.decode(pb.TensorProto.encode(proto).finish()).uint64Val ?? [];
      expect(toBigInt(decoded)).toBe(value);
    }),
  );
});

describe("what does not fit is refused", () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])("%d is no integer", (value) => {
    expect(() => toWire(value)).toThrow(RangeError);
  });
  test.each([2n ** 63n, -(2n ** 63n) - 1n])("%d does not fit int64", (value) => {
    expect(() => toWire(value)).toThrow("does not fit int64");
  });
  test.each([2n ** 64n, 2 ** 64, -1n, -1])("%d does not fit uint64", (value) => {
    expect(() => toWire(value, true)).toThrow("does not fit uint64");
  });
});

test("an absent integer is 0", () => {
  expect([fromWire(null), toNumber(undefined), toBigInt(null)]).toEqual([0, 0, 0n]);
});
