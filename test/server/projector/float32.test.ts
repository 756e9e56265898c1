/** Variables as float32, as NumPy's astype("float32") has them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DataType, encodeTensor, type NumericArray } from "../../../proto/index.ts";
import { float32Pieces } from "../../../server/projector/float32.ts";

function float32(data: NumericArray, dtype: DataType): number[] {
  const bytes = new Uint8Array(encodeTensor(data, [data.length], dtype).tensorContent!).slice().buffer;
  return [...float32Pieces({ dtype, shape: [data.length], bytes })].flatMap((piece) => [...piece]);
}

test.each<[keyof typeof DataType, NumericArray, number[]]>([
  ["DT_FLOAT", Float32Array.of(0.1, Number.NaN), [Math.fround(0.1), Number.NaN]],
  ["DT_DOUBLE", Float64Array.of(0.1, 1e300, -0), [Math.fround(0.1), Number.POSITIVE_INFINITY, -0]],
  ["DT_INT8", Int8Array.of(-128, 127), [-128, 127]],
  ["DT_UINT32", Uint32Array.of(2 ** 32 - 1), [2 ** 32]],
  ["DT_BOOL", Uint8Array.of(0, 1), [0, 1]],
  ["DT_HALF", Float32Array.of(0.5, -2), [0.5, -2]],
  ["DT_INT4", Int8Array.of(-8, 7), [-8, 7]],
])("%s", (name, data, expected) => expect(float32(data, DataType[name])).toEqual(expected));

test("of complex numbers the real parts", () => {
  const bytes = Float32Array.of(1, 2, 3, 4).buffer;
  expect([...float32Pieces({ dtype: DataType.DT_COMPLEX64, shape: [2], bytes })]).toEqual([
    Float32Array.of(1, 3),
  ]);
  const wide = Float64Array.of(1, 2, 3, 4).buffer;
  expect([...float32Pieces({ dtype: DataType.DT_COMPLEX128, shape: [2], bytes: wide })]).toEqual([
    Float32Array.of(1, 3),
  ]);
});

/** The nearest float32, halves to even: from the integer itself, so rounded once. */
function nearest(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const excess = BigInt(Math.max(0, magnitude.toString(2).length - 24));
  const unit = 1n << excess;
  const [floor, rest] = [magnitude / unit, magnitude % unit];
  const up = rest * 2n > unit || (rest * 2n === unit && floor % 2n === 1n);
  return Number((up ? floor + 1n : floor) * unit) * (value < 0n ? -1 : 1);
}

test("integers of 64 bits are rounded once", () => {
  const near = fc.tuple(fc.bigInt(0n, 2n ** 24n), fc.integer({ min: 20, max: 38 }), fc.bigInt(-3n, 3n));
  const halves = near.map(([n, shift, by]) => ((2n * (n + 2n ** 23n) + 1n) << BigInt(shift - 1)) + by);
  const signed = fc.oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    halves.map((n) => BigInt.asIntN(63, n)),
  );
  fc.assert(
    fc.property(signed, (value) => {
      expect(float32(BigInt64Array.of(value), DataType.DT_INT64)).toEqual([nearest(value) + 0]);
      const unsigned = BigInt.asUintN(64, value);
      expect(float32(BigUint64Array.of(unsigned), DataType.DT_UINT64)).toEqual([nearest(unsigned)]);
    }),
    { numRuns: 2000 },
  );
});

test("large variables come in pieces", () => {
  const data = Float64Array.from({ length: 1_200_000 }, (_, i) => i);
  const pieces = [...float32Pieces({ dtype: DataType.DT_DOUBLE, shape: [data.length], bytes: data.buffer })];
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.flatMap((piece) => [...piece])).toEqual([...data]);
});
