/** Where points are on the screen, by the same matrix that draws them: for picking, boxes, lassos and labels. */
import type { Matrix4 } from "three";

/** What draws rows: the product of the camera's matrices, and the size of the canvas in CSS pixels. */
export interface Screen {
  /** Column by column, as three has it. */
  readonly matrix: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

export function screenOf(projection: Matrix4, world: Matrix4, width: number, height: number): Screen {
  return { matrix: projection.clone().multiply(world).elements, width, height };
}

/** Calls back with each visible row's pixel and depth (-1 near to 1 far). Rows without a place are passed over. */
export function eachOnScreen(
  { matrix: m, width, height }: Screen,
  places: Float32Array,
  isVisible: (row: number) => boolean,
  visit: (row: number, x: number, y: number, depth: number) => void,
): void {
  const rows = places.length / 3;
  for (let row = 0, at = 0; row < rows; row++, at += 3) {
    const x = places[at]!;
    const y = places[at + 1]!;
    const z = places[at + 2]!;
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (!(w > 0) || !isVisible(row)) continue;
    visit(
      row,
      ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) * 0.5 * width,
      (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) * 0.5 * height,
      (m[2]! * x + m[6]! * y + m[10]! * z + m[14]!) / w,
    );
  }
}

/** A place on the screen. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Fingers and pointers miss by so many pixels. */
const NEAR_MISS = 5;

/**
 * The row under a spot: of those that cover it the one in front, else the nearest within a few pixels; -1 for none.
 *
 * @param radiusOf half the size of a row as it is drawn, in CSS pixels
 * @param isFirst whether a row is drawn before all others, however far it is
 */
export function pick(
  screen: Screen,
  places: Float32Array,
  spot: Spot,
  isVisible: (row: number) => boolean,
  radiusOf: (row: number, depth: number) => number,
  isFirst: (row: number) => boolean = () => false,
): number {
  let covering = -1;
  let front = Number.POSITIVE_INFINITY;
  let nearest = -1;
  let miss = NEAR_MISS;
  eachOnScreen(screen, places, isVisible, (row, x, y, depth) => {
    const off = Math.hypot(x - spot.x, y - spot.y);
    if (off > 200) return;
    const radius = radiusOf(row, depth);
    const order = isFirst(row) ? depth - 4 : depth;
    if (off <= radius && order < front) {
      front = order;
      covering = row;
    } else if (off - radius < miss) {
      miss = off - radius;
      nearest = row;
    }
  });
  return covering >= 0 ? covering : nearest;
}

/** Rows inside a closed line. */
export function inside(
  screen: Screen,
  places: Float32Array,
  outline: readonly Spot[],
  isVisible: (row: number) => boolean,
): number[] {
  const [left, right] = extent(outline.map(({ x }) => x));
  const [top, bottom] = extent(outline.map(({ y }) => y));
  const rows: number[] = [];
  eachOnScreen(screen, places, isVisible, (row, x, y) => {
    if (x >= left && x <= right && y >= top && y <= bottom && encloses(outline, x, y)) rows.push(row);
  });
  return rows;
}

/** Whether a line from the spot to the right crosses the outline an odd number of times. */
function encloses(outline: readonly Spot[], x: number, y: number): boolean {
  let odd = false;
  let before = outline.at(-1)!;
  for (const corner of outline) {
    if (
      corner.y > y !== before.y > y &&
      x < ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x
    )
      odd = !odd;
    before = corner;
  }
  return odd;
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
