/** Figures of the panels: tracks of a timeline, differences of steps, times as text, CSV. */
import { describe, expect, it } from "vitest";
import type { GraphTimeline } from "../../../graph/views.ts";
import { LabelPlaces } from "../../../ui/dashboards/graphs/canvas/label-places.ts";
import { lineWidth } from "../../../ui/dashboards/graphs/canvas/line-width.ts";
import { compareStates, stepDiffRows } from "../../../ui/dashboards/graphs/compare/compared.ts";
import { toCsv } from "../../../ui/dashboards/graphs/panels/csv.ts";
import { keptFrom } from "../../../ui/dashboards/graphs/panels/kept-name.ts";
import { formatMicros, formatShare } from "../../../ui/dashboards/graphs/panels/units.ts";
import { liveAt } from "../../../ui/dashboards/graphs/timeline/live-at.ts";
import { eachSlice } from "../../../ui/dashboards/graphs/timeline/slices.ts";
import { tickTexts, timeTicks } from "../../../ui/dashboards/graphs/timeline/time-ticks.ts";

import { executionAt, tracksOf } from "../../../ui/dashboards/graphs/timeline/tracks.ts";

const TIMELINE: GraphTimeline = {
  lanes: [
    { device: "gpu", thread: "1" },
    { device: "cpu", thread: "" },
  ],
  names: ["a", "b", "c"],
  ops: ["MatMul", "Relu", ""],
  name: [1, 0, 2, 0],
  lane: [0, 0, 1, 0],
  depth: [0, 0, 0, 1],
  start_micros: [50, 0, 10, 5],
  duration_micros: [20, 40, 100, 10],
  span_micros: 110,
};

describe("the timeline", () => {
  it("has a row for each lane and depth, by start", () => {
    const tracks = tracksOf(TIMELINE);
    expect(tracks.lanes).toEqual([
      { device: "gpu", thread: "1", row: 0, rows: 2 },
      { device: "cpu", thread: "", row: 3, rows: 1 },
    ]);
    expect(tracks.tracks.map(({ lane, depth, order }) => [lane, depth, ...order])).toEqual([
      [0, 0, 1, 0],
      [1, 0, 2],
      [0, 1, 3],
    ]);
  });

  it("finds what is under a point, and nothing in a gap", () => {
    const tracks = tracksOf(TIMELINE);
    expect(executionAt(tracks, 1, 60, 0)).toBe(0);
    expect(executionAt(tracks, 1, 45, 0)).toBe(-1);
    expect(executionAt(tracks, 2, 6, 0)).toBe(3);
    expect(executionAt(tracks, 4, 105, 0)).toBe(2);
  });

  it("draws no more of very many executions than there are pixels, and what is selected", () => {
    const count = 100_000;
    const all = Array.from({ length: count }, (_, i) => i);
    const { tracks } = tracksOf({
      ...TIMELINE,
      name: all.map(() => 0),
      lane: all.map(() => 0),
      depth: all.map(() => 0),
      start_micros: all.map((i) => 3 * i),
      duration_micros: all.map(() => 2),
      span_micros: 3 * count,
    });
    const drawn = (from: number, to: number, selected = -1): number[] => {
      const seen: number[] = [];
      eachSlice(
        tracks[0]!,
        { from, to },
        1000,
        (execution) => execution === selected,
        (execution, left, width) => {
          expect(left).toBeGreaterThanOrEqual(-2);
          expect(left + width).toBeLessThanOrEqual(1002);
          seen.push(execution);
        },
      );
      return seen;
    };
    const whole = drawn(0, 3 * count);
    expect(whole.length).toBeGreaterThan(900);
    expect(whole.length).toBeLessThanOrEqual(1001);
    // Near enough, each stands for itself.
    expect(drawn(3000, 3029)).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009]);
    const [first] = drawn(0, 30_000);
    expect(drawn(0, 30_000, first! + 3)).toContain(first! + 3);
  });

  it("has round times on its axis", () => {
    expect(timeTicks(0, 1000, 500)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(timeTicks(5, 5, 500)).toEqual([]);
    expect(tickTexts([0, 200, 400])).toEqual(["0", "200 µs", "400 µs"]);
    expect(tickTexts([500_000, 1_000_000, 1_500_000])).toEqual(["0.5 s", "1 s", "1.5 s"]);
    // Far from the beginning, and near.
    expect(tickTexts([74_980, 74_990, 75_000])).toEqual(["74.98 ms", "74.99 ms", "75 ms"]);
    expect(tickTexts([])).toEqual([]);
  });
});

describe("a comparison of steps", () => {
  const row = (name: string, before: number | null, after: number | null) => ({
    name,
    op: "MatMul",
    before_micros: before,
    after_micros: after,
    before_bytes: 10,
    after_bytes: 30,
  });
  const diff = {
    rows: [row("s/a", 100, 200), row("s/b", 100, 99), row("s/c", null, 5), row("t/d", 7, null)],
  };

  it("says what got slower, faster, is new or gone; noise is the same", () => {
    expect(stepDiffRows(diff).map(({ name, what, change }) => [name, what, change])).toEqual([
      ["s/a", "slower", 100],
      ["s/b", "same", -1],
      ["s/c", "new", 5],
      ["t/d", "gone", -7],
    ]);
  });

  it("colours scopes by the sum of what is in them", () => {
    const states = compareStates(diff);
    expect(states.get("s/a")).toBe(1);
    expect(states.get("t")).toBe(-1);
    expect(states.get("s")).toBeCloseTo(Math.log2(304 / 200));
  });
});

it("tells live bytes at any time", () => {
  const device = {
    device: "gpu",
    allocator: "bfc",
    micros: [0, 10, 20],
    live_bytes: [5, 8, 2],
    peak: { micros: 10, bytes: 8 },
    at_peak: [],
    source: "allocations" as const,
  };
  expect([-1, 0, 15, 99].map((at) => liveAt(device, at))).toEqual([0, 5, 8, 2]);
});

it("writes times and shares shortly", () => {
  expect([0, 3.25, 999, 1234, 2.5e6].map(formatMicros)).toEqual([
    "0",
    "3.25 µs",
    "999 µs",
    "1.23 ms",
    "2.5 s",
  ]);
  expect([0, 0.0001, 0.051, 0.5].map(formatShare)).toEqual(["0 %", "< 0.1 %", "5.1 %", "50 %"]);
});

it("cuts long names before their last part, and never the end", () => {
  const cut = (name: string) => [name.slice(0, keptFrom(name)), name.slice(keptFrom(name))];
  expect(cut("layer1/MatMul_grad1")).toEqual(["", "layer1/MatMul_grad1"]);
  expect(cut("model/conv2d_1/BiasAdd")).toEqual(["model/", "conv2d_1/BiasAdd"]);
  expect(cut("gradients/layer1/MatMul_grad")).toEqual(["gradients/layer1/", "MatMul_grad"]);
  expect(cut("a_name_without_any_scope_1")).toEqual(["a_name_wit", "hout_any_scope_1"]);
});

it("quotes what CSV must quote", () => {
  const columns = [
    { title: "Node", value: (row: { n: string }) => row.n },
    { title: "µs", value: () => null },
  ];
  expect(toCsv(columns, [{ n: 'a,"b"' }])).toBe('Node,µs\r\n"a,""b""",\r\n');
});

it("drops labels that would touch others", () => {
  const places = new LabelPlaces();
  expect(places.take(0, 0, 40)).toBe(true);
  // Beside it, with no room between them; then with room; then below.
  expect(places.take(44, 3, 40)).toBe(false);
  expect(places.take(50, 3, 40)).toBe(true);
  expect(places.take(10, 13, 40)).toBe(false);
  expect(places.take(10, 16, 40)).toBe(true);
});

it("draws edges as wide as TensorBoard does", () => {
  expect(lineWidth(1)).toBeCloseTo(0.75);
  expect(lineWidth(5_000_000)).toBeCloseTo(12);
  expect(lineWidth(1e9)).toBeCloseTo(12);
  // A power scale of exponent 0.3 from [1, 5e6] to [0.75, 12], at 32 x 784.
  expect(lineWidth(25_088)).toBeCloseTo(2.959, 2);
});
