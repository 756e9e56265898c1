/** Filters typed by a person. */
import { describe, expect, it } from "vitest";
import { nameFilter } from "../../ui/app/name-filter.ts";

describe("name filter", () => {
  it("passes everything when empty", () => {
    expect(nameFilter("")).toMatchObject({ active: false, error: null });
    expect(nameFilter("").test("anything")).toBe(true);
  });

  it("ignores case until a capital is typed", () => {
    expect(nameFilter("loss").test("Train/Loss")).toBe(true);
    expect(nameFilter("Loss").test("train/loss")).toBe(false);
  });

  it("says what is wrong, and hides nothing meanwhile", () => {
    const filter = nameFilter("lr=(");
    expect(filter.error).toBe("Not a regular expression: unterminated group");
    expect(filter.test("lr=0.1")).toBe(true);
  });
});
