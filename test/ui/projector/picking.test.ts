/** Where points are on the screen: exact picking, outlines, labels that do not overlap. */
import { PerspectiveCamera } from "three";
import { expect, test } from "vitest";
import { LabelGrid } from "../../../ui/dashboards/projector/view/label-grid.ts";
import { placesOf } from "../../../ui/dashboards/projector/view/places.ts";
import { eachOnScreen, inside, pick, screenOf } from "../../../ui/dashboards/projector/view/screen.ts";

const camera = new PerspectiveCamera(60, 2, 0.01, 100);
camera.position.set(0, 0, 3);
camera.updateMatrixWorld();
const screen = screenOf(camera.projectionMatrix, camera.matrixWorldInverse, 800, 400);
/** In the middle behind, in the middle in front, to the right, nowhere. */
const places = Float32Array.of(0, 0, -1, 0, 0, 1, 0.5, 0, 0, Number.NaN, Number.NaN, Number.NaN);
const all = () => true;

function spots(): Map<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>();
  eachOnScreen(screen, places, all, (row, x, y) => found.set(row, [Math.round(x), Math.round(y)]));
  return found;
}

test("points are where the camera's matrices draw them; what has no place is nowhere", () => {
  expect([...spots()]).toEqual([
    [0, [400, 200]],
    [1, [400, 200]],
    [2, [458, 200]],
  ]);
});

test("the point in front is taken, hidden ones never, and a near miss counts", () => {
  const at = (x: number, y: number, isVisible = all) => pick(screen, places, { x, y }, isVisible, () => 3);
  expect(at(400, 200)).toBe(1);
  expect(
    pick(
      screen,
      places,
      { x: 400, y: 200 },
      (row) => row !== 1,
      () => 3,
    ),
  ).toBe(0);
  expect(
    pick(
      screen,
      places,
      { x: 400, y: 200 },
      all,
      () => 3,
      (row) => row === 0,
    ),
  ).toBe(0);
  expect(at(458 + 6, 200)).toBe(2);
  expect(at(458 + 40, 200)).toBe(-1);
});

test("an outline encloses what is in it, also where it turns in", () => {
  const outline = [
    [300, 100],
    [500, 100],
    [500, 300],
    [430, 300],
    [430, 150],
    [300, 150],
  ].map(([x, y]) => ({ x: x!, y: y! }));
  expect(inside(screen, places, outline, all)).toEqual([2]);
});

test("labels take room that nobody has", () => {
  const grid = new LabelGrid(200, 100);
  expect(grid.take(10, 10, 60, 14)).toBe(true);
  expect(grid.take(40, 16, 60, 14)).toBe(false);
  expect(grid.take(80, 10, 60, 14)).toBe(true);
  expect(grid.take(180, 10, 60, 14)).toBe(false);
});

test("places fill a ball of radius one; outliers stay near, and what has no place keeps none", () => {
  const data = Float32Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 50 + (i % 20) : -7 - (i % 14)));
  data.set([1e6, 1e6], 0);
  data.set([Number.NaN, Number.NaN], 2);
  const found = placesOf({ data, dims: 2 });
  expect([...found.subarray(3, 6)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(Math.hypot(found[0]!, found[1]!)).toBeLessThan(2.5);
  expect(found.filter((value) => Math.abs(value) > 2.5)).toHaveLength(0);
});
