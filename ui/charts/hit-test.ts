/** Which points and which line are nearest to the pointer. */
import { firstAtLeast } from "./extent.ts";
import { type Frame, pixelX, pixelY } from "./frame.ts";
import type { Line } from "./line.ts";

/** Index of the point whose x is nearest to `target`, the earlier of two equally near; -1 without points. */
export function nearestIndex(x: Float64Array, target: number): number {
  const after = firstAtLeast(x, target);
  if (after === 0) return x.length > 0 ? 0 : -1;
  if (after === x.length) return after - 1;
  return x[after]! - target < target - x[after - 1]! ? after : after - 1;
}

/** A line's point under the crosshair. */
export interface Hit {
  readonly line: Line;
  readonly index: number;
  /** Pixels from the pointer to the line. */
  readonly distance: number;
}

/** The nearest point of every line to the crosshair at (px, py), in the order of the lines. */
export function hitTest(lines: readonly Line[], frame: Frame, atX: number, px: number, py: number): Hit[] {
  const hits: Hit[] = [];
  for (const line of lines) {
    const index = nearestIndex(line.x, atX);
    if (index >= 0) hits.push({ line, index, distance: distance(line, frame, atX, px, py) });
  }
  return hits;
}

/** The hit whose line passes nearest; null without hits. */
export function nearestHit(hits: readonly Hit[]): Hit | null {
  let best: Hit | null = null;
  for (const hit of hits) if (best === null || hit.distance < best.distance) best = hit;
  return best;
}

/** Vertical distance where the line passes over the pointer, distance to its end where it does not. */
function distance(line: Line, frame: Frame, atX: number, px: number, py: number): number {
  const after = firstAtLeast(line.x, atX);
  const before = after - 1;
  if (after < line.x.length && before >= 0) {
    const x0 = pixelX(frame, line.x[before]!);
    const x1 = pixelX(frame, line.x[after]!);
    const y0 = pixelY(frame, line.y[before]!);
    const y1 = pixelY(frame, line.y[after]!);
    const share = x1 > x0 ? (px - x0) / (x1 - x0) : 0;
    const vertical = Math.abs(y0 + (y1 - y0) * share - py);
    if (Number.isFinite(vertical)) return vertical;
  }
  const end = after < line.x.length ? after : before;
  const gap = Math.hypot(pixelX(frame, line.x[end]!) - px, pixelY(frame, line.y[end]!) - py);
  return Number.isFinite(gap) ? gap : Number.MAX_VALUE;
}
