/** Points drawn by the processor: where they are, how large, in what colour, and which is in front. */
import { OrthographicCamera, PerspectiveCamera } from "three";
import { expect, test } from "vitest";
import { screenOf } from "../../../ui/dashboards/projector/view/screen.ts";
import { USUAL, weightOf } from "../../../ui/dashboards/projector/view/sizes.ts";
import {
  type SplatPoints,
  SplatTarget,
  type SplatView,
  splat,
} from "../../../ui/dashboards/projector/view/splat.ts";

const [WIDTH, HEIGHT] = [80, 40];
const WHITE = [255, 255, 255] as const;
const RED = [255, 0, 0] as const;
const BLUE = [0, 0, 255] as const;

const seenFrom = (z: number) => {
  const camera = new PerspectiveCamera(60, WIDTH / HEIGHT, 0.01, 100);
  camera.position.set(0, 0, z);
  camera.updateMatrixWorld();
  return screenOf(camera.projectionMatrix, camera.matrixWorldInverse, WIDTH, HEIGHT).matrix;
};

interface Point {
  readonly at: readonly [number, number, number];
  readonly from?: readonly [number, number, number];
  readonly color?: readonly [number, number, number];
  readonly weight?: number;
}

function drawn(
  points: readonly Point[],
  view: Partial<SplatView> = {},
  glide = 1,
): { count: number; at: (x: number, y: number) => number[] } {
  const target = new SplatTarget();
  target.clear(WIDTH, HEIGHT, WHITE);
  const given: SplatPoints = {
    from: Float32Array.from(points.flatMap(({ at, from = at }) => from)),
    to: Float32Array.from(points.flatMap(({ at }) => at)),
    looks: Uint8Array.from(points.flatMap(({ color = RED, weight = USUAL }) => [...color, weight])),
    glide,
    count: points.length,
  };
  const usual = { perspective: true, size: 3, fog: [50, 60], background: WHITE, round: false } as const;
  splat(given, { ...usual, matrix: seenFrom(2), ...view }, target);
  const bytes = new Uint8Array(target.pixels.buffer);
  return {
    count: target.depths.filter(Number.isFinite).length,
    at: (x, y) => [...bytes.subarray(4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 4)],
  };
}

test("a point of the usual weight is as many pixels across as was said, where the camera has it", () => {
  const picture = drawn([{ at: [0, 0, 0] }], { size: 4 });
  expect(picture.count).toBe(16);
  expect(picture.at(38, 18)).toEqual([255, 0, 0, 255]);
  expect(picture.at(41, 21)).toEqual([255, 0, 0, 255]);
  expect(picture.at(37, 18)).toEqual([255, 255, 255, 255]);
  expect(picture.at(42, 21)).toEqual([255, 255, 255, 255]);
});

test("weights make points larger, and distance smaller", () => {
  expect(drawn([{ at: [0, 0, 0], weight: 2 * USUAL }], { size: 4 }).count).toBe(64);
  expect(drawn([{ at: [0, 0, -2] }], { size: 4 }).count).toBe(4);
  expect(drawn([{ at: [0, 0, -60] }], { size: 4 }).count).toBe(1);
});

test.each([
  [1, 0],
  [0, 1],
])("the nearer hides the farther, in whichever order they come", (near, far) => {
  const points: Point[] = [];
  points[near] = { at: [0, 0, 0.2], color: BLUE };
  points[far] = { at: [0, 0, -0.2], color: RED };
  expect(drawn(points).at(40, 20)).toEqual([0, 0, 255, 255]);
});

test("what comes first hides the nearer, and is as large as it is far", () => {
  const points: Point[] = [
    { at: [0, 0, -2], color: BLUE, weight: weightOf(USUAL, true) },
    { at: [0, 0, 0.5], color: RED, weight: weightOf(USUAL, false) },
  ];
  for (const given of [points, points.toReversed()]) {
    const picture = drawn(given, { size: 4 });
    expect(picture.at(40, 20)).toEqual([0, 0, 255, 255]);
    expect(picture.at(42, 20)).toEqual([255, 0, 0, 255]);
  }
});

test("what is hidden, has no place or lies behind the eye is not drawn", () => {
  expect(drawn([{ at: [0, 0, 0], weight: 0 }]).count).toBe(0);
  expect(drawn([{ at: [Number.NaN, Number.NaN, Number.NaN] }]).count).toBe(0);
  expect(drawn([{ at: [0, 0, 3] }]).count).toBe(0);
  expect(drawn([{ at: [40, 0, 0] }]).count).toBe(0);
});

test("points are cut at the edge", () => {
  // Half of the width is 2 · tan 30° · 2 of the middle's distance.
  const edge = 2 * Math.tan(Math.PI / 6) * 2;
  expect(drawn([{ at: [edge, 0, 0] }], { size: 4 }).count).toBe(8);
  expect(drawn([{ at: [-edge, 0, 0] }], { size: 4 }).count).toBe(8);
  expect(drawn([{ at: [-edge, 0, 0] }], { size: 10, round: true }).count).toBe(40);
});

test("large points are discs, where time allows", () => {
  const { count, at } = drawn([{ at: [0, 0, 0] }], { size: 20, round: true });
  expect(Math.abs(count - Math.PI * 100)).toBeLessThan(10);
  expect(at(40 - 10, 20 - 10)).toEqual([255, 255, 255, 255]);
  expect(drawn([{ at: [0, 0, 0] }], { size: 20 }).count).toBe(400);
});

test("points glide from place to place", () => {
  const points = [{ from: [-0.5, 0, 0], at: [0.5, 0, 0] }] as const;
  expect(drawn(points, {}, 0.5).at(40, 20)).toEqual([255, 0, 0, 255]);
  expect(drawn(points, {}, 0).at(40, 20)).toEqual([255, 255, 255, 255]);
});

test("far points fade towards the ground, by less than half, and not where there is no depth", () => {
  const point = { at: [0, 0, -1], color: [0, 0, 0] } as const;
  const shade = (fog: readonly [number, number], perspective = true) =>
    drawn([point], { fog, perspective }).at(40, 20)[0];
  expect(shade([4, 5])).toBe(0);
  expect(shade([1, 2])).toBe(101);
  expect(Math.abs(shade([2, 4])! - 0.5 * 0.4 * 255)).toBeLessThan(3);
  expect(shade([1, 2], false)).toBe(0);
});

test("flat pictures have sizes without distance, and the higher in front", () => {
  const camera = new OrthographicCamera(-2, 2, 1, -1, 0.01, 100);
  camera.position.set(0, 0, 10);
  camera.updateMatrixWorld();
  const { matrix } = screenOf(camera.projectionMatrix, camera.matrixWorldInverse, WIDTH, HEIGHT);
  const picture = drawn(
    [
      { at: [0, 0, 1], color: BLUE },
      { at: [0, 0, -1], color: RED },
    ],
    { matrix, perspective: false },
  );
  expect(picture.count).toBe(9);
  expect(picture.at(40, 20)).toEqual([0, 0, 255, 255]);
});
