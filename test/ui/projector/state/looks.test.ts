/** What the page says that it colours by is what it colours by. */
import "./page-globals.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { columnOf } from "../../../../ui/dashboards/projector/data/columns.ts";
import { clusters, ownColours, shadedBy } from "../../../../ui/dashboards/projector/state/looks.ts";
import { main } from "../../../../ui/dashboards/projector/state/pane.ts";
import { colorBy, OURS } from "../../../../ui/dashboards/projector/state/settings.ts";

const open = (name: string): void => {
  main.data.value = {
    origin: { kind: "file", name: "a.npy" },
    title: "a.npy",
    rows: 4,
    dims: 3,
    columns: [columnOf(name, ["a", "b"], Int32Array.from([0, 0, 1, 1]))],
    sprite: null,
    hasBookmarks: false,
    problems: [],
  };
};

beforeEach(() => open("word"));
afterEach(() => {
  colorBy.value = "";
  clusters.value = null;
  main.data.value = null;
});

test("clusters of other points colour none of these: what does is said", () => {
  colorBy.value = OURS.clusters;
  clusters.value = { labels: new Int32Array(4), names: [] } as unknown as typeof clusters.value;
  expect(shadedBy.value).toBe(OURS.clusters);
  clusters.value = null;
  open("kind");
  expect(ownColours.value).toEqual([]);
  expect([OURS.none, "kind"]).toContain(shadedBy.value);
});

test("a column that these points do not have", () => {
  colorBy.value = "another";
  expect([OURS.none, "word"]).toContain(shadedBy.value);
});
