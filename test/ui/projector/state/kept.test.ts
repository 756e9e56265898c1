/** What is kept, and what is forgotten, when points, steps and distances change. */
import "./page-globals.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DataSet } from "../../../../ui/dashboards/projector/data/data-set.ts";
import { saveView, states } from "../../../../ui/dashboards/projector/state/bookmarking.ts";
import { overlap, trust } from "../../../../ui/dashboards/projector/state/looks.ts";
import { beside, main, type Pane } from "../../../../ui/dashboards/projector/state/pane.ts";
import { startProjector } from "../../../../ui/dashboards/projector/state/running.ts";
import type { LoadedVectors, Overlap, Trust } from "../../../../ui/projection/types.ts";

const POINTS: DataSet = {
  origin: { kind: "file", name: "a.npy" },
  title: "a.npy",
  rows: 2,
  dims: 3,
  columns: [],
  sprite: null,
  hasBookmarks: false,
  problems: [],
};
const ofStep = (step: number, tensor = "words"): DataSet => ({
  ...POINTS,
  origin: { kind: "log", run: "train", name: `${tensor}@${step}`, tensor, step },
});

function open(pane: Pane, data: DataSet): void {
  pane.data.value = data;
  pane.loaded.value = {} as LoadedVectors;
  pane.show("", {
    kind: "umap",
    positions: { data: Float32Array.of(1, 2, 3, 4), dims: 2 },
    layout: null,
    axes: [],
  });
}

let stop = () => {};
beforeEach(() => {
  open(main, ofStep(1));
  open(beside, ofStep(2));
  stop = startProjector();
});
afterEach(() => stop());

test("views are of a tensor: steps, metadata and other points lose none", () => {
  saveView("first");
  const names = () => states.value.map(({ label }) => label);
  open(main, ofStep(2));
  saveView("second");
  main.data.value = { ...main.data.peek()!, problems: ["more"] };
  expect(names()).toEqual(["first", "second"]);
  open(main, POINTS);
  expect(names()).toEqual([]);
  saveView("of the file");
  open(main, { ...ofStep(3), dims: 4 });
  expect(names()).toEqual([]);
  open(main, ofStep(3));
  expect(names()).toEqual(["first", "second"]);
});

describe("what was measured", () => {
  const measured = {} as Overlap;
  beforeEach(() => {
    overlap.value = measured;
  });

  test.each([
    ["the points", () => open(main, ofStep(3))],
    ["those beside them", () => open(beside, ofStep(3))],
    ["the distance", () => (main.loaded.value = {} as LoadedVectors)],
    ["nothing beside", () => beside.close()],
  ])("of a pair goes with %s", (_what, change) => {
    change();
    expect(overlap.peek()).toBeNull();
  });

  test("stays when the page is left and comes back", () => {
    trust.value = {} as Trust;
    stop();
    stop = startProjector();
    expect([overlap.peek(), trust.peek()]).toEqual([measured, {}]);
  });
});
