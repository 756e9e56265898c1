/** What a decoder says of an answer that does not fit. */
import { expect, test } from "vitest";
import { list, number, optional, record, text } from "../../client/decoder.ts";

interface Run {
  readonly name: string;
  readonly steps: readonly number[];
  readonly note?: string;
}

const runs = list(record<Run>({ name: text, steps: list(number), note: optional(text) }));

test("says where in the answer something is missing or something else", () => {
  const good = { name: "a", steps: [1, 2] };
  expect(runs([good, { ...good, note: "n", further: 1 }], "runs")).toEqual([good, { ...good, note: "n" }]);
  expect(() => runs([good, { ...good, steps: [1, 2, "3"] }], "runs")).toThrow(
    "the server's answer has no number at runs[1].steps[2]",
  );
  expect(() => runs([{ steps: [] }], "runs")).toThrow("the server's answer has no text at runs[0].name");
  expect(() => runs([{ ...good, note: 3 }], "runs")).toThrow("no text at runs[0].note");
  expect(() => runs({ length: 3 }, "runs")).toThrow("no list at runs");
  expect(() => runs([null], "runs")).toThrow("no object at runs[0]");
});

test("passes on errors that are not about the answer", () => {
  const broken = list(() => {
    throw new RangeError("ours");
  });
  expect(() => broken([1], "answer")).toThrow(new RangeError("ours"));
});
