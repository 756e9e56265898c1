/** Histograms cut anew: nothing is lost, and what is compared stands in the same bins. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandsOf } from "../../ui/dashboards/distributions/bands.ts";
import { commonRange, histogramOf, rebinned } from "../../ui/dashboards/histograms/histogram.ts";
import { leftOut, readHistograms } from "../../ui/dashboards/histograms/read-histograms.ts";
import { type RidgeSpec, ridgeAt, ridgeFrame } from "../../ui/dashboards/histograms/ridge.ts";

const tensor = (rows: readonly (readonly number[])[], columns = 3) => ({
  dtype: "float64",
  shape: [rows.length, columns],
  data: Float64Array.from(rows.flat()),
});
const histogram = (...rows: readonly (readonly [number, number, number])[]) => histogramOf(tensor(rows))!;

describe("a tensor", () => {
  test("of shape [buckets, 3] is a histogram", () => {
    expect(histogramOf(tensor([[0, 1, 5]]))).toEqual({
      left: Float64Array.of(0),
      right: Float64Array.of(1),
      count: Float64Array.of(5),
    });
    expect(histogramOf({ dtype: "float64", shape: [0, 3], data: new Float64Array() })?.count).toHaveLength(0);
  });

  test("of other shapes or of text is none", () => {
    expect(histogramOf(tensor([[1, 2]], 2))).toBeNull();
    expect(histogramOf({ dtype: "float32", shape: [3], data: Float32Array.of(0, 1, 5) })).toBeNull();
    expect(histogramOf({ dtype: "string", shape: [1, 3], data: ["a", "b", "c"] })).toBeNull();
  });
});

describe("bins", () => {
  test("take a share of a bucket that lies across them", () => {
    expect([...rebinned(histogram([0, 4, 8]), [0, 4], 4)]).toEqual([2, 2, 2, 2]);
    expect([...rebinned(histogram([0.5, 2.5, 8]), [0, 4], 4)]).toEqual([2, 4, 2, 0]);
  });

  test("take a bucket without width, and edges at infinity", () => {
    expect([...rebinned(histogram([3, 3, 7]), [0, 4], 4)]).toEqual([0, 0, 0, 7]);
    const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect([...rebinned(histogram([low, 1, 2], [1, high, 3]), [0, 2], 2)]).toEqual([2, 3]);
  });

  test("lose nothing, whatever the buckets", () => {
    const bucket = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 1e6 }),
    );
    fc.assert(
      fc.property(fc.array(bucket, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (buckets, bins) => {
        const made = histogram(
          ...buckets.map(([left, width, count]) => [left, left + width, count] as const),
        );
        const range = commonRange([made]);
        const total = made.count.reduce((sum, count) => sum + count, 0);
        fc.pre(range !== null);
        const counts = rebinned(made, range!, bins);
        const sum = counts.reduce((all, count) => all + count, 0);
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-6 * Math.max(1, total));
      }),
    );
  });

  test("go from the least value to the greatest, with room around a single one", () => {
    expect(commonRange([histogram([0, 1, 1]), histogram([-2, 0, 3], [5, 9, 0])])).toEqual([-2, 1]);
    expect(commonRange([histogram([3, 3, 9])])).toEqual([2.85, 3.15]);
    for (const [low, high] of [
      [0, 5e-324] as const,
      [1, 1 + Number.EPSILON] as const,
      [-1e-310, 1e-310] as const,
    ]) {
      const narrow = histogram([low, high, 4]);
      const range = commonRange([narrow])!;
      expect(range[1] - range[0]).toBeGreaterThan(0.09);
      expect(Math.max(...rebinned(narrow, range, 30))).toBe(4);
    }
    expect(commonRange([histogram([0, 1, 0])])).toBeNull();
  });
});

test("the pointer finds the hill that it is on, the one in front of others", () => {
  const counts = [Float64Array.of(0, 4), Float64Array.of(4, 0)];
  const spec: RidgeSpec = {
    ridges: counts.map((one, at) => ({ at, counts: one, color: "", label: String(at) })),
    range: [0, 2],
    bins: 2,
    offset: true,
    axis: "step",
    logCounts: false,
    held: -1,
  };
  const frame = ridgeFrame(spec, 300, 200);
  const px = (bin: number) => frame.left + ((bin + 0.5) / 2) * frame.plotWidth;
  expect(ridgeAt(frame, px(0), frame.grounds[1]! - 5)).toEqual({ ridge: 1, bin: 0 });
  expect(ridgeAt(frame, px(1), frame.grounds[0]! - 5)).toEqual({ ridge: 0, bin: 1 });
  expect(ridgeAt(frame, 2, 50)).toBeNull();
});

const [NONE, LOWEST, HIGHEST] = [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function recordsOf(tensors: readonly (ReturnType<typeof tensor> | null)[]) {
  const steps = Float64Array.from(tensors, (_, i) => i + 1);
  return {
    run: "a",
    plugin: "histograms",
    dataClass: "tensor" as const,
    pluginContent: new Uint8Array(),
    total: tensors.length,
    inRange: tensors.length,
    step: steps,
    exactStep: null,
    wallTime: steps,
    bytes: new Int32Array(tensors.length),
    blobs: new Int32Array(tensors.length),
    keys: tensors.map((_, i) => `key ${i}`),
    tensors,
  };
}

test("what has no place is counted as left out, and said", () => {
  const read = readHistograms(
    recordsOf([
      tensor([[0, 1, 0]]),
      tensor([[NONE, NONE, 3]]),
      tensor([
        [LOWEST, LOWEST, 2],
        [HIGHEST, HIGHEST, 1],
      ]),
      tensor([[1, 2]], 2),
      tensor([[0, 1, 4]]),
    ]),
  );
  expect(read.steps.map(({ step }) => step)).toEqual([5]);
  expect(leftOut(read)).toBe(
    "Not shown: 3 without a finite value (only NaN or infinities, or nothing), 1 of another shape than [buckets, 3]",
  );
});

test("bands have nine quantiles a step, and leave out what has none", () => {
  const { steps } = readHistograms(recordsOf([tensor([[0, 1, 10]]), tensor([[0, HIGHEST, 1]]), null]));
  const bands = bandsOf(steps);
  expect([...bands.step]).toEqual([1]);
  expect(bands.values.map(([value]) => value)).toEqual(
    [0, 0.0668, 0.1587, 0.3085, 0.5, 0.6915, 0.8413, 0.9332, 1].map(Math.fround),
  );
  expect(bands.empty).toBe(steps.length - 1);
});
