/** What a chart shows of its lines, and what the pointer finds there. */
import { describe, expect, it } from "vitest";
import { brushBox, brushZoom, isClick } from "../../ui/charts/brush.ts";
import { quantile, xExtent, yExtent } from "../../ui/charts/extent.ts";
import { makeFrame, pixelX, pixelY, valueAtX } from "../../ui/charts/frame.ts";
import { type Growth, grown } from "../../ui/charts/growth.ts";
import { hitTest, nearestHit, nearestIndex } from "../../ui/charts/hit-test.ts";
import { moveCrosshair } from "../../ui/charts/keyboard.ts";
import { layOutLegend } from "../../ui/charts/legend.ts";
import type { ChartSpec, Line } from "../../ui/charts/line.ts";
import { lineMarks } from "../../ui/charts/marks.ts";
import { pinchedRange } from "../../ui/charts/pinch-range.ts";
import { project } from "../../ui/charts/projection.ts";

function line(run: string, y: number[], x = y.map((_, i) => i), faint: number[] | null = null): Line {
  return {
    run,
    color: "#000000",
    x: Float64Array.from(x),
    y: Float32Array.from(y),
    faint: faint && Float32Array.from(faint),
  };
}

function spec(lines: Line[], change: Partial<ChartSpec> = {}): ChartSpec {
  const plain = {
    xKind: "step",
    xLog: false,
    yLog: false,
    ignoreOutliers: false,
    zoom: null,
    lastStep: "",
  } as const;
  return { lines, ...plain, ...change };
}

const frameOf = (s: ChartSpec) => makeFrame(s, 400, 200, (label) => label.length * 6);

describe("a chart that grows", () => {
  it("keeps its axis until the data gets to its end, and then leaves a little room", () => {
    const at = (high: number, before: Growth | null) => grown(before, "step", [0, high]);
    const first = at(1000, null);
    expect(first.end).toBe(1000);
    const second = at(1010, first);
    expect(second.end).toBeCloseTo(1030.2);
    const third = at(1030, second);
    expect(third.end).toBe(second.end);
    expect(at(1031, third).end).toBeCloseTo(1051.6, 0);
    // What is not growth gets its own range.
    expect(at(500, third).end).toBe(500);
    expect(grown(third, "relative", [0, 1030]).end).toBe(1030);
    expect(makeFrame(spec([line("a", [1, 2, 3])]), 400, 200, () => 6, 2.5).x.range).toEqual([0, 2.5]);
    expect(
      makeFrame(spec([line("a", [1, 2, 3])], { zoom: { x: [0, 1], y: null } }), 400, 200, () => 6, 9).x.range,
    ).toEqual([0, 1]);
  });
});

describe("steps beyond 2^53", () => {
  it.each([2 ** 53, 2 ** 54, 1.7e18, -1.7e18])(
    "a single point at %d is in the middle, with labels that tell",
    (x) => {
      const frame = frameOf(spec([line("a", [1], [x])]));
      const { left, width } = frame.plot;
      expect(pixelX(frame, x)).toBeCloseTo(left + width / 2, 1);
      expect(frame.xTicks.length).toBeGreaterThan(0);
      expect(new Set(frame.xTicks.map(({ label }) => label)).size).toBe(frame.xTicks.length);
    },
  );

  it("points that are nearer than a pixel are in the middle, too", () => {
    const frame = frameOf(spec([line("a", [1, 2], [1.7e18, 1.7e18 + 512])]));
    for (const x of [1.7e18, 1.7e18 + 512])
      expect(pixelX(frame, x)).toBeCloseTo(frame.plot.left + frame.plot.width / 2, 0);
  });

  it("wide labels are fewer, and none is cut", () => {
    for (const x of [
      [2 ** 53, 2 ** 53 + 60_000],
      [1.7e18, 1.7e18 + 4e9],
      [0, 5],
    ]) {
      const frame = frameOf(spec([line("a", [1, 2], x)]));
      const edges = frame.xTicks.map(({ value, label }) => {
        const half = (label.length * 6) / 2;
        return [pixelX(frame, value) - half, pixelX(frame, value) + half] as const;
      });
      expect(edges.length).toBeGreaterThan(1);
      expect(edges[0]![0]).toBeGreaterThanOrEqual(0);
      expect(edges.at(-1)![1]).toBeLessThanOrEqual(frame.width);
      for (let i = 1; i < edges.length; i++) expect(edges[i]![0]).toBeGreaterThan(edges[i - 1]![1]);
    }
  });
});

describe("two fingers", () => {
  it("keep what was under them where they go", () => {
    const frame = frameOf(spec([line("a", [1, 2, 3, 4, 5])]));
    const { left, width } = frame.plot;
    const to = pinchedRange(
      frame,
      [left + width * 0.4, left + width * 0.6],
      [left + width * 0.2, left + width * 0.6],
    );
    // Twice as far apart: half the range. What was in the middle is now at two fifths.
    expect(to[1] - to[0]).toBeCloseTo(2);
    expect(to[0] + (to[1] - to[0]) * 0.4).toBeCloseTo(2);
  });
});

describe("a legend", () => {
  const runs = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ run: `run${i}`, color: "#123" }));
  const measure = (text: string) => text.length * 6;

  it("stands in columns, and ends", () => {
    const few = layOutLegend(runs(8), 400, measure);
    expect(few.entries.map(({ x, y }) => [x, y]).slice(0, 4)).toEqual([
      [12, 0],
      [12, 16],
      [68, 0],
      [68, 16],
    ]);
    const many = layOutLegend(runs(1000), 400, measure);
    expect(many.height).toBeLessThan(400);
    expect(many.entries.at(-1)).toMatchObject({ text: "and 940 more", color: null });
  });

  it("makes room for the longest name", () => {
    const { width, entries } = layOutLegend([{ run: "x".repeat(200), color: "#123" }], 400, measure);
    expect(width).toBeGreaterThanOrEqual(entries[0]!.x + 16 + 1200);
    expect(layOutLegend([], 400, measure)).toMatchObject({ width: 400, entries: [] });
  });
});

describe("extent", () => {
  const full = { log: false, xRange: null, ignoreOutliers: false };

  it("covers strong and faint values, and passes over what is not a number", () => {
    expect(
      yExtent([line("a", [1, Number.NaN, 3], [0, 1, 2], [0, Number.POSITIVE_INFINITY, 5])], full),
    ).toEqual([0, 5]);
    expect(yExtent([line("a", [Number.NaN])], full)).toBeNull();
  });

  it("leaves out what lies half the 5th to 95th percentile beyond it when outliers are ignored", () => {
    const ignoring = { ...full, ignoreOutliers: true };
    const values = Array.from({ length: 101 }, (_, i) => i);
    expect(yExtent([line("a", values)], ignoring)).toEqual([0, 100]);
    expect(yExtent([line("spike", [...values, 1000, -1000])], ignoring)).toEqual([
      quantile([-1000, ...values, 1000], 0.05) * 1.5 - quantile([-1000, ...values, 1000], 0.95) * 0.5,
      quantile([-1000, ...values, 1000], 0.95) * 1.5 - quantile([-1000, ...values, 1000], 0.05) * 0.5,
    ]);
    expect(yExtent([line("few", [1, 2, 100])], ignoring)).toEqual([1, 100]);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
  });

  it("keeps the end of a curve that rises, and cuts a first loss far above the rest", () => {
    const ignoring = { ...full, ignoreOutliers: true };
    const rising = Array.from({ length: 40 }, (_, i) => 1 - 1 / (i + 1));
    expect(yExtent([line("accuracy", rising)], ignoring)![1]).toBeCloseTo(rising.at(-1)!);
    const falling = [500, ...Array.from({ length: 40 }, (_, i) => 2 / (i + 1))];
    expect(yExtent([line("loss", falling)], ignoring)![1]).toBeLessThan(5);
  });

  it("looks only at the points in sight", () => {
    expect(yExtent([line("a", [9, 1, 2, 9])], { ...full, xRange: [1, 2] })).toEqual([1, 2]);
  });

  it("of a log axis counts what is positive", () => {
    expect(xExtent([line("a", [1, 1, 1], [0, 5, 9])], true)).toEqual([5, 9]);
    expect(yExtent([line("a", [-1, 0, 2])], { ...full, log: true })).toEqual([2, 2]);
  });
});

describe("frame", () => {
  it("leaves room for the last label, which is centred below its tick", () => {
    const frame = frameOf(spec([line("a", [1, 2], [0, 1500])]));
    const { plot, xTicks, width } = frame;
    const last = xTicks.at(-1)!;
    expect(last.label).toBe("1500");
    expect(pixelX(frame, last.value) + (last.label.length * 6) / 2).toBeLessThan(width);
    expect(plot.left + plot.width).toBeLessThan(width - 14);
  });

  it("gives one point and no points an axis around them", () => {
    expect(frameOf(spec([line("a", [0.5], [7])])).x.range).toEqual([6, 8]);
    expect(frameOf(spec([])).x.range).toEqual([0, 1]);
    expect(frameOf(spec([], { xLog: true, yLog: true })).y.range[0]).toBeGreaterThan(0);
  });

  it("shows the zoom, and scales y to what the zoom shows", () => {
    const lines = [line("a", [0, 10, 10, 100])];
    const frame = frameOf(spec(lines, { zoom: { x: [0, 1], y: null } }));
    expect(frame.x.range).toEqual([0, 1]);
    expect(frame.y.range[1]).toBeLessThan(20);
    expect(frameOf(spec(lines, { zoom: { x: null, y: [2, 3] } })).y.range).toEqual([2, 3]);
  });

  it("passes over a zoom that a log axis cannot show", () => {
    const lines = [line("a", [1, 2, 3], [1, 2, 3])];
    expect(frameOf(spec(lines, { xLog: true, zoom: { x: [-5, 2], y: null } })).x.range).toEqual([1, 3]);
  });

  it("projects in bulk as it does one by one", () => {
    for (const yLog of [false, true]) {
      const curve = line("a", [1, 10, 100, -1]);
      const frame = frameOf(spec([curve], { yLog }));
      const { x, y } = project(frame, curve.x, curve.y);
      for (let i = 0; i < 4; i++) {
        expect(x[i]).toBeCloseTo(pixelX(frame, curve.x[i]!), 3);
        const py = pixelY(frame, curve.y[i]!);
        if (Number.isNaN(py)) expect(y[i]).toBeNaN();
        else expect(y[i]).toBeCloseTo(py, 3);
      }
    }
  });
});

describe("pointer", () => {
  it("finds the nearest point in x", () => {
    const x = Float64Array.of(0, 10, 20);
    expect([-5, 4, 5, 6, 99].map((at) => nearestIndex(x, at))).toEqual([0, 0, 0, 1, 2]);
    expect(nearestIndex(new Float64Array(), 1)).toBe(-1);
  });

  it("finds the line that passes nearest, between its points too", () => {
    const lines = [line("low", [0, 0], [0, 10]), line("high", [10, 10], [0, 10])];
    const frame = frameOf(spec(lines));
    const px = pixelX(frame, 4);
    const hits = hitTest(lines, frame, valueAtX(frame, px), px, pixelY(frame, 8));
    expect(hits.map((hit) => hit.index)).toEqual([0, 0]);
    expect(nearestHit(hits)?.line.run).toBe("high");
  });

  it("reads a flat drag as a range and a tilted one as a box", () => {
    const frame = frameOf(spec([line("a", [0, 10], [0, 100])]));
    const drag = { fromX: pixelX(frame, 20), fromY: 80, toX: pixelX(frame, 40), toY: 85 };
    const range = brushZoom(brushBox(drag, frame), frame, null);
    expect(range.x?.map(Math.round)).toEqual([20, 40]);
    expect(range.y).toBeNull();
    const box = brushZoom(brushBox({ ...drag, toY: 140 }, frame), frame, null);
    expect(box.y?.[0]).toBeLessThan(box.y?.[1] ?? 0);
    expect(isClick({ ...drag, toX: drag.fromX + 1 })).toBe(false);
    expect(isClick({ fromX: 5, fromY: 5, toX: 6, toY: 6 })).toBe(true);
  });
});

describe("keys", () => {
  const lines = [line("low", [0, 0, 0]), line("high", [10, 10, 10])];
  const frame = frameOf(spec(lines));

  it("start at the last point and walk along the line", () => {
    const last = moveCrosshair("ArrowLeft", false, null, lines, frame);
    expect(last).toEqual({ px: pixelX(frame, 2), py: pixelY(frame, 0) });
    expect(moveCrosshair("ArrowLeft", false, last, lines, frame)?.px).toBeCloseTo(pixelX(frame, 1));
    expect(moveCrosshair("Home", false, last, lines, frame)?.px).toBeCloseTo(pixelX(frame, 0));
    expect(moveCrosshair("ArrowRight", true, last, lines, frame)).toEqual(last);
  });

  it("go from line to line", () => {
    const low = { px: pixelX(frame, 1), py: pixelY(frame, 0) };
    expect(moveCrosshair("ArrowUp", false, low, lines, frame)?.py).toBeCloseTo(pixelY(frame, 10));
    expect(moveCrosshair("ArrowDown", false, low, lines, frame)?.py).toBeCloseTo(pixelY(frame, 0));
    expect(moveCrosshair("a", false, low, lines, frame)).toBeNull();
  });
});

describe("marks", () => {
  const marks = (values: number[]) => {
    const y = Float32Array.from(values);
    return lineMarks(
      y,
      Float32Array.from(values, (_, i) => i * 10),
      y,
      -100,
      100,
    );
  };

  it("put a triangle for NaN where the line was last", () => {
    expect(marks([1, 2, Number.NaN, 4])).toEqual([
      { kind: "nan", x: 20, y: 2 },
      { kind: "dot", x: 30, y: 4 },
    ]);
  });

  it("put infinities at the edges", () => {
    expect(
      marks([1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]).map(({ kind, y }) => [kind, y]),
    ).toEqual([
      ["up", -100],
      ["down", 100],
    ]);
  });

  it("dot what no line reaches", () => {
    expect(marks([7])).toEqual([{ kind: "dot", x: 0, y: 7 }]);
    expect(marks([7, 8])).toEqual([]);
  });
});
