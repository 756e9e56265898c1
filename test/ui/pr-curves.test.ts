/** PR curves as the page reads them. */
import { expect, test } from "vitest";
import { areaUnder, curveOf, f1, nearestThreshold } from "../../ui/dashboards/pr-curves/curve.ts";

const rows = (...columns: readonly (readonly number[])[]) => ({
  dtype: "float32",
  shape: [columns.length, columns[0]!.length],
  data: Float32Array.from(columns.flat()),
});
/** Three thresholds; at the last nothing is called positive. */
const tensor = rows([4, 2, 0], [4, 0, 0], [0, 4, 4], [0, 2, 4], [0.5, 1, 0], [1, 0.5, 0]);

test("a curve ends with the last threshold at which anything is called positive", () => {
  const curve = curveOf(tensor)!;
  expect([...curve.thresholds]).toEqual([0, 0.5]);
  expect([...curve.precision]).toEqual([0.5, 1]);
  expect([...curve.recall]).toEqual([1, 0.5]);
  expect([...curve.falseNegatives]).toEqual([0, 2]);
});

test("the area is what lies below, and the harmonic mean what both are", () => {
  const curve = curveOf(tensor)!;
  expect(areaUnder(curve)).toBeCloseTo(0.75 * 0.5 + 1 * 0.5);
  expect(f1(curve, 0)).toBeCloseTo(2 / 3);
  const never = curveOf(rows([0], [0], [1], [1], [0], [0]))!;
  expect([areaUnder(never), f1(never, 0)]).toEqual([0, 0]);
});

test("the pointer finds the nearest threshold", () => {
  expect(nearestThreshold(curveOf(tensor)!, 0.9, 0.5).at).toBe(0);
  expect(nearestThreshold(curveOf(tensor)!, 0.5, 0.9).at).toBe(1);
});

test("what is no curve is none", () => {
  expect(curveOf({ dtype: "float32", shape: [5, 2], data: new Float32Array(10) })).toBeNull();
  expect(curveOf({ dtype: "float32", shape: [6], data: new Float32Array(6) })).toBeNull();
  expect(curveOf({ dtype: "string", shape: [6, 1], data: ["a", "b", "c", "d", "e", "f"] })).toBeNull();
});
