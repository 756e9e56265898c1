/** Moments of training: in the address, in series, on sliders. */
import { describe, expect, it } from "vitest";
import {
  formatMoment,
  indexAt,
  mergeStops,
  momentAtStop,
  parseMoment,
  type StepSeries,
  stopAtMoment,
  stopsOf,
} from "../../ui/board/moments.ts";

const series = (steps: number[], times = steps.map((step) => 1000 + step)): StepSeries => ({
  run: "a",
  step: Float64Array.from(steps),
  wallTime: Float64Array.from(times),
});

describe("a moment", () => {
  it("stands in the address as a step, a relative or a wall time", () => {
    const moments = [
      { axis: "step", at: -12 },
      { axis: "relative", at: 35.5 },
      { axis: "wall_time", at: 1.7e9 },
    ] as const;
    expect(moments.map(formatMoment)).toEqual(["-12", "r35.5", "w1700000000"]);
    expect(moments.map((moment) => parseMoment(formatMoment(moment)))).toEqual(moments);
    expect(["", "r", "x5", "NaN", "wx"].map(parseMoment)).toEqual([null, null, null, null, null]);
  });

  it("is what a series has nearest to it, the newest where none is held", () => {
    const steps = series([0, 10, 20, 40]);
    const at = (step: number) => indexAt(steps, { axis: "step", at: step });
    expect([-5, 0, 4, 5, 6, 29, 31, 99].map(at)).toEqual([0, 0, 0, 0, 1, 2, 3, 3]);
    expect(indexAt(steps, null)).toBe(3);
    expect(indexAt(series([]), { axis: "step", at: 1 })).toBe(-1);
    expect(indexAt(steps, { axis: "relative", at: 19 })).toBe(2);
    expect(indexAt({ ...steps, origin: 990 }, { axis: "relative", at: 19 })).toBe(1);
    expect(indexAt(steps, { axis: "wall_time", at: 1012 })).toBe(1);
  });
});

describe("a slider", () => {
  it("stops at every step that any run has, once", () => {
    expect([...stopsOf([series([1, 3, 5]), series([2, 3])], "step")]).toEqual([1, 2, 3, 5]);
    expect([...stopsOf([series([1, 3]), series([1, 3])], "relative")]).toEqual([0, 2]);
    expect(mergeStops([])).toHaveLength(0);
  });

  it("thins what no hand can tell apart, and keeps the ends", () => {
    const stops = mergeStops([Float64Array.from({ length: 100_001 }, (_, i) => i)]);
    expect(stops).toHaveLength(10_000);
    expect([stops[0], stops.at(-1)]).toEqual([0, 100_000]);
  });

  it("follows what is new at its end, and holds a step everywhere else", () => {
    const stops = Float64Array.of(1, 2, 5);
    expect(momentAtStop(stops, 1, "step")).toEqual({ axis: "step", at: 2 });
    expect(momentAtStop(stops, 2, "step")).toBeNull();
    expect(momentAtStop(new Float64Array(), 0, "step")).toBeNull();
    expect(stopAtMoment(stops, null, "step")).toBe(2);
    expect(stopAtMoment(stops, { axis: "step", at: 3 }, "step")).toBe(1);
    expect(stopAtMoment(stops, { axis: "relative", at: 3 }, "step")).toBe(2);
  });
});
