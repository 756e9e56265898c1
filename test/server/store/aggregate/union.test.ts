/** The union of ascending lists, and selection of ranks: what aggregates are quick by. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Selector } from "../../../../server/store/aggregate/select.ts";
import { unionOf } from "../../../../server/store/aggregate/union.ts";

const ascending = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b);

describe("unionOf", () => {
  test("has every number once, ascending, of lists that are alike or have nothing in common", () => {
    const list = fc
      .array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 60 })
      .map((numbers) => Float64Array.from(ascending(numbers)));
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 30 }), (lists) => {
        expect([...unionOf(lists)]).toEqual(ascending(lists.flatMap((one) => [...one])));
      }),
    );
  });

  test("is a list itself where the others are parts of it", () => {
    const whole = Float64Array.of(1, 2, 3);
    expect(unionOf([Float64Array.of(2), whole, Float64Array.of(1, 3)])).toBe(whole);
  });
});

describe("select", () => {
  test("leaves at each rank what sorting would put there", () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ noNaN: true })), {
      minLength: 1,
      maxLength: 300,
      size: "max",
    });
    const selector = new Selector();
    fc.assert(
      fc.property(values, fc.array(fc.nat(299), { maxLength: 6 }), (numbers, some) => {
        const ranks = ascending(some.filter((rank) => rank < numbers.length));
        const sorted = Float64Array.from(numbers).sort();
        const selected = Float64Array.from(numbers);
        selector.select(selected, ranks, sorted[0]!, sorted.at(-1)!);
        // Not Object.is: which of the two zeros comes first, nobody need care.
        expect(ranks.filter((rank) => selected[rank] !== sorted[rank])).toEqual([]);
        expect(selected.sort()).toEqual(sorted);
      }),
    );
  });
});
