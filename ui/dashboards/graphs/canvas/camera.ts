/** Where the picture is looked at from: the scene's point in the window's corner, and how large things are. */
import { type Pane, type Rect, roomsOf, shared } from "./pane.ts";

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** Pixels of the window for a unit of the scene. */
  readonly scale: number;
}

export const LEAST_SCALE = 0.01;
export const MOST_SCALE = 6;
/** Small graphs are not blown up to fill the window. */
export const MOST_FIT_SCALE = 1.25;
/** Pixels around what is shown whole. */
const MARGIN = 24;
/** Pixels that stay free beside a cover: the frame of what is chosen is as wide. */
const CLEARANCE = 6;
/** To keep clear of covers, things get smaller down to this share of their size. */
const LEAST_SHARE = 0.5;

export function zoomed(camera: Camera, factor: number, atX: number, atY: number): Camera {
  const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, camera.scale * factor));
  return {
    x: camera.x + atX / camera.scale - atX / scale,
    y: camera.y + atY / camera.scale - atY / scale,
    scale,
  };
}

export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** The camera from which the middle of a box's upper edge is seen where it was, when the box is another one now. */
export function anchored(camera: Camera, before: Rect, after: Rect): Camera {
  const dx = after.x + after.width / 2 - (before.x + before.width / 2);
  return { ...camera, x: camera.x + dx, y: camera.y + after.y - before.y };
}

export interface Fit {
  readonly margin?: number;
  readonly most?: number;
  /** What of `rect` must not be under a cover: nothing else is drawn there. */
  readonly parts?: readonly Rect[];
}

/**
 * All of `rect` in the middle of the window, with some room around; where something of it would be under a cover, in the
 * room beside the covers in which it is largest.
 */
export function fitted(rect: Rect, pane: Pane, { parts = [rect], ...fit }: Fit = {}): Camera {
  const whole = fittedInto(rect, { x: 0, y: 0, width: pane.width, height: pane.height }, fit);
  if (isClear(parts, whole, pane)) return whole;
  let best = { ...whole, scale: 0 };
  for (const room of roomsOf(pane)) {
    const camera = fittedInto(rect, room, fit);
    if (camera.scale > best.scale) best = camera;
  }
  return best.scale < LEAST_SHARE * whole.scale ? whole : best;
}

function fittedInto(rect: Rect, room: Rect, { margin = MARGIN, most = MOST_FIT_SCALE }: Fit): Camera {
  const scale = Math.min(
    most,
    Math.max(
      LEAST_SCALE,
      Math.min(
        (room.width - 2 * margin) / (rect.width || 1),
        (room.height - 2 * margin) / (rect.height || 1),
      ),
    ),
  );
  return panned(centred(rect, scale, room.width, room.height), room.x, room.y);
}

/** Whether no cover hides any of some rectangles of the scene. */
export function isClear(parts: readonly Rect[], { x, y, scale }: Camera, { covers }: Pane): boolean {
  return covers.every((cover) => {
    const hidden = {
      x: x + (cover.x - CLEARANCE) / scale,
      y: y + (cover.y - CLEARANCE) / scale,
      width: (cover.width + 2 * CLEARANCE) / scale,
      height: (cover.height + 2 * CLEARANCE) / scale,
    };
    return parts.every((part) => shared(part, hidden) === null);
  });
}

export function centred(rect: Rect, scale: number, width: number, height: number): Camera {
  return {
    x: rect.x + rect.width / 2 - width / 2 / scale,
    y: rect.y + rect.height / 2 - height / 2 / scale,
    scale,
  };
}

/** A window that somebody looks through. */
export interface Sight {
  readonly camera: Camera;
  readonly pane: Pane;
}

/** The whole scene, and what of it must not be under a cover. */
export interface Whole {
  readonly bounds: Rect;
  readonly parts: readonly Rect[];
}

export function fittedWhole({ bounds, parts }: Whole, pane: Pane): Camera {
  return fitted(bounds, pane, { parts });
}

/**
 * The camera when the window gets another size, or other covers: what was in sight stays in sight, as large as it can be
 * without being larger than before. What showed the whole scene shows all of it again.
 */
export function resized(sight: Sight, whole: Whole, pane: Pane): Camera {
  const { camera } = sight;
  if (showsAll(sight, whole)) return fittedWhole(whole, pane);
  const seen = shared(whole.bounds, windowOf(sight));
  if (!seen) return camera;
  const scale = Math.min(camera.scale, pane.width / seen.width, pane.height / seen.height);
  return {
    x: nearestStart(camera.x, seen.x, seen.width, pane.width / scale),
    y: nearestStart(camera.y, seen.y, seen.height, pane.height / scale),
    scale,
  };
}

/** Pixels that two views may differ by and are the same. */
const SAME = 2;

/** Whether a window shows the whole scene, as it does at first. */
export function showsAll({ camera, pane }: Sight, whole: Whole): boolean {
  const all = fittedWhole(whole, pane);
  return (
    Math.abs(camera.scale / all.scale - 1) < 0.01 &&
    Math.abs(camera.x - all.x) * camera.scale < SAME &&
    Math.abs(camera.y - all.y) * camera.scale < SAME
  );
}

function windowOf({ camera: { x, y, scale }, pane: { width, height } }: Sight): Rect {
  return { x, y, width: width / scale, height: height / scale };
}

/** Where a window begins that has all of a stretch, as near as it can to where it began. */
function nearestStart(begins: number, stretch: number, length: number, window: number): number {
  return Math.min(stretch, Math.max(stretch + length - window, begins));
}

export function between(a: Camera, b: Camera, t: number): Camera {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, scale: a.scale + (b.scale - a.scale) * t };
}
