/** How large points are, however they are drawn. */

/** Weight of the usual size: a byte holds from 0 (hidden) to four times as large. */
export const USUAL = 64;
/**
 * A weight as it is held. Odd ones are of points that stand before all others, however far they are: those that are
 * selected must not hide behind the grey ones.
 */
export const weightOf = (weight: number, first: boolean): number =>
  Math.max(2, weight & ~1) | (first ? 1 : 0);
export const isFirst = (weight: number): boolean => (weight & 1) === 1;
/** Points below this size are squares of pixels anyway. */
export const ROUND_FROM = 3.5;
export const LARGEST = 256;

/** Pixels across a point where there are so many. */
export function usualSize(rows: number): number {
  return Math.min(10, Math.max(1.6, 22 - 4 * Math.log10(Math.max(1, rows))));
}

/** How much larger points are drawn where only a share of them is: the cloud keeps its shape. */
export function growth(share: number): number {
  return share < 1 ? Math.min(1.35, share ** -0.25) : 1;
}

/** Share of the ground in the colour of what is farthest: with more of it, colours are no longer those of the legend. */
export const MOST_FOG = 0.4;

/** Distances at which points begin to fade, and at which they have faded. @param distance of the middle */
export function fogAt(distance: number): readonly [number, number] {
  return [Math.max(0.1, distance - 0.9), distance + 1.6];
}
