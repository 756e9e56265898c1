/** Colours of categories: told apart by everyone, as far as there is room for so many. */
import { describe, expect, test } from "vitest";
import { distance, type Sight, seenAs } from "../../../ui/app/color-vision.ts";
import type { Scheme } from "../../../ui/app/run-colors.ts";
import { categoryColor, GREY, MOST_COLORS } from "../../../ui/dashboards/projector/data/palettes.ts";

describe.each<Scheme>(["light", "dark"])("categories on %s", (scheme) => {
  const colors = Array.from({ length: MOST_COLORS }, (_, i) => categoryColor(i, scheme));

  test("have a colour each, and none that of points that are not meant", () => {
    expect(new Set([...colors, GREY[scheme]].map(String)).size).toBe(MOST_COLORS + 1);
  });

  test.each<[number, Record<Sight, number>]>([
    [20, { full: 0.1, protanopia: 0.065, deuteranopia: 0.065 }],
    [50, { full: 0.06, protanopia: 0.035, deuteranopia: 0.035 }],
    [100, { full: 0.04, protanopia: 0.025, deuteranopia: 0.025 }],
  ])("the first %i are apart for all sights", (count, least) => {
    const seen = colors.slice(0, count).map(seenAs);
    for (const sight of ["full", "protanopia", "deuteranopia"] as const)
      for (const [i, a] of seen.entries())
        for (const [j, b] of seen.slice(0, i).entries())
          expect(distance(a[sight], b[sight]), `${i} and ${j} with ${sight}`).toBeGreaterThan(least[sight]);
  });
});
