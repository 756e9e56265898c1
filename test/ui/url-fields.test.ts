/** View state in the address: short, legible, and back again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choiceField,
  flagField,
  formatFragment,
  joinList,
  listField,
  numberField,
  parseFragment,
  splitList,
} from "../../ui/app/url-fields.ts";

describe("fields", () => {
  it("leave out what has its default", () => {
    expect(numberField(0.6, 0, 0.999).format(0.6)).toBeUndefined();
    expect(flagField(true).format(true)).toBeUndefined();
    expect(choiceField(["step", "relative"]).format("step")).toBeUndefined();
    expect(listField().format([])).toBeUndefined();
  });

  it("fall back on what cannot be understood", () => {
    expect(numberField(0.6, 0, 0.999).parse("lots")).toBe(0.6);
    expect(numberField(0.6, 0, 0.999).parse("7")).toBe(0.999);
    expect(flagField(true).parse("perhaps")).toBe(true);
    expect(choiceField(["step", "relative"]).parse("time")).toBe("step");
  });

  it("keep any list of names", () => {
    expect(joinList(["a,b", "c\\d"])).toBe("a\\,b,c\\\\d");
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
        expect(splitList(joinList(names))).toEqual(names);
      }),
    );
  });
});

describe("fragment", () => {
  it("reads as a person would write it", () => {
    const params = new Map([
      ["smoothing", "0.9"],
      ["runs", "-sweep/lr=0.1,b"],
    ]);
    expect(formatFragment({ dashboard: "scalars", params })).toBe(
      "#scalars?smoothing=0.9&runs=-sweep/lr=0.1,b",
    );
    expect(formatFragment({ dashboard: "scalars", params: new Map() })).toBe("#scalars");
  });

  it("takes what older links and other hands may hold", () => {
    expect(parseFragment("").dashboard).toBe("");
    expect(parseFragment("#/scalars").dashboard).toBe("scalars");
    expect(parseFragment("#scalars?a=%E0%A4%A").params.get("a")).toBe("%E0%A4%A");
  });

  it("gives back any state", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (tagFilter, runs) => {
        const params = new Map([
          ["tag_filter", tagFilter],
          ["runs", runs],
        ]);
        expect(parseFragment(formatFragment({ dashboard: "scalars", params })).params).toEqual(params);
      }),
    );
  });
});
