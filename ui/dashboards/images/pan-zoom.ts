/** What part of an image is looked at: the same part of every image of a card. */

/** `scale` 1 is the whole image; (x, y) is the corner at the top left, as shares of the image. */
export interface PanZoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: PanZoom = { scale: 1, x: 0, y: 0 };
const MOST_SCALE = 64;

/** Closer or further by `factor`, around a place of the view, given as shares of its width and height. */
export function zoomed(view: PanZoom, factor: number, u: number, v: number): PanZoom {
  const scale = Math.min(MOST_SCALE, Math.max(1, view.scale * factor));
  return kept({ scale, x: view.x + u / view.scale - u / scale, y: view.y + v / view.scale - v / scale });
}

/** Moved by shares of the view's width and height, as a hand drags it. */
export function panned(view: PanZoom, du: number, dv: number): PanZoom {
  return kept({ scale: view.scale, x: view.x - du / view.scale, y: view.y - dv / view.scale });
}

/** Inside the image. */
function kept({ scale, x, y }: PanZoom): PanZoom {
  const most = 1 - 1 / scale;
  return { scale, x: Math.min(most, Math.max(0, x)), y: Math.min(most, Math.max(0, y)) };
}

export function transformOf({ scale, x, y }: PanZoom): string {
  return scale === 1 ? "none" : `scale(${scale}) translate(${-x * 100}%, ${-y * 100}%)`;
}
