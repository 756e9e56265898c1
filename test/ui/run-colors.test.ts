/** Colours of runs: stable, and told apart by everyone. */
import { describe, expect, it } from "vitest";
import { distance, linearLight, luminance, seenAs } from "../../ui/app/color-vision.ts";
import { colorAt, RunColors, type Scheme } from "../../ui/app/run-colors.ts";

const rgb = (hex: string) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
const linear = (hex: string) => linearLight(rgb(hex));

describe.each<[Scheme, string]>([
  ["light", "#ffffff"],
  ["dark", "#161a20"],
])("palette on %s", (scheme, ground) => {
  it("holds 3:1 against the card for the first ten runs", () => {
    for (let i = 0; i < 10; i++) {
      const pair = [luminance(linear(colorAt(i, scheme))), luminance(linear(ground))].sort((a, b) => b - a);
      expect((pair[0]! + 0.05) / (pair[1]! + 0.05), colorAt(i, scheme)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(["full", "protanopia", "deuteranopia"] as const)(
    "tells ten runs apart with %s, the first six easily",
    (sight) => {
      const seen = Array.from({ length: 10 }, (_, i) => seenAs(rgb(colorAt(i, scheme)))[sight]);
      for (const [i, a] of seen.entries())
        for (const [j, b] of seen.slice(0, i).entries())
          expect(distance(a, b), `${i} and ${j}`).toBeGreaterThan(i < 6 ? 0.12 : 0.08);
    },
  );
});

describe("run colours", () => {
  it("go by start, so that later runs change nothing", () => {
    const colors = new RunColors();
    colors.assign([
      { name: "late", start_time: 200 },
      { name: "early", start_time: 100 },
    ]);
    expect(colors.color("early", "light")).toBe(colorAt(0, "light"));
    colors.assign([
      { name: "first of all", start_time: 1 },
      { name: "late", start_time: 200 },
    ]);
    expect(colors.color("late", "light")).toBe(colorAt(1, "light"));
    expect(colors.color("first of all", "light")).toBe(colorAt(2, "light"));
  });

  it("give thirty runs thirty colours", () => {
    expect(new Set(Array.from({ length: 30 }, (_, i) => colorAt(i, "dark"))).size).toBe(30);
  });
});
