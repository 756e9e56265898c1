/** Snappy: what the format's elements make, and that no bytes make anything else than data or an error. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decompressSnappy } from "../../../proto/checkpoint/snappy.ts";
import { varint } from "./write-table.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("what Google's own algorithm compressed", () => {
  // cramjam.snappy.compress_raw(plain)
  const compressed = Buffer.from(
    "df013c74656120616e6420636f666665652c20151004616b1d0e0c7465613a0105fe2b004a2b00f05d0001020304050607" +
      "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233343536373839" +
      "3a3b3c3d3e3f404142434445464748494a4b4c4d4e4f74656120616e6420636f66666565",
    "hex",
  );
  const ascending = String.fromCharCode(...Array(80).keys());
  const plain = `${"tea and coffee, tea and cake, tea and tea: ".repeat(3)}${ascending}tea and coffee`;
  expect(text(decompressSnappy(compressed))).toBe(plain);
});

/** Elements as a compressor may choose them, and what they stand for. */
type Element = { readonly literal: Uint8Array } | { readonly back: number; readonly length: number };

function encode(elements: readonly Element[]): { compressed: Uint8Array; plain: Uint8Array } {
  const plain: number[] = [];
  const body: number[] = [];
  for (const element of elements) {
    if ("literal" in element) {
      body.push(...literalTag(element.literal.length), ...element.literal);
      plain.push(...element.literal);
    } else if (plain.length > 0) {
      const back = 1 + (element.back % plain.length);
      body.push(...copyTag(back, element.length));
      for (let i = 0; i < element.length; i++) plain.push(plain[plain.length - back]!);
    }
  }
  return {
    compressed: Uint8Array.from([...varint(plain.length), ...body]),
    plain: Uint8Array.from(plain),
  };
}

function literalTag(length: number): number[] {
  if (length <= 60) return [(length - 1) << 2];
  return length <= 256 ? [60 << 2, length - 1] : [61 << 2, (length - 1) & 255, (length - 1) >> 8];
}

function copyTag(back: number, length: number): number[] {
  if (length >= 4 && length <= 11 && back < 2048)
    return [1 | ((length - 4) << 2) | ((back >> 8) << 5), back & 255];
  if (back < 65536) return [2 | ((length - 1) << 2), back & 255, back >> 8];
  return [3 | ((length - 1) << 2), back & 255, (back >> 8) & 255, (back >> 16) & 255, back >> 24];
}

const element: fc.Arbitrary<Element> = fc.oneof(
  fc.record({ literal: fc.uint8Array({ minLength: 1, maxLength: 400 }) }),
  fc.record({ back: fc.nat(100_000), length: fc.integer({ min: 1, max: 64 }) }),
);

test("whatever elements a compressor chose, the data comes back", () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 60 }), (elements) => {
      const { compressed, plain } = encode(elements);
      expect(decompressSnappy(compressed)).toEqual(plain);
    }),
  );
});

test("a copy may overlap what it makes", () => {
  const compressed = Uint8Array.of(9, 0 << 2, ...utf8("a"), 2 | (7 << 2), 1, 0);
  expect(text(decompressSnappy(compressed))).toBe("aaaaaaaaa");
});

test.each([
  ["nothing", [], "it ends inside a number"],
  ["less than announced", [2, 0, 97], "1 bytes come out where 2 are announced"],
  ["more than announced", [1, 4, 97, 98], "more comes out than is announced"],
  ["a literal that is cut off", [4, 12, 97], "it ends inside a literal"],
  ["a copy from before the data", [8, 0, 97, 2 | (6 << 2), 9, 0], "a copy starts before the data"],
  ["a copy of itself", [8, 0, 97, 2 | (6 << 2), 0, 0], "a copy of itself"],
  ["an element that is cut off", [8, 0, 97, 2], "it ends inside an element"],
  ["more than can be", [255, 255, 255, 127, 0], "5 bytes cannot have been"],
])("%s is an error", (_what, bytes, message) => {
  expect(() => decompressSnappy(Uint8Array.from(bytes))).toThrow(message);
});

test("any bytes are data or an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        decompressSnappy(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});
