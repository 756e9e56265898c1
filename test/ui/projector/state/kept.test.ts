/** What is kept, and what is forgotten, when points, steps and distances change. */
import "./page-globals.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DataSet } from "../../../../ui/dashboards/projector/data/data-set.ts";
import {
  currentState,
  restore,
  saveView,
  states,
} from "../../../../ui/dashboards/projector/state/bookmarking.ts";
import { measureTrust, measuringTrust } from "../../../../ui/dashboards/projector/state/inspecting.ts";
import { overlap, trust } from "../../../../ui/dashboards/projector/state/looks.ts";
import { beside, main, type Pane } from "../../../../ui/dashboards/projector/state/pane.ts";
import { keyOf } from "../../../../ui/dashboards/projector/state/project.ts";
import { startProjector } from "../../../../ui/dashboards/projector/state/running.ts";
import { poleExpressions, poles } from "../../../../ui/dashboards/projector/state/settings.ts";
import type { LoadedVectors, Overlap, Positions, Trust } from "../../../../ui/projection/types.ts";
import type { ProjectionClient } from "../../../../ui/workers/projection-client.ts";

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

test("a view has its poles as they are: texts and regular expressions, as stock's page has them", () => {
  poles.left.value = "^a";
  poleExpressions.left.value = true;
  poles.up.value = "b";
  const state = currentState("poles")!;
  expect([state.customXLeftText, state.customXLeftRegex]).toEqual(["^a", true]);
  expect([state.customYUpText, state.customYUpRegex]).toEqual(["b", false]);
  const key = keyOf("custom");
  poleExpressions.left.value = false;
  poleExpressions.up.value = true;
  expect(keyOf("custom")).not.toBe(key);
  restore({ ...state, selectedProjection: "umap", projections: [] });
  expect([poleExpressions.left.peek(), poleExpressions.up.peek()]).toEqual([true, false]);
});

test("how far to believe a picture, once asked, is told of each that follows", async () => {
  const asked: { of: number; signal: AbortSignal | undefined; tell: (found: Trust) => void }[] = [];
  const worker = {
    trust: ({ positions }: { positions: Positions }, { signal }: { signal?: AbortSignal }) =>
      new Promise<Trust>((resolve) => asked.push({ of: positions.data[0]!, signal, tell: resolve })),
    close() {},
  };
  // Only what this test asks for.
  main.client = worker as unknown as ProjectionClient;
  const picture = (first: number) => ({
    kind: "umap" as const,
    positions: { data: Float32Array.of(first, 2, 3, 4), dims: 2 as const },
    layout: null,
    axes: [],
  });
  const found = (trustworthiness: number) => ({ trustworthiness }) as Trust;
  main.show("1", picture(1), {});
  expect(asked).toEqual([]);
  const first = measureTrust();
  asked[0]!.tell(found(0.1));
  await first;
  expect(trust.peek()).toEqual(found(0.1));
  expect(asked.length).toBe(1);
  // Not while a layout runs, and given up for the next.
  main.showFrame("umap", picture(2).positions);
  expect(asked.length).toBe(1);
  main.show("3", picture(3), {});
  expect([trust.peek(), measuringTrust.peek(), asked[1]?.of]).toEqual([null, true, 3]);
  main.show("4", picture(4), {});
  expect([asked[1]?.signal?.aborted, asked[2]?.of]).toEqual([true, 4]);
  asked[1]!.tell(found(0.3));
  asked[2]!.tell(found(0.4));
  await expect.poll(() => trust.peek()).toEqual(found(0.4));
  expect(measuringTrust.peek()).toBe(false);
  // Nor while the worker does something else.
  const other = main.run("something else", async () => {
    main.show("5", picture(5), {});
    expect(asked.length).toBe(3);
  });
  await other;
  expect(asked[3]?.of).toBe(5);
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
