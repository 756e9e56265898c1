/** What is seen of a graph: whole, beside what lies over the window, and in windows that get smaller and larger again. */
import { describe, expect, it } from "vitest";
import {
  type Camera,
  fitted,
  fittedWhole,
  isClear,
  resized,
  showsAll,
} from "../../../ui/dashboards/graphs/canvas/camera.ts";
import type { Pane, Rect } from "../../../ui/dashboards/graphs/canvas/pane.ts";

const SCENE: Rect = { x: 0, y: 0, width: 1_000, height: 2_000 };
const WHOLE = { bounds: SCENE, parts: [SCENE] };

const pane = (width: number, height: number, ...covers: Rect[]): Pane => ({ width, height, covers });

/** The rectangle of the scene that a window of that size shows. */
const seen = ({ x, y, scale }: Camera, width: number, height: number): Rect => ({
  x,
  y,
  width: width / scale,
  height: height / scale,
});

describe("a window of another size", () => {
  it("shows the whole scene again where it showed it whole", () => {
    const sight = { camera: fitted(SCENE, pane(900, 700)), pane: pane(900, 700) };
    expect(resized(sight, WHOLE, pane(900, 350))).toEqual(fitted(SCENE, pane(900, 350)));
  });

  it("keeps in sight what was, and is as before at the old size", () => {
    const camera = { x: 300, y: 500, scale: 2 };
    const sight = { camera, pane: pane(800, 600) };
    const low = resized(sight, WHOLE, pane(800, 300));
    const { x, y, width, height } = seen(low, 800, 300);
    expect(x).toBeLessThanOrEqual(300);
    expect(x + width).toBeGreaterThanOrEqual(300 + 400);
    expect([y, height]).toEqual([500, 300]);
    expect(resized(sight, WHOLE, pane(800, 600))).toEqual(camera);
    expect(resized(sight, WHOLE, pane(1_200, 900))).toEqual(camera);
  });

  it("only moves where what was seen of the scene still has room", () => {
    // The scene's last 100 rows at the top of the window, and nothing below them.
    const sight = { camera: { x: 0, y: 1_900, scale: 1 }, pane: pane(1_000, 700) };
    expect(resized(sight, WHOLE, pane(1_000, 300))).toEqual(sight.camera);
    // At the bottom of the window, they move up with it.
    const low = { camera: { x: 0, y: -600, scale: 1 }, pane: pane(1_000, 700) };
    expect(resized(low, WHOLE, pane(1_000, 300))).toEqual({ x: 0, y: -200, scale: 1 });
  });
});

describe("what lies over the window", () => {
  /** A legend and a minimap, in the lower corners. */
  const LEGEND: Rect = { x: 12, y: 540, width: 200, height: 48 };
  const MINIMAP: Rect = { x: 580, y: 476, width: 208, height: 112 };
  const COVERED = pane(800, 600, LEGEND, MINIMAP);
  const SQUARE: Rect = { x: 0, y: 0, width: 500, height: 400 };
  /** Pixels of the window that a rectangle of the scene takes. */
  const onWindow = ({ x, y, scale }: Camera, rect: Rect): Rect => ({
    x: (rect.x - x) * scale,
    y: (rect.y - y) * scale,
    width: rect.width * scale,
    height: rect.height * scale,
  });

  it("changes nothing where nothing would be under it", () => {
    expect(fitted(SCENE, COVERED)).toEqual(fitted(SCENE, pane(800, 600)));
    // Of a wide scene, nothing is drawn in the corners.
    const parts = [
      { x: 0, y: 0, width: 500, height: 200 },
      { x: 200, y: 200, width: 100, height: 200 },
    ];
    expect(isClear([SQUARE], fitted(SQUARE, pane(800, 600)), COVERED)).toBe(false);
    expect(fitted(SQUARE, COVERED, { parts })).toEqual(fitted(SQUARE, pane(800, 600)));
  });

  it("is kept clear of by what is shown whole, which is as large as it can be there", () => {
    const camera = fitted(SQUARE, COVERED);
    expect(isClear([SQUARE], camera, COVERED)).toBe(true);
    // Above the minimap: beside it there is less room.
    const { x, y, width, height } = onWindow(camera, SQUARE);
    expect(height).toBeCloseTo(476 - 2 * 24);
    expect(x + width / 2).toBeCloseTo(400);
    expect(y).toBeCloseTo(24);
    expect(camera.scale).toBeLessThan(fitted(SQUARE, pane(800, 600)).scale);
  });

  it("is kept clear of sideways, too, by what is high", () => {
    const high: Rect = { x: 0, y: 0, width: 400, height: 500 };
    const camera = fitted(high, pane(800, 600, MINIMAP));
    const { x, width } = onWindow(camera, high);
    expect(camera.scale).toBe(fitted(high, pane(800, 600)).scale);
    expect(x + width).toBeLessThan(MINIMAP.x);
  });

  it("covers a corner rather than have all be less than half as large", () => {
    const tall: Rect = { x: 20, y: 200, width: 300, height: 390 };
    const wide: Rect = { x: 320, y: 200, width: 460, height: 390 };
    expect(fitted(SQUARE, pane(800, 600, tall, wide))).toEqual(fitted(SQUARE, pane(800, 600)));
  });

  it("that gets larger makes what was shown whole smaller, and what was not stays", () => {
    const whole = { bounds: SQUARE, parts: [SQUARE] };
    const open = pane(800, 600);
    const sight = { camera: fittedWhole(whole, open), pane: open };
    const to = resized(sight, whole, COVERED);
    expect(to).toEqual(fitted(SQUARE, COVERED));
    expect(showsAll({ camera: to, pane: COVERED }, whole)).toBe(true);
    const near = { camera: { x: 100, y: 100, scale: 3 }, pane: open };
    expect(resized(near, whole, COVERED)).toEqual(near.camera);
  });
});
