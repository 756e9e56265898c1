/** Colours that mean something are told apart. */
import { describe, expect, it } from "vitest";
import { difference, palette, type Rgb } from "../../../../ui/dashboards/graphs/canvas/colours.ts";
import { DIFF_INSIDE, DIFF_MARKS } from "../../../../ui/dashboards/graphs/compare/compared.ts";

const distance = (a: Rgb, b: Rgb): number => Math.hypot(...a.map((value, i) => value - b[i]!));

describe.each([false, true])("the palette, dark: %s", (dark) => {
  const colours = palette(dark);

  it("tells what a difference of graphs says of names apart", () => {
    const marks = [null, ...Object.values(DIFF_MARKS), DIFF_INSIDE];
    const drawn = marks.map((mark) => difference(mark, colours));
    const near = drawn.flatMap((a, i) =>
      drawn.slice(i + 1).flatMap((b, j) => (distance(a, b) < 30 ? [[marks[i], marks[i + 1 + j]]] : [])),
    );
    expect(near).toEqual([]);
  });

  it("goes from faster over nothing to slower", () => {
    expect(difference(-1, colours)).toEqual(colours.good);
    expect(difference(0, colours)).toEqual(colours.neutral);
    expect(difference(1, colours)).toEqual(colours.hot);
  });
});
