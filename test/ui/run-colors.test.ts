/** Colours of runs: stable, and told apart by everyone. */
import { describe, expect, it } from "vitest";
import { colorAt, RunColors, type Scheme } from "../../ui/app/run-colors.ts";

type Triple = readonly [number, number, number];

/** Linear light of a `#rrggbb`. */
function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(m: readonly Triple[], [a, b, c]: Triple): Triple {
  const row = (r: Triple): number => r[0] * a + r[1] * b + r[2] * c;
  return [row(m[0]!), row(m[1]!), row(m[2]!)];
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHT: Record<string, readonly Triple[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** OKLab (Ottosson 2020). */
function oklab(rgb: Triple): Triple {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    // What lies outside of the gamut after the matrix is no light at all.
    [Math.max(0, rgb[0]), Math.max(0, rgb[1]), Math.max(0, rgb[2])],
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

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

  it.each(Object.keys(SIGHT))("tells ten runs apart with %s, the first six easily", (sight) => {
    const seen = Array.from({ length: 10 }, (_, i) =>
      oklab(times(SIGHT[sight]!, linear(colorAt(i, scheme)))),
    );
    for (const [i, a] of seen.entries())
      for (const [j, b] of seen.slice(0, i).entries()) {
        const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        expect(distance, `${i} and ${j}`).toBeGreaterThan(i < 6 ? 0.12 : 0.08);
      }
  });
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
