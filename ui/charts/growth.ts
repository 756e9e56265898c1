/**
 * Room for runs that grow. A new point at the right end would move every tick, and axes cost more to draw than lines: so
 * once a chart is seen to grow, its x axis ends a little after the data, and again when the data gets there.
 */
import type { Range, XKind } from "./line.ts";

/** Share of the range that is left free. */
const ROOM = 0.02;

export interface Growth {
  readonly kind: XKind;
  /** What the data takes. */
  readonly extent: Range;
  /** Where the axis ends. */
  readonly end: number;
}

/** What follows from an extent, after what was drawn before it. */
export function grown(before: Growth | null, kind: XKind, extent: Range): Growth {
  const [low, high] = extent;
  if (!before || before.kind !== kind || before.extent[0] !== low || high < before.extent[1])
    return { kind, extent, end: high };
  if (high <= before.end) return { kind, extent, end: before.end };
  return { kind, extent, end: high + (high - low) * ROOM };
}
