/** Keys of parts of variables: as TensorFlow writes them, in the order of what they stand for. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { sliceKey } from "../../../proto/checkpoint/slice-key.ts";

const key = (name: string, ...extents: [start: number, length?: number][]) =>
  Buffer.from(sliceKey(name, { extents: extents.map(([start, length]) => ({ start, length })) }));

test.each([
  ["a scalar", key("w"), "00 77 0001 00"],
  ["whole dimensions", key("w", [0], [0]), "00 77 0001 0102 80 7f 80 7f"],
  ["numbers of two and three bytes", key("w", [64, 63], [8191, 8192]), "00 77 0001 0102 c040 bf dfff e02000"],
  ["bytes that end or escape", key("\0ÿ"), "00 00ff c3bf 0001 00"],
])("%s", (_what, bytes, hex) => expect(bytes.toString("hex")).toBe(hex.replaceAll(" ", "")));

test("keys sort as the numbers in them", () => {
  const number = fc.oneof(fc.nat(300), fc.nat(2 ** 31 - 1), fc.maxSafeNat());
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(Math.sign(Buffer.compare(key("w", [a, 1]), key("w", [b, 1])))).toBe(Math.sign(a - b));
    }),
  );
});
