/** Where the picture is looked at from: the scene's point in the window's corner, and how large things are. */

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** Pixels of the window for a unit of the scene. */
  readonly scale: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const LEAST_SCALE = 0.01;
export const MOST_SCALE = 6;
/** Small graphs are not blown up to fill the window. */
const MOST_FIT_SCALE = 1.25;

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

/** All of `rect` in the middle of the window, with some room around. */
export function fitted(rect: Rect, width: number, height: number, margin = 24): Camera {
  const scale = Math.min(
    MOST_FIT_SCALE,
    Math.max(
      LEAST_SCALE,
      Math.min((width - 2 * margin) / (rect.width || 1), (height - 2 * margin) / (rect.height || 1)),
    ),
  );
  return centred(rect, scale, width, height);
}

export function centred(rect: Rect, scale: number, width: number, height: number): Camera {
  return {
    x: rect.x + rect.width / 2 - width / 2 / scale,
    y: rect.y + rect.height / 2 - height / 2 / scale,
    scale,
  };
}

export function between(a: Camera, b: Camera, t: number): Camera {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, scale: a.scale + (b.scale - a.scale) * t };
}
