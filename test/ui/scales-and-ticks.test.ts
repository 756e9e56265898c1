/** Axes: where values fall, and where ticks are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUsableRange, makeScale, zoomRange } from "../../ui/charts/scale.ts";
import { calendarTicks, durationTicks, linearTicks, logTicks, makeTicks } from "../../ui/charts/ticks.ts";

const labels = (ticks: readonly { label: string }[]) => ticks.map((tick) => tick.label);

describe("scale", () => {
  it("goes to the unit interval and back", () => {
    const linear = makeScale([10, 20], false);
    expect(linear.toUnit(15)).toBe(0.5);
    expect(linear.fromUnit(0.25)).toBe(12.5);
    const log = makeScale([1, 100], true);
    expect(log.toUnit(10)).toBeCloseTo(0.5);
    expect(log.fromUnit(0.5)).toBeCloseTo(10);
    expect(log.toUnit(0)).toBeNaN();
  });

  it("zooms around a point, which stays where it is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (f, unit) => {
          const scale = makeScale([100, 300], false);
          const zoomed = makeScale(zoomRange(scale, f, unit), false);
          expect(zoomed.fromUnit(unit)).toBeCloseTo(scale.fromUnit(unit));
        },
      ),
    );
  });

  it("refuses ranges that cannot be drawn", () => {
    expect(isUsableRange([1, 1], false)).toBe(false);
    expect(isUsableRange([-1, 1], true)).toBe(false);
    expect(isUsableRange([9007199254740992, 9007199254740994], false)).toBe(false);
    expect(isUsableRange([0, Number.NaN], false)).toBe(false);
  });
});

describe("ticks", () => {
  it("are round numbers", () => {
    expect(labels(linearTicks([0, 1], 5))).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(labels(linearTicks([0, 50_000], 5, true))).toEqual(["0", "10k", "20k", "30k", "40k", "50k"]);
    expect(labels(linearTicks([3, 5], 10, true))).toEqual(["3", "4", "5"]);
  });

  it("are decades on a log axis, or round numbers within one", () => {
    expect(labels(logTicks([0.001, 1000], 8))).toEqual(["0.001", "0.01", "0.1", "1", "10", "100", "1000"]);
    expect(labels(logTicks([1e-12, 1], 5))).toHaveLength(5);
    expect(labels(logTicks([2, 4], 4))).toEqual(["2.0", "2.5", "3.0", "3.5", "4.0"]);
  });

  it("are fractions of seconds before 1970, too", () => {
    const minute = new Date(1969, 11, 31, 23, 43).getTime() / 1000;
    const ticks = (from: number, to: number, target: number) =>
      labels(calendarTicks([minute + from, minute + to], target));
    expect(ticks(20, 21, 4)).toEqual(["23:43:20.0", "23:43:20.5", "23:43:21.0"]);
    expect(ticks(20.1, 20.3, 4)).toEqual([
      "23:43:20.10",
      "23:43:20.15",
      "23:43:20.20",
      "23:43:20.25",
      "23:43:20.30",
    ]);
  });

  it("are clock units for durations", () => {
    expect(labels(durationTicks([0, 3600], 4))).toEqual(["0", "15m", "30m", "45m", "1h"]);
    expect(labels(durationTicks([0, 100_000], 4))).toEqual(["0", "12h", "1d"]);
    expect(labels(durationTicks([0, 0.5], 5))).toEqual(["0", "100ms", "200ms", "300ms", "400ms", "500ms"]);
  });

  it("are round local times on the calendar", () => {
    const noon = new Date(2024, 2, 3, 12).getTime() / 1000;
    expect(labels(calendarTicks([noon, noon + 3600], 4))).toEqual([
      "12:00",
      "12:15",
      "12:30",
      "12:45",
      "13:00",
    ]);
    const days = new Date(2024, 2, 1).getTime() / 1000;
    expect(labels(calendarTicks([days, days + 4 * 86_400], 5))).toEqual([
      "Mar 1",
      "Mar 2",
      "Mar 3",
      "Mar 4",
      "Mar 5",
    ]);
  });

  it("stay few, ordered and inside, whatever the range", () => {
    const kinds = fc.constantFrom("step", "relative", "wall_time", "value" as const);
    const start = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(kinds, start, fc.double({ min: 1e-3, max: 1e11, noNaN: true }), (kind, low, span) => {
        fc.pre(isUsableRange([low, low + span], false));
        const values = makeTicks([low, low + span], false, kind, 6).map((tick) => tick.value);
        expect(values.length).toBeLessThanOrEqual(14);
        for (const [i, value] of values.entries()) {
          expect(value).toBeGreaterThanOrEqual(low - span * 1e-6 - 1e-3);
          expect(value).toBeLessThanOrEqual(low + span * (1 + 1e-6) + 1e-3);
          if (i > 0) expect(value).toBeGreaterThan(values[i - 1]!);
        }
      }),
    );
  });
});
