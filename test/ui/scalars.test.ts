/** The scalars dashboard's sections, zooms and table. */
import { describe, expect, it } from "vitest";
import type { TagInfo } from "../../server/api/types.ts";
import { groupTags, openByDefault, tagTitle } from "../../ui/board/groups.ts";
import { type HoverRow, nextSort, sortRows, windowStart } from "../../ui/dashboards/scalars/hover-rows.ts";
import { withoutX, withZoom, zoomsField } from "../../ui/dashboards/scalars/zooms.ts";

const tags = (...names: string[]): TagInfo[] =>
  names.map((tag, id) => ({
    id,
    tag,
    plugin: "scalars",
    display_name: "",
    data_class: "scalar",
    description: "",
    runs: [],
  }));

describe("sections", () => {
  it("are the part before the first slash, tags without one first", () => {
    const groups = groupTags(tags("b/x/y", "a/10", "a/2", "lone", "other", "b"));
    expect(groups.map((group) => [group.name, group.tags.map((t) => t.tag)])).toEqual([
      ["", ["lone", "other"]],
      ["a", ["a/2", "a/10"]],
      ["b", ["b", "b/x/y"]],
    ]);
  });

  it("leave their name out of the titles", () => {
    expect(tagTitle("loss/total", "loss")).toBe("total");
    expect(tagTitle("loss", "loss")).toBe("loss");
    expect(tagTitle("loss", "")).toBe("loss");
  });

  it("have titles that can be seen", () => {
    expect(tagTitle("", "")).toBe("(no name)");
    expect(tagTitle("a/ ", "a")).toBe('" "');
  });

  it("are open at the top", () => {
    const many = Array.from({ length: 10 }, (_, g) =>
      Array.from({ length: 10 }, (_, i) => `g${g}/t${i}`),
    ).flat();
    const open = (...names: string[]) => [
      ...openByDefault(
        groupTags(tags(...names)).map(({ name, tags: { length } }) => ({ name, cards: length })),
      ),
    ];
    expect(open(...many)).toEqual(["g0", "g1"]);
    expect(open("a/1", "b/1", "c/1")).toHaveLength(3);
    const results = ["train/loss", "val/loss", "loss"];
    expect(open(...results, ...many, ...many.map((tag) => `debug${tag}`)).slice(0, 3)).toEqual([
      "",
      "train",
      "val",
    ]);
  });
});

describe("zooms", () => {
  it("go into the address and back", () => {
    const zooms = withZoom(withZoom(new Map(), "a_b/c", { x: [1, 2], y: null }), "d", {
      x: null,
      y: [-0.5, 1e-7],
    });
    const text = zoomsField.format(zooms);
    expect(text).toBe("1_2___a_b/c,__-0.5_1e-7_d");
    expect(zoomsField.parse(text!)).toEqual(zooms);
    expect(zoomsField.parse("nonsense,1_0___backwards")).toEqual(new Map());
  });

  it("keep the digits that a narrow range far out needs", () => {
    const zooms = new Map([["t", { x: [1700000000.25, 1700000000.5] as const, y: null }]]);
    expect(zoomsField.parse(zoomsField.format(zooms)!)).toEqual(zooms);
  });

  it("lose their x when x becomes something else", () => {
    const zooms = new Map([
      ["a", { x: [1, 2] as const, y: [3, 4] as const }],
      ["b", { x: [1, 2] as const, y: null }],
    ]);
    expect(withoutX(zooms)).toEqual(new Map([["a", { x: null, y: [3, 4] }]]));
  });
});

describe("table under the crosshair", () => {
  const row = (run: string, value: number, distance: number): HoverRow => ({
    key: run,
    name: run,
    color: "",
    nearest: distance === 0,
    distance,
    smoothed: null,
    value,
    step: 1,
    wallTime: 0,
    relative: 0,
    bounds: null,
  });
  const rows = [row("run10", 1, 5), row("run2", Number.NaN, 0), row("run1", 3, 9)];
  const order = (...args: Parameters<typeof sortRows>) => sortRows(...args).map((r) => r.name);

  it("sorts as asked, NaN last", () => {
    expect(order([...rows], "nearest")).toEqual(["run2", "run10", "run1"]);
    expect(order([...rows], "run")).toEqual(["run1", "run2", "run10"]);
    expect(order([...rows], "value")).toEqual(["run10", "run1", "run2"]);
    expect(order([...rows], "-run")).toEqual(["run10", "run2", "run1"]);
  });

  it("goes round: ascending, descending, nearest", () => {
    expect(nextSort("nearest", "value")).toBe("value");
    expect(nextSort("value", "value")).toBe("-value");
    expect(nextSort("-value", "value")).toBe("nearest");
    expect(nextSort("-value", "step")).toBe("step");
  });

  it("shows the nearest run wherever it is sorted to", () => {
    const long = Array.from({ length: 100 }, (_, i) => row(`r${i}`, i, i === 50 ? 0 : 1));
    expect(windowStart(long, 12)).toBe(44);
    expect(windowStart(long.slice(0, 5), 12)).toBe(0);
    expect(windowStart(rows, 3)).toBe(0);
  });
});
