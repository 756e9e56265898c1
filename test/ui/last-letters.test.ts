/** Where names are parted that are cut in their middle. */
import { expect, it } from "vitest";
import { lastLetters } from "../../ui/app/last-letters.ts";

const cut = (name: string, fits?: number) => [
  name.slice(0, lastLetters(name, fits)),
  name.slice(lastLetters(name, fits)),
];

it("parts names before their last letters, and none that fit anyway", () => {
  expect(cut("twenty-letters-long1")).toEqual(["", "twenty-letters-long1"]);
  expect(cut("sweep/learning-rate-1")).toEqual(["sweep/learn", "ing-rate-1"]);
  expect(cut("run-1", 7)).toEqual(["", "run-1"]);
  expect(cut("run-0001", 7)).toEqual(["run-", "0001"]);
});

it("parts no letter that is written in two halves", () => {
  expect(cut("😀".repeat(21))).toEqual(["😀".repeat(11), "😀".repeat(10)]);
});
