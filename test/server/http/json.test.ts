/** JSON in pieces is the JSON that it would be whole, and none of its pieces is long. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Entries, jsonPieces, toJson } from "../../../server/http/json.ts";

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.bigInt(), fc.constant(null), fc.constant(undefined)),
    fc.array(tie("any"), { maxLength: 90 }),
    fc.dictionary(fc.string(), tie("any"), { maxKeys: 90 }),
    fc.dictionary(fc.string(), tie("any")).map((object) => new Map(Object.entries(object))),
    fc.float32Array({ maxLength: 1500 }),
    fc.bigInt64Array({ maxLength: 90 }),
  ),
})).any;

test("of any data", () => {
  fc.assert(
    fc.property(value, (data) => {
      expect([...jsonPieces(data)].join("")).toBe(toJson(data));
    }),
    { numRuns: 300 },
  );
});

test("of lists and arrays that are long, and of entries that are made one by one", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => [i, { wall: i / 7, tags: [i % 2 === 0] }]);
  const data = { rows, numbers: Float64Array.from(rows, (_, i) => i / 3), made: new Map([["a", rows]]) };
  const pieces = [...jsonPieces({ ...data, made: new Entries(() => Object.entries({ a: rows })) })];
  expect(pieces.join("")).toBe(toJson(data));
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1 << 17);
});
