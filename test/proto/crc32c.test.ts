/** Both CRC-32C implementations, against known values and each other. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c as native } from "../../proto/crc32c-node.ts";
import { crc32c as portable } from "../../proto/crc32c-portable.ts";
import { maskCrc, maskedCrc, unmaskCrc } from "../../proto/index.ts";

const bytes = (length: number, at: (i: number) => number) => Uint8Array.from({ length }, (_, i) => at(i));

// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
const KNOWN: [string, Uint8Array, number][] = [
  ["nothing", new Uint8Array(), 0],
  ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ["32 zeros", bytes(32, () => 0), 0x8a9136aa],
  ["32 ones", bytes(32, () => 0xff), 0x62a8ab43],
  ["32 ascending", bytes(32, (i) => i), 0x46dd794e],
  ["32 descending", bytes(32, (i) => 31 - i), 0x113fdb5c],
];

describe.each([
  ["native", native],
  ["portable", portable],
])("%s", (_name, crc32c) => {
  test.each(KNOWN)("%s", (_what, data, crc) => expect(crc32c(data)).toBe(crc));
});

test("both agree on any bytes, short and long, and on any part of them", () => {
  const part = fc
    .uint8Array({ maxLength: 600 })
    .chain((data) => fc.tuple(fc.constant(data), fc.nat(data.length), fc.nat(data.length)));
  fc.assert(
    fc.property(part, ([data, a, b]) => {
      const [start, end] = a < b ? [a, b] : [b, a];
      expect(native(data)).toBe(portable(data));
      expect(native(data, start, end)).toBe(portable(data.slice(start, end)));
      expect(portable(data, start, end)).toBe(portable(data.slice(start, end)));
    }),
  );
});

test.each([
  ["native", native],
  ["portable", portable],
])("%s goes on from the CRC of what stands before", (_name, crc32c) => {
  const cut = fc
    .uint8Array({ maxLength: 600 })
    .chain((data) => fc.tuple(fc.constant(data), fc.nat(data.length)));
  fc.assert(
    fc.property(cut, ([data, at]) => crc32c(data, at, data.length, crc32c(data, 0, at)) === crc32c(data)),
  );
});

test("masking is undone by unmasking, and is TensorFlow's", () => {
  fc.assert(fc.property(fc.nat(0xffffffff), (crc) => unmaskCrc(maskCrc(crc)) === crc));
  // The length and its CRC in a record of 5 bytes that TensorFlow 2.21 wrote.
  expect(maskedCrc(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0))).toBe(0x3e04b2ea);
});
