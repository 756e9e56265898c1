/** Values on disk: where they are, in order of step, and what restarts overtook. */
import { describe, expect, test } from "vitest";
import { type RecordRef, RecordSeries } from "../../../server/store/record-series.ts";

const ref = (step: number | bigint, offset: number, file = 0): RecordRef => ({
  step,
  wall: 1.7e9 + offset,
  file,
  offset,
  length: 10,
  index: 0,
  blobs: 1,
});

function seriesOf(...refs: readonly RecordRef[]): RecordSeries {
  const series = new RecordSeries();
  for (const one of refs) series.append(one);
  return series;
}

describe("range", () => {
  const series = seriesOf(ref(-3, 0), ref(2, 1), ref(5, 2), ref(2n ** 53n, 3), ref(2n ** 53n + 1n, 4));

  test.each([
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, [0, 5]],
    [2, 5, [1, 3]],
    [3, 4, [2, 2]],
    [6, 2 ** 53, [3, 4]],
    [2n ** 53n + 1n, 2n ** 60n, [4, 5]],
  ])("from %s to %s", (from, to, rows) => {
    expect(series.range(from, to)).toEqual(rows);
  });
});

describe("find", () => {
  test("finds a value by where it stands, whether it was overtaken or not", () => {
    const series = seriesOf(ref(1, 100), ref(2, 200), ref(2, 300), ref(2, 100, 7));
    expect(series.refs.map(({ offset }) => offset)).toEqual([100, 100]);
    expect(series.find(7, 100, 0)).toEqual(ref(2, 100, 7));
    expect(series.find(0, 200, 0)).toEqual(ref(2, 200));
    expect(series.find(0, 300, 1)).toBeUndefined();
    expect(series.find(1, 300, 0)).toBeUndefined();
  });
});
