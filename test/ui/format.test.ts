/** Numbers and times as people read them. */
import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatDuration,
  formatLogTick,
  formatStep,
  formatTick,
  formatValue,
} from "../../ui/app/format.ts";

describe("values", () => {
  it.each([
    [0, "0"],
    [9, "9"],
    [0.5, "0.50000"],
    [0.123456, "0.12346"],
    [-2.5, "−2.5000"],
    [12345.678, "12346"],
    [1234567.8, "1234568"],
    [0.000012345, "1.2345e−5"],
    [3.2e9, "3.2e9"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("%s is %s", (value, text) => expect(formatValue(value)).toBe(text));
});

describe("steps", () => {
  it("show every digit, past 2^53 too", () => {
    expect(formatStep(1234567)).toBe("1,234,567");
    expect(formatStep(9007199254740993n)).toBe("9,007,199,254,740,993");
    expect(formatStep(-12000)).toBe("−12,000");
  });
});

describe("ticks", () => {
  it("have the decimals that tell them apart", () => {
    expect(formatTick(0.5, 0.25, 1)).toBe("0.50");
    expect(formatTick(2, 1, 5)).toBe("2");
    expect(formatTick(2500, 500, 5000)).toBe("2500");
    expect(formatTick(25_000, 5000, 50_000)).toBe("25k");
    expect(formatTick(1_500_000, 500_000, 2_000_000)).toBe("1.5M");
    expect(formatTick(2e-5, 1e-5, 5e-5)).toBe("2e−5");
  });

  it("on a log axis are powers", () => {
    expect(formatLogTick(0.01)).toBe("0.01");
    expect(formatLogTick(1e-6)).toBe("1e−6");
    expect(formatLogTick(1e5)).toBe("100k");
  });
});

describe("durations and bytes", () => {
  it.each([
    [0, "0s"],
    [0.045, "45ms"],
    [12.34, "12.3s"],
    [75, "1m 15s"],
    [3725, "1h 02m 05s"],
    [90_000, "1d 1h 00m"],
  ])("%s s is %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it("uses the units of disks", () => {
    expect(formatBytes(512)).toBe("512 B");
    expect(formatBytes(573_000_000)).toBe("573 MB");
  });
});
