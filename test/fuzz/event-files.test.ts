/** Some of the damaged files of `event-files.ts`, other ones each day. */
import { expect, test } from "vitest";
import { fuzz } from "./event-files.ts";

test("3,000 damaged files: nothing throws, and no record before the damage is lost", () => {
  const today = Math.floor(Date.now() / 86_400_000);
  expect(fuzz(3000, today * 3000)).toBe(3000);
});
