/** Lines from points to those that follow them, as TensorBoard draws sequences: words of a sentence, steps of a walk. */
import type { Spot } from "./screen.ts";

/** Of each row, the row that follows it; -1 for none. */
export type Links = Int32Array<ArrayBuffer>;

/** Lines that are drawn at rest at most, and while the camera moves. */
const MOST = 50_000;
const MOST_MOVING = 4_000;
/** Of lines, and of those between points that nothing is selected of. */
const ALPHA = 0.6;

/**
 * @param spotOf where a row is on the screen; null where it is not to be seen
 * @param colorOf of a row, as style sheets have it
 */
export function drawLinks(
  context: CanvasRenderingContext2D,
  links: Links,
  moving: boolean,
  spotOf: (row: number) => Spot | null,
  colorOf: (row: number) => string,
): number {
  const paths = new Map<string, Path2D>();
  const most = moving ? MOST_MOVING : MOST;
  let drawn = 0;
  for (let row = 0; row < links.length && drawn < most; row++) {
    const next = links[row]!;
    if (next < 0) continue;
    const [from, to] = [spotOf(row), spotOf(next)];
    if (!from || !to) continue;
    const color = colorOf(row);
    let path = paths.get(color);
    if (!path) {
      path = new Path2D();
      paths.set(color, path);
    }
    path.moveTo(from.x, from.y);
    path.lineTo(to.x, to.y);
    drawn++;
  }
  context.save();
  context.globalAlpha = ALPHA;
  context.lineWidth = 1.25;
  for (const [color, path] of paths) {
    context.strokeStyle = color;
    context.stroke(path);
  }
  context.restore();
  return drawn;
}
