/** What two fingers that moved make of a range of x. */
import type { Frame } from "./frame.ts";
import type { Range } from "./line.ts";
import { zoomRange } from "./scale.ts";

/** Fingers closer together than this tell no scale. */
const LEAST_PX = 24;

/** The range of x that keeps under two fingers what was under them, `from` in the frame before, now at `to`. */
export function pinchedRange(frame: Frame, from: Range, to: Range): Range {
  const { left, width } = frame.plot;
  const apart = (range: Range): number => Math.max(LEAST_PX, range[1] - range[0]);
  const factor = apart(from) / apart(to);
  const middle = (range: Range): number => ((range[0] + range[1]) / 2 - left) / width;
  const before = middle(from);
  // As if zoomed around the middle of the fingers, and then moved along with it.
  return zoomRange(frame.x, factor, before, (before - middle(to)) * factor);
}
