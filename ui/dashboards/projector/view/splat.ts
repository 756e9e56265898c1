/**
 * Points drawn by the processor: each a square or a disc of pixels, the nearer before the farther. Where WebGL has no
 * graphics card behind it this is many times as quick, since software that plays a card does for every point what a card
 * does for a triangle. The picture is the one of points-layer.ts: the same sizes, colours and fog.
 */
import { isFirst, LARGEST, MOST_FOG, ROUND_FROM, USUAL } from "./sizes.ts";

/** Points in the order in which they are drawn: three numbers of place and four bytes of looks each. */
export interface SplatPoints {
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** Share of the way between them, 0 to 1. */
  readonly glide: number;
  /** Red, green, blue and weight (`weightOf`); a weight of 0 hides. */
  readonly looks: Uint8Array;
  /** So many of them are drawn. */
  readonly count: number;
}

export interface SplatView {
  /** From places to the clip space, column by column. */
  readonly matrix: ArrayLike<number>;
  /** Whether far points are smaller and fade. */
  readonly perspective: boolean;
  /** Pixels across a point of the usual weight at a distance of two. */
  readonly size: number;
  /** Distances at which points begin to fade, and at which they have faded. */
  readonly fog: readonly [number, number];
  /** Red, green, blue, 0 to 255. */
  readonly background: readonly [number, number, number];
  /** Whether points that are large enough are discs. */
  readonly round: boolean;
}

/** What is nearer to the eye is not drawn. */
const NEAREST = 0.01;
/** Nearer than any other by so much. */
const FIRST = 1e6;
const FOG_STEPS = 256;
const OPAQUE = 0xff000000;

/** A picture in memory, as large as it was last asked for. */
export class SplatTarget {
  width = 0;
  height = 0;
  /** Red, green, blue and alpha, a byte each. */
  pixels = new Uint32Array(0);
  depths = new Float32Array(0);

  /** Empties it. */
  clear(width: number, height: number, [red, green, blue]: SplatView["background"]): void {
    if (this.pixels.length !== width * height) {
      this.pixels = new Uint32Array(width * height);
      this.depths = new Float32Array(width * height);
    }
    this.width = width;
    this.height = height;
    this.pixels.fill(colorOf(red, green, blue));
    this.depths.fill(Number.POSITIVE_INFINITY);
  }
}

const colorOf = (red: number, green: number, blue: number): number =>
  (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;

/** Draws points into a picture that is empty. */
export function splat(points: SplatPoints, view: SplatView, target: SplatTarget): void {
  const { from, to, glide, looks, count } = points;
  const { matrix: m, perspective, size, round } = view;
  const { width, height, pixels, depths } = target;
  const [m0, m1, m2, m3] = [m[0]!, m[1]!, m[2]!, m[3]!];
  const [m4, m5, m6, m7] = [m[4]!, m[5]!, m[6]!, m[7]!];
  const [m8, m9, m10, m11] = [m[8]!, m[9]!, m[10]!, m[11]!];
  const [m12, m13, m14, m15] = [m[12]!, m[13]!, m[14]!, m[15]!];
  const [halfWide, halfHigh] = [width / 2, height / 2];
  const gliding = glide < 1;
  const fog = fogTable();
  const [fogFrom, fogTo] = view.fog;
  const fogScale = (FOG_STEPS - 1) / (fogTo - fogFrom);
  const [groundRed, groundGreen, groundBlue] = view.background;
  for (let i = 0, at = 0, look = 0; i < count; i++, at += 3, look += 4) {
    const weight = looks[look + 3]!;
    if (weight === 0) continue;
    let x = to[at]!;
    let y = to[at + 1]!;
    let z = to[at + 2]!;
    if (gliding) {
      x = from[at]! * (1 - glide) + x * glide;
      y = from[at + 1]! * (1 - glide) + y * glide;
      z = from[at + 2]! * (1 - glide) + z * glide;
    }
    const w = m3 * x + m7 * y + m11 * z + m15;
    // Also where there is no place.
    if (!(w > NEAREST)) continue;
    const depth = perspective ? w : m2 * x + m6 * y + m10 * z + m14;
    const across = (size * weight * (perspective ? 2 / w : 1)) / USUAL;
    const side = Math.min(LARGEST, Math.max(1, Math.round(across)));
    const left = Math.round(halfWide * ((m0 * x + m4 * y + m8 * z + m12) / w + 1) - side / 2);
    const top = Math.round(halfHigh * (1 - (m1 * x + m5 * y + m9 * z + m13) / w) - side / 2);
    if (left >= width || top >= height || left + side <= 0 || top + side <= 0) continue;
    let red = looks[look]!;
    let green = looks[look + 1]!;
    let blue = looks[look + 2]!;
    if (perspective && depth > fogFrom) {
      const faded = fog[depth >= fogTo ? FOG_STEPS - 1 : ((depth - fogFrom) * fogScale) | 0]!;
      red += ((groundRed - red) * faded) >> 8;
      green += ((groundGreen - green) * faded) >> 8;
      blue += ((groundBlue - blue) * faded) >> 8;
    }
    const order = isFirst(weight) ? depth - FIRST : depth;
    const color = OPAQUE | (blue << 16) | (green << 8) | red;
    const inset = round && across >= ROUND_FROM ? insetsOf(side) : null;
    const right = Math.min(width, left + side);
    const bottom = Math.min(height, top + side);
    for (let row = Math.max(0, top); row < bottom; row++) {
      const cut = inset ? inset[row - top]! : 0;
      const end = inset ? Math.min(right, left + side - cut) : right;
      const first = Math.max(0, left + cut);
      for (let pixel = row * width + first; pixel < row * width + end; pixel++)
        if (order < depths[pixel]!) {
          depths[pixel] = order;
          pixels[pixel] = color;
        }
    }
  }
}

const insets: Uint8Array[] = [];

/** How many pixels of each row of a square lie outside of the disc in it, on either side. */
function insetsOf(side: number): Uint8Array {
  insets[side] ??= Uint8Array.from({ length: side }, (_, row) => {
    const off = row + 0.5 - side / 2;
    return Math.round(side / 2 - Math.sqrt(Math.max(0, (side / 2) ** 2 - off * off)));
  });
  return insets[side];
}

let fogged: Uint8Array | undefined;

/** Share of the ground, of 256, on the way through the fog: GLSL's smoothstep. */
function fogTable(): Uint8Array {
  fogged ??= Uint8Array.from({ length: FOG_STEPS }, (_, step) => {
    const share = step / (FOG_STEPS - 1);
    return Math.round(256 * MOST_FOG * share * share * (3 - 2 * share));
  });
  return fogged;
}
