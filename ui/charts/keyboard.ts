/** Moves the crosshair by keys: along a line with left and right, from line to line with up and down. */
import { type Frame, inPlot, pixelX, pixelY, valueAtX } from "./frame.ts";
import { hitTest, nearestHit } from "./hit-test.ts";
import type { Line } from "./line.ts";

export interface Place {
  readonly px: number;
  readonly py: number;
}

const LEAP = 10;

/** Where the crosshair goes from `at`; null where the key does not move it, or there is nothing to move to. */
export function moveCrosshair(
  key: string,
  leap: boolean,
  at: Place | null,
  lines: readonly Line[],
  frame: Frame,
): Place | null {
  const stride = leap ? LEAP : 1;
  switch (key) {
    case "ArrowLeft":
      return at ? alongLine(-stride, at, lines, frame) : end(lines, frame);
    case "ArrowRight":
      return at ? alongLine(stride, at, lines, frame) : end(lines, frame);
    case "ArrowUp":
      return at ? acrossLines(-stride, at, lines, frame) : end(lines, frame);
    case "ArrowDown":
      return at ? acrossLines(stride, at, lines, frame) : end(lines, frame);
    case "Home":
      return alongLine(Number.NEGATIVE_INFINITY, at ?? end(lines, frame), lines, frame);
    case "End":
      return alongLine(Number.POSITIVE_INFINITY, at ?? end(lines, frame), lines, frame);
    default:
      return null;
  }
}

/** Where a line's point stands in the plot. */
export function placeOf(line: Line, index: number, frame: Frame): Place {
  const py = pixelY(frame, line.y[index]!);
  const { top, height } = frame.plot;
  // A point above or below the plot still has a place in it: its edge.
  return {
    px: pixelX(frame, line.x[index]!),
    py: Number.isFinite(py) ? Math.min(top + height, Math.max(top, py)) : top + height / 2,
  };
}

/** The last point in sight of the first line that has one. */
function end(lines: readonly Line[], frame: Frame): Place | null {
  for (const line of lines) {
    for (let i = line.x.length - 1; i >= 0; i--) {
      const place = placeOf(line, i, frame);
      if (inPlot(frame, place.px, place.py)) return place;
    }
  }
  return null;
}

function alongLine(stride: number, at: Place | null, lines: readonly Line[], frame: Frame): Place | null {
  if (!at) return null;
  const nearest = nearestHit(hitTest(lines, frame, valueAtX(frame, at.px), at.px, at.py));
  if (!nearest) return null;
  const { line, index } = nearest;
  const direction = Math.sign(stride);
  let best: Place | null = null;
  for (
    let i = index + direction, left = Math.abs(stride);
    i >= 0 && i < line.x.length && left > 0;
    i += direction
  ) {
    const place = placeOf(line, i, frame);
    if (!inPlot(frame, place.px, place.py)) break;
    best = place;
    left--;
  }
  return best ?? at;
}

function acrossLines(stride: number, at: Place, lines: readonly Line[], frame: Frame): Place | null {
  const hits = hitTest(lines, frame, valueAtX(frame, at.px), at.px, at.py);
  const nearest = nearestHit(hits);
  const places = hits
    .map((hit) => ({ hit, py: placeOf(hit.line, hit.index, frame).py }))
    .sort((a, b) => a.py - b.py);
  const from = places.findIndex(({ hit }) => hit === nearest);
  const to = places[Math.min(places.length - 1, Math.max(0, from + stride))];
  return to ? { px: at.px, py: to.py } : null;
}
