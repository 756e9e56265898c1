/** Numbers from bytes: what Python's float() and NumPy's float32 make of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NumberReader } from "../../../server/projector/number-parser.ts";

function numbers(line: string): (number | null)[] {
  const bytes = Buffer.from(line);
  const reader = new NumberReader(bytes);
  const all: (number | null)[] = [];
  while (reader.at <= bytes.length) {
    const value = reader.next();
    all.push(value === null ? null : Math.fround(value));
    if (value === null) break;
  }
  return all;
}

/** Ways in which programs write a double. */
const texts = fc
  .oneof(
    fc.double({ noNaN: true }),
    fc.float({ noNaN: true }),
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.integer().map((n) => n / 1024),
  )
  .chain((x) =>
    fc.constantFrom(
      String(x),
      x.toExponential(18),
      x.toPrecision(9),
      x.toPrecision(17),
      Number.isFinite(x) && Math.abs(x) < 1e20 ? x.toFixed(12) : "0",
      x.toExponential(3).toUpperCase(),
    ),
  )
  .filter((text) => !/infinity/i.test(text));

test("every number, however it is written, is the nearest float32 to the nearest double", () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 20 }), (line) => {
      expect(numbers(line.join("\t"))).toEqual(line.map((text) => Math.fround(Number(text))));
    }),
    { numRuns: 2000 },
  );
});

test("halfway between two float32s, and a hair beside it", () => {
  // 1 + 2^-24 lies in the middle: even wins; the double of the second is the middle as well.
  const lines = [
    "1.000000059604644775390625",
    "1.00000005960464478",
    "1.0000000596046449",
    "16777217",
    "16777219",
  ];
  for (const text of lines) expect(numbers(text)).toEqual([Math.fround(Number(text))]);
});

describe("as Python's float()", () => {
  test.each<[string, number]>([
    ["0", 0],
    ["-0", -0],
    ["+7", 7],
    [".5", 0.5],
    ["5.", 5],
    [" 7 ", 7],
    ["7\r", 7],
    ["1_000", 1000],
    ["1_0.0_1e1_0", Math.fround(10.01e10)],
    ["inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["NaN", Number.NaN],
    ["1e39", Number.POSITIVE_INFINITY],
    ["1e-46", 0],
    ["1e400", Number.POSITIVE_INFINITY],
    ["0e99999", 0],
    ["000000000000000000000000001", 1],
    ["1000000000000000000000000000000", Math.fround(1e30)],
    ["0.000000000000000000000000000001", Math.fround(1e-30)],
  ])("%j is %d", (text, value) => expect(numbers(text)).toEqual([value]));

  test.each([
    "",
    " ",
    "x",
    "1x",
    "0x10",
    "1__0",
    "_1",
    "1_",
    "1e",
    "1e\t2",
    "1e+",
    "--1",
    "+-1",
    "1.2.3",
    ".",
    "e5",
    "1,5",
    "in",
    "1 2",
  ])("%j is none", (text) => expect(numbers(text)).toEqual([null]));
});

test("any bytes are numbers or null, and reading ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const reader = new NumberReader(bytes);
      for (let i = 0; reader.at <= bytes.length && reader.next() !== null; i++) expect(i).toBeLessThan(100);
    }),
    { numRuns: 2000 },
  );
});
