/** Tensors through the codec and back; tensors as TensorFlow writes them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DataType,
  decodeTensor,
  decodeText,
  encodeTensor,
  type NumericArray,
  pb,
} from "../../proto/index.ts";

function roundTrip(proto: pb.TensorProto.$Properties) {
  return decodeTensor(pb.TensorProto.decode(pb.TensorProto.encode(proto).finish()));
}

const ARRAYS: [keyof typeof DataType, NumericArray][] = [
  ["DT_FLOAT", Float32Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY, -0)],
  ["DT_DOUBLE", Float64Array.of(0.1, Number.NaN, 1e300, 5e-324)],
  ["DT_INT8", Int8Array.of(-128, 127)],
  ["DT_INT16", Int16Array.of(-32768, 32767)],
  ["DT_INT32", Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
  ["DT_INT64", BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n)],
  ["DT_UINT8", Uint8Array.of(0, 255)],
  ["DT_UINT16", Uint16Array.of(0, 65535)],
  ["DT_UINT32", Uint32Array.of(0, 2 ** 32 - 1)],
  ["DT_UINT64", BigUint64Array.of(0n, 2n ** 64n - 1n, 2n ** 53n + 1n)],
];

test.each(ARRAYS)("%s comes back from its own array", (name, data) => {
  expect(roundTrip(encodeTensor(data))).toEqual({ dtype: DataType[name], shape: [data.length], data });
});

const GIVEN: [keyof typeof DataType, NumericArray][] = [
  ["DT_HALF", Float32Array.of(1, -0.5, 65504, Number.NaN)],
  ["DT_BFLOAT16", Float32Array.of(1, -0.5, 2 ** 100, Number.POSITIVE_INFINITY)],
  ["DT_FLOAT8_E5M2", Float32Array.of(1, -0.5, 57344)],
  ["DT_FLOAT8_E4M3FN", Float32Array.of(1, -0.5, 448)],
  ["DT_FLOAT8_E4M3FNUZ", Float32Array.of(1, -0.5, 240)],
  ["DT_FLOAT8_E4M3B11FNUZ", Float32Array.of(1, -0.5, 30)],
  ["DT_FLOAT8_E5M2FNUZ", Float32Array.of(1, -0.5, 57344)],
  ["DT_BOOL", Uint8Array.of(0, 1)],
  ["DT_QINT8", Int8Array.of(-1)],
  ["DT_QUINT8", Uint8Array.of(255)],
  ["DT_QINT16", Int16Array.of(-1)],
  ["DT_QUINT16", Uint16Array.of(65535)],
  ["DT_QINT32", Int32Array.of(-1)],
  ["DT_INT4", Int8Array.of(-8, 7)],
  ["DT_UINT4", Uint8Array.of(0, 15)],
  ["DT_INT2", Int8Array.of(-2, 1)],
  ["DT_UINT2", Uint8Array.of(0, 3)],
  ["DT_FLOAT4_E2M1FN", Float32Array.of(1, -0.5, 6)],
];

test.each(GIVEN)("%s comes back where it is asked for", (name, data) => {
  const tensor = encodeTensor(data, [data.length], DataType[name]);
  expect(roundTrip(tensor)).toEqual({ dtype: DataType[name], shape: [data.length], data });
});

test("of integers below 8 bits only those bits count: TensorFlow leaves the others 0, whatever the sign", () => {
  const of = (type: keyof typeof DataType, ...bytes: number[]) =>
    decodeTensor({
      dtype: DataType[type],
      tensorShape: { dim: [{ size: bytes.length }] },
      tensorContent: Uint8Array.from(bytes),
    }).data;
  expect(of("DT_INT4", 0x0e, 0x0f, 0x01, 0xfe)).toEqual(Int8Array.of(-2, -1, 1, -2));
  expect(of("DT_UINT4", 0x0e, 0xf1)).toEqual(Uint8Array.of(14, 1));
  expect(of("DT_INT2", 0x02, 0x01)).toEqual(Int8Array.of(-2, 1));
});

test.each(["DT_HALF", "DT_BFLOAT16", "DT_FLOAT8_E5M2", "DT_FLOAT4_E2M1FN"] as const)(
  "%s: thousands of values are widened as few are",
  (type) => {
    const data = Float32Array.from({ length: 5000 }, (_, i) => [0.5, -1, 2, 6, -0][i % 5]!);
    const proto = encodeTensor(data, [data.length], DataType[type]);
    expect(decodeTensor(proto).data).toEqual(data);
  },
);

test("complex numbers are pairs", () => {
  const data = Float32Array.of(1, 2, 3, 0);
  expect(roundTrip(encodeTensor(data, [2], DataType.DT_COMPLEX64))).toMatchObject({ shape: [2], data });
});

test("strings are UTF-8, or any bytes", () => {
  const tensor = roundTrip(encodeTensor(["π", "", new Uint8Array([0xff])], [3, 1]));
  expect(tensor.shape).toEqual([3, 1]);
  expect(tensor.data[2]).toEqual(Buffer.of(0xff));
  expect(decodeText(tensor)).toEqual(["π", "", "\ufffd"]);
});

test("any shape that holds the data, without dimensions for one value", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 5 }), (shape) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5);
      expect(roundTrip(encodeTensor(data, shape))).toEqual({ dtype: DataType.DT_FLOAT, shape, data });
    }),
  );
});

test("what is encoded does not change with the caller's array", () => {
  const data = Float32Array.of(1);
  const proto = encodeTensor(data);
  data[0] = 2;
  expect(decodeTensor(proto).data).toEqual(Float32Array.of(1));
});

describe("TensorFlow's value fields (tf.make_tensor_proto, 2.21)", () => {
  const PROTOS: [string, string, keyof typeof DataType, number[], ArrayLike<unknown>][] = [
    ["a constant", "0801120812020802120208032a040000c03f", "DT_FLOAT", [2, 3], new Float32Array(6).fill(1.5)],
    ["half", "08131204120208022204003c0040", "DT_HALF", [2], Float32Array.of(1, 2)],
    ["bfloat16", "080e1204120208022204803f0040", "DT_BFLOAT16", [2], Float32Array.of(1, 2)],
    [
      "int64 beyond 2^53",
      "08091204120208025209818080808080808010",
      "DT_INT64",
      [2],
      BigInt64Array.of(2n ** 60n + 1n, 2n ** 60n + 1n),
    ],
    [
      "uint64",
      "0817120412020802221000000000000000800100000000000000",
      "DT_UINT64",
      [2],
      BigUint64Array.of(2n ** 63n, 1n),
    ],
    [
      "complex64",
      "08081204120208024a100000803f000000400000404000000000",
      "DT_COMPLEX64",
      [2],
      Float32Array.of(1, 2, 3, 0),
    ],
    [
      "complex128",
      "08121204120208036210000000000000f03f0000000000000040",
      "DT_COMPLEX128",
      [3],
      Float64Array.of(1, 2, 1, 2, 1, 2),
    ],
    ["bool", "080a1204120208025a020100", "DT_BOOL", [2], Uint8Array.of(1, 0)],
    ["int8", "08061204120208022202ff02", "DT_INT8", [2], Int8Array.of(-1, 2)],
    ["uint16", "08111204120208023a03c0b802", "DT_UINT16", [2], Uint16Array.of(40000, 40000)],
    ["int32", "08031204120208023a0affffffffffffffffff01", "DT_INT32", [2], Int32Array.of(-1, -1)],
    ["strings", "08071204120208024201614201ff", "DT_STRING", [2], [Uint8Array.of(0x61), Uint8Array.of(0xff)]],
    [
      "a string for two",
      "0807120412020802420178",
      "DT_STRING",
      [2],
      [Uint8Array.of(0x78), Uint8Array.of(0x78)],
    ],
  ];
  test.each(PROTOS)("%s", (_what, hex, dtype, shape, data) => {
    const tensor = decodeTensor(pb.TensorProto.decode(Buffer.from(hex, "hex")));
    expect(tensor.dtype).toBe(DataType[dtype]);
    expect(tensor.shape).toEqual(shape);
    expect(Array.from<unknown>(tensor.data)).toEqual(Array.from(data).map(plain));
  });

  /** Decoded strings are views of Node's own buffers. */
  function plain(value: unknown): unknown {
    return value instanceof Uint8Array ? Buffer.from(value) : value;
  }
});

describe("value fields", () => {
  test("shorter than the shape repeat their last value", () => {
    const tensor = decodeTensor({
      dtype: DataType.DT_INT32,
      tensorShape: { dim: [{ size: 4 }] },
      intVal: [1, 2],
    });
    expect(tensor.data).toEqual(Int32Array.of(1, 2, 2, 2));
  });

  test("that are absent are zero", () => {
    const tensor = decodeTensor({ dtype: DataType.DT_FLOAT, tensorShape: { dim: [{ size: 2 }] } });
    expect(tensor.data).toEqual(Float32Array.of(0, 0));
  });

  test("longer than the shape are refused", () => {
    expect(() => decodeTensor({ dtype: DataType.DT_INT32, tensorShape: {}, intVal: [1, 2] })).toThrow(
      RangeError,
    );
  });
});

describe("what is damaged is refused", () => {
  test("bytes that do not fit the shape", () => {
    const proto = { dtype: DataType.DT_FLOAT, tensorShape: {}, tensorContent: new Uint8Array(5) };
    expect(() => decodeTensor(proto)).toThrow("tensor_content has 5 bytes, the shape asks for 4");
  });
  test("an unknown rank or dimension", () => {
    const dtype = DataType.DT_FLOAT;
    expect(() => decodeTensor({ dtype, tensorShape: { unknownRank: true } })).toThrow(RangeError);
    expect(() => decodeTensor({ dtype, tensorShape: { dim: [{ size: -1 }] } })).toThrow(RangeError);
  });
  test("types without values", () => {
    expect(() => decodeTensor({ dtype: DataType.DT_RESOURCE, tensorShape: {} })).toThrow(TypeError);
    expect(() => decodeTensor({})).toThrow(TypeError);
  });
  test("a shape that does not hold the data", () => {
    expect(() => encodeTensor(Float32Array.of(1, 2), [3])).toThrow(
      "shape [3] holds 3 values, but 2 are given",
    );
    expect(() => encodeTensor(["a"], [2])).toThrow(RangeError);
  });
  test("an array of another type", () => {
    expect(() => encodeTensor(Float64Array.of(1), [1], DataType.DT_FLOAT)).toThrow(TypeError);
    expect(() => encodeTensor(["a"], [1], DataType.DT_FLOAT)).toThrow(TypeError);
  });
});
