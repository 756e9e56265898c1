/** Examples there and back: our encoding, our decoding, and the generated codec agree on every record. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesFeature,
  decodeExample,
  decodeSequenceExample,
  ExampleError,
  encodeExample,
  encodeSequenceExample,
  type Feature,
  floatFeature,
  int64Feature,
  toText,
} from "../../../proto/example/index.ts";
import { pb, toBigInt } from "../../../proto/index.ts";

const int64 = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt(-300n, 300n));
const feature: fc.Arbitrary<Feature> = fc.oneof(
  fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }).map(bytesFeature),
  fc.float32Array({ maxLength: 20 }).map(floatFeature),
  fc.array(int64, { maxLength: 20 }).map((values) => int64Feature(values)),
);
/** Keys of all kinds: empty, with characters beyond ASCII, and names that objects have already. */
const key = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.constantFrom("", "__proto__", "é"));
const features = fc.array(fc.tuple(key, feature), { maxLength: 6 }).map((entries) => new Map(entries));

test("what is encoded is decoded", () => {
  fc.assert(
    fc.property(features, (given) => {
      expect(decodeExample(encodeExample(given))).toEqual(given);
    }),
  );
});

test("the generated codec reads what we encode", () => {
  fc.assert(
    fc.property(features, (given) => {
      const read = pb.Example.decode(encodeExample(given)).features?.feature ?? {};
      const found = Object.entries(read).map(([name, value]) => [name, fromCodec(value)] as const);
      expect(new Map(found)).toEqual(given);
    }),
  );
});

test("we decode what the generated codec encodes", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 5 }), feature), (given) => {
      const message = { features: { feature: mapValues(given, toCodec) } };
      const bytes = new Uint8Array(pb.Example.encode(message).finish());
      expect(Object.fromEntries(decodeExample(bytes))).toEqual({ ...given });
    }),
  );
});

test("sequences too", () => {
  const lists = fc.dictionary(fc.string({ maxLength: 5 }), fc.array(feature, { maxLength: 4 }));
  fc.assert(
    fc.property(features, lists, (context, featureLists) => {
      const decoded = decodeSequenceExample(encodeSequenceExample({ context, featureLists }));
      expect(decoded).toEqual({ context, featureLists: new Map(Object.entries(featureLists)) });
    }),
  );
});

function fromCodec({ kind, bytesList, floatList, int64List }: pb.Feature.$Properties): Feature {
  if (kind === "floatList") return floatFeature(floatList?.value ?? []);
  if (kind === "int64List") return int64Feature((int64List?.value ?? []).map(toBigInt));
  return bytesFeature((bytesList?.value ?? []).map((value) => new Uint8Array(value)));
}

function toCodec({ kind, values }: Feature): pb.Feature.$Properties {
  if (kind === "float") return { floatList: { value: Array.from(values) } };
  if (kind === "bytes") return { bytesList: { value: [...values] } };
  const numbers = Array.from(values, Number).filter(Number.isSafeInteger);
  if (numbers.length === values.length) return { int64List: { value: numbers } };
  return pb.Feature.decode(pb.Feature.encode({ int64List: codecIntegers(values) }).finish());
}

/** Integers beyond 2^53 as the codec takes them, which it gives itself. */
function codecIntegers(values: BigInt64Array): pb.Int64List.$Properties {
  const decoded = pb.Example.decode(encodeExample({ x: values }));
  return decoded.features?.feature?.x?.int64List ?? {};
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

describe("values whose type is plain need no name for it", () => {
  test.each([
    ["text", "π", { kind: "bytes", values: [Uint8Array.of(0xcf, 0x80)] }],
    ["bytes", Uint8Array.of(1, 2), { kind: "bytes", values: [Uint8Array.of(1, 2)] }],
    ["texts", ["a", "b"], { kind: "bytes", values: [Uint8Array.of(97), Uint8Array.of(98)] }],
    ["floats", Float32Array.of(0.5), { kind: "float", values: Float32Array.of(0.5) }],
    ["32-bit integers", Int32Array.of(-7), { kind: "int64", values: BigInt64Array.of(-7n) }],
    ["bigints", -(2n ** 63n), { kind: "int64", values: BigInt64Array.of(-(2n ** 63n)) }],
  ])("%s", (_, input, expected) => {
    expect(decodeExample(encodeExample({ x: input })).get("x")).toEqual(expected);
  });

  test("plain numbers do, and the error says how", () => {
    // @ts-expect-error neither do the types allow it
    expect(() => encodeExample({ label: 7 })).toThrow(
      /^feature "label": the number 7 leaves .* int64Feature/,
    );
    // @ts-expect-error
    expect(() => encodeExample({ label: [1, 2] })).toThrow(/a list of numbers leaves/);
  });
});

describe("integers", () => {
  test("are exact, or refused", () => {
    expect(int64Feature([2 ** 53 - 1, -1, true, 2n ** 62n]).values).toEqual(
      BigInt64Array.of(2n ** 53n - 1n, -1n, 1n, 2n ** 62n),
    );
    expect(() => int64Feature([0, 2 ** 53])).toThrow(/value 1 .* beyond 2\^53 - 1 .* give a bigint/);
    expect(() => int64Feature(0.5)).toThrow(/value 0 of an int64 feature is 0.5, not an integer/);
    expect(() => int64Feature(2n ** 63n)).toThrow(/does not fit 64 bits/);
  });

  test("of numbers are those of bigints", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(int64Feature(value).values[0]).toBe(BigInt(value));
      }),
    );
  });
});

describe("odd records", () => {
  /** Raw protobuf: field number and content. */
  const field = (number: number, content: readonly number[]) => [
    (number << 3) | 2,
    content.length,
    ...content,
  ];
  const example = (...entries: number[][]) =>
    Uint8Array.from(
      field(
        1,
        entries.flatMap((e) => field(1, e)),
      ),
    );
  const named = field(1, [120]);

  test("lists that are not packed", () => {
    const floats = [0x0d, 0, 0, 0x80, 0x3f, 0x0d, 0, 0, 0, 0x40];
    const integers = [0x08, 1, 0x08, 0x96, 0x01];
    expect(decodeExample(example([...named, ...field(2, field(2, floats))])).get("x")).toEqual(
      floatFeature([1, 2]),
    );
    expect(decodeExample(example([...named, ...field(2, field(3, integers))])).get("x")).toEqual(
      int64Feature([1, 150]),
    );
  });

  test("unknown fields are passed over, everywhere", () => {
    const unknown = [0x78, 0x80, 0x01, 0x7d, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, ...field(15, [9])];
    const list = [...unknown, ...field(1, [5]), ...unknown];
    const entry = [...unknown, ...named, ...field(2, [...unknown, ...field(3, list), ...unknown])];
    const bytes = Uint8Array.from([...unknown, ...example(entry), ...unknown]);
    expect(decodeExample(bytes)).toEqual(new Map([["x", int64Feature(5)]]));
  });

  test("the last of equal keys counts, also over two messages that were put together", () => {
    const two = Uint8Array.from([...encodeExample({ x: "one", y: "kept" }), ...encodeExample({ x: "two" })]);
    expect(decodeExample(two)).toEqual(
      new Map([
        ["x", bytesFeature("two")],
        ["y", bytesFeature("kept")],
      ]),
    );
  });

  test("a feature without a list is as good as missing", () => {
    expect(decodeExample(example([...named, ...field(2, [])]))).toEqual(new Map());
    expect(decodeExample(example(named))).toEqual(new Map());
  });

  test("a value before its key, and an entry without key", () => {
    const value = field(2, field(1, field(1, [97])));
    expect(decodeExample(example([...value, ...named])).get("x")).toEqual(bytesFeature("a"));
    expect(decodeExample(example(value)).get("")).toEqual(bytesFeature("a"));
  });

  test("any bytes give features or a sentence, never anything else", () => {
    const attempt = (bytes: Uint8Array) => {
      try {
        decodeSequenceExample(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ExampleError);
        expect(String(error)).toMatch(/not an Example/);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), attempt), { numRuns: 2000 });
    const damaged = fc.tuple(features, fc.nat(), fc.nat(255)).map(([given, place, byte]) => {
      const bytes = encodeExample(given);
      if (bytes.length > 0) bytes[place % bytes.length] = byte;
      return bytes;
    });
    fc.assert(fc.property(damaged, attempt), { numRuns: 2000 });
  });

  test("say where they break", () => {
    expect(() => decodeExample(Uint8Array.of(0x0a, 5, 1))).toThrow(
      "not an Example: at byte 2 of 3, 5 bytes are announced, 1 are there",
    );
  });
});

test("strings are text again", () => {
  const { values } = bytesFeature(["Grüße", "\u{1f600}"]);
  expect(values.map(toText)).toEqual(["Grüße", "\u{1f600}"]);
});
