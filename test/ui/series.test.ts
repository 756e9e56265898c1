/** Series from the wire to lines: decoding, loading, merging. */
import {
  columnFromArray,
  float32,
  float64,
  int32,
  int64,
  tableFromColumns,
  tableToIPC,
} from "@uwdata/flechette";
import { describe, expect, it, vi } from "vitest";
import { decodeSeriesTable, type RunSeries } from "../../client/series-table.ts";
import type { SeriesQuery } from "../../server/api/types.ts";
import { RunLoader } from "../../ui/board/run-loader.ts";
import { mergedSeries } from "../../ui/dashboards/scalars/merge-points.ts";
import {
  lastStep,
  ofOtherKind,
  runsBeforeOne,
  runsBelowZero,
  seriesLines,
} from "../../ui/dashboards/scalars/series-lines.ts";
import { type SeriesShape, samePoints } from "../../ui/dashboards/scalars/series-shape.ts";

function answer(steps: number[] | bigint[], smoothed: number[] | null): Uint8Array {
  const big = typeof steps[0] === "bigint";
  const table = tableFromColumns([
    ["run", columnFromArray([0, 0, 1], int32())],
    ["step", columnFromArray(steps as number[], big ? int64() : float64())],
    ["wall_time", columnFromArray([100, 101, 200], float64())],
    ["value", columnFromArray([1, Number.NaN, 3], float32())],
    ...(smoothed ? ([["smoothed", columnFromArray(smoothed, float32())]] as const) : []),
  ] as Parameters<typeof tableFromColumns>[0]);
  const series = [
    { run: "a", rows: 2, total: 20, in_range: 10, origin: 90 },
    { run: "b", rows: 1, total: 1, in_range: 1, origin: 200 },
  ];
  table.schema.metadata = new Map([["tsboard", JSON.stringify({ tag: "loss", series })]]);
  return tableToIPC(table, { format: "stream" })!;
}

describe("decoding", () => {
  it("cuts the table into runs", () => {
    const [a, b] = decodeSeriesTable(answer([1, 2, 7], [0.5, 0.6, 0.7]));
    expect(a).toMatchObject({ run: "a", total: 20, inRange: 10, origin: 90, exactStep: null });
    expect([...a!.step]).toEqual([1, 2]);
    expect([...a!.value]).toEqual([1, Number.NaN]);
    expect([...b!.step]).toEqual([7]);
    expect(b!.smoothed?.[0]).toBeCloseTo(0.7);
    expect(decodeSeriesTable(answer([1, 2, 7], null))[0]?.smoothed).toBeNull();
  });

  it("keeps steps past 2^53 exact beside the rounded ones", () => {
    const [a] = decodeSeriesTable(answer([9007199254740993n, 9007199254740995n, 1n], null));
    expect(a?.exactStep?.[0]).toBe(9007199254740993n);
    expect(a?.step[0]).toBe(Number(9007199254740993n));
    expect(lastStep([a!])).toBe("9007199254740995");
  });
});

function series(run: string, step: number[], value = step, smoothed: number[] | null = null): RunSeries {
  return {
    run,
    total: step.length,
    inRange: step.length,
    origin: 10,
    step: Float64Array.from(step),
    exactStep: null,
    wallTime: Float64Array.from(step, (s) => 10 + s),
    value: Float32Array.from(value),
    smoothed: smoothed && Float32Array.from(smoothed),
  };
}

describe("points asked for by themselves", () => {
  it("go where they belong among thinned ones, once", () => {
    const merged = mergedSeries(series("a", [0, 10, 20], [1, 2, 3]), series("a", [9, 10, 11], [7, 7, 7]));
    expect([...merged.step]).toEqual([0, 9, 10, 11, 20]);
    expect([...merged.value]).toEqual([1, 7, 2, 7, 3]);
    expect([...merged.wallTime]).toEqual([10, 19, 20, 21, 30]);
    const same = series("a", [1, 2]);
    expect(mergedSeries(same, series("a", [2]))).toBe(same);
    expect(mergedSeries(same, series("a", [3], [3], [3]))).toBe(same);
    expect([...mergedSeries(series("a", []), same).step]).toEqual([1, 2]);
  });
});

describe("lines", () => {
  it("follow the order of runs and the axis", () => {
    const data = new Map([
      ["a", series("a", [5])],
      ["b", series("b", [1, 2], [1, 2], [1, 1.5])],
    ]);
    const lines = seriesLines(data, ["b", "missing", "a"], "relative", () => "#123456");
    expect(lines.map((line) => line.run)).toEqual(["b", "a"]);
    expect([...lines[0]!.x]).toEqual([1, 2]);
    expect([...lines[0]!.y]).toEqual([1, 1.5]);
    expect([...lines[0]!.faint!]).toEqual([1, 2]);
    expect(lines[1]!.faint).toBeNull();
    const from = (...steps: number[]) =>
      seriesLines(new Map([["z", series("z", steps)]]), ["z"], "step", () => "");
    expect(runsBelowZero(from(0, 1))).toBe(1);
    // A step 0 is what a logarithmic axis leaves out as a matter of course.
    expect([from(0, 1), from(-1, 0, 1), from(0)].map(runsBeforeOne)).toEqual([0, 1, 1]);
  });
});

describe("loader", () => {
  /** A loader whose requests the test answers by hand. */
  function setup() {
    const requests: {
      query: SeriesQuery;
      signal: AbortSignal;
      give(answer: RunSeries[]): void;
      fail(): void;
    }[] = [];
    const loader = new RunLoader<SeriesShape, RunSeries>({
      isWorthWaiting: samePoints,
      fetch: (query, signal) =>
        new Promise((resolve, reject) => {
          requests.push({ query, signal, give: resolve, fail: () => reject(new Error("gone")) });
        }),
      onChange: () => {},
      wait: () => 0,
      describeError: (error) => String(error),
    });
    return { loader, requests, settle: () => new Promise((resolve) => setTimeout(resolve, 2)) };
  }
  const shape = { tag: "loss", pixels: 100 };

  it("asks for changed runs only, and merges them", async () => {
    const { loader, requests, settle } = setup();
    loader.want(shape, ["a", "b"], true);
    expect(requests[0]?.query).toEqual(shape);
    requests[0]?.give([series("a", [1]), series("b", [1])]);
    await settle();
    loader.invalidate(["a", "not wanted"]);
    await settle();
    expect(requests[1]?.query).toEqual({ ...shape, runs: ["a"] });
    requests[1]?.give([series("a", [1, 2])]);
    await settle();
    expect([...loader.data.values()].map((s) => s.step.length).sort()).toEqual([1, 2]);
  });

  it("joins what changes while a request is under way", async () => {
    const { loader, requests, settle } = setup();
    loader.want(shape, ["a", "b"], false);
    loader.invalidate(["a"]);
    loader.invalidate(["b"]);
    loader.invalidate(["a"]);
    expect(requests).toHaveLength(1);
    requests[0]?.give([series("a", [1]), series("b", [1])]);
    await settle();
    expect(requests).toHaveLength(2);
    expect(requests[1]?.query.runs).toEqual(["a", "b"]);
  });

  it("fetches a run that is switched on, and forgets one that is off", async () => {
    const { loader, requests, settle } = setup();
    loader.want(shape, ["a"], false);
    requests[0]?.give([series("a", [1])]);
    await settle();
    loader.want(shape, ["a", "b"], false);
    await settle();
    expect(requests[1]?.query.runs).toEqual(["b"]);
    requests[1]?.give([series("b", [1])]);
    await settle();
    loader.want(shape, ["b"], false);
    expect([...loader.data.keys()]).toEqual(["b"]);
  });

  it("knows the runs that have no such data, once the server has said so", async () => {
    const { loader, requests, settle } = setup();
    loader.want(shape, ["a", "whole numbers"], false);
    expect(loader.absent).toEqual([]);
    requests[0]?.give([series("a", [1])]);
    await settle();
    expect(loader.absent).toEqual(["whole numbers"]);
    expect(ofOtherKind(loader.absent)).toBe(
      "1 run without scalars, of which each is one 32- or 64-bit float: whole numbers",
    );
    loader.want(shape, ["a", "new"], false);
    expect(loader.absent).toEqual([]);
    loader.want(shape, ["a", "new", "whole numbers"], false);
    expect(loader.absent).toEqual([]);
  });

  it("gives up a request for another range, but not one for another smoothing", async () => {
    const { loader, requests } = setup();
    loader.want(shape, ["a"], false);
    loader.want({ ...shape, smoothing: 0.9 }, ["a"], false);
    expect(requests[0]?.signal.aborted).toBe(false);
    loader.want({ ...shape, smoothing: 0.9, from: 5 }, ["a"], false);
    expect(requests[0]?.signal.aborted).toBe(true);
    expect(requests.at(-1)?.query).toEqual({ ...shape, smoothing: 0.9, from: 5, runs: ["a"] });
  });

  it("says what failed, and tries again", async () => {
    vi.useFakeTimers();
    try {
      const { loader, requests } = setup();
      loader.want(shape, ["a"], false);
      requests[0]?.fail();
      await vi.advanceTimersByTimeAsync(10);
      expect(loader.error).toBe("Error: gone");
      await vi.advanceTimersByTimeAsync(5000);
      requests[1]?.give([series("a", [1])]);
      await vi.advanceTimersByTimeAsync(10);
      expect(loader.error).toBeNull();
      expect(loader.data.size).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("leaves no timer and no request behind", () => {
    const { loader, requests } = setup();
    loader.want(shape, ["a"], false);
    loader.dispose();
    expect(requests[0]?.signal.aborted).toBe(true);
    expect(loader.data.size).toBe(0);
  });
});
