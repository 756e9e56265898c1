/**
 * Which executions of a track are drawn, and where. What is narrower than a pixel is drawn once a pixel, found by bisection,
 * so there are as many as pixels, however many executions there are.
 */
import { lowerBound, type TimeRange, type Track } from "./tracks.ts";

/** What is drawn of one colour: left, top and width one after the other, in pixels. */
export type Batch = number[];

/** Called with each execution that is seen, its left edge and its width in pixels. */
type Take = (execution: number, left: number, width: number) => void;

/** Others of a pixel that are looked at for one that is selected. */
const MOST_LOOKED_AT = 64;

export function eachSlice(
  { starts, ends, order }: Track,
  { from, to }: TimeRange,
  width: number,
  isSelected: (execution: number) => boolean,
  take: Take,
): void {
  const scale = width / (to - from || 1);
  let k = Math.max(0, lowerBound(starts, from) - 1);
  while (k < starts.length && starts[k]! <= to) {
    const left = Math.max(-2, (starts[k]! - from) * scale);
    const right = Math.min(width + 2, (ends[k]! - from) * scale);
    if (right >= 0) take(order[k]!, left, Math.max(1, right - left));
    if (right - left >= 1) {
      k++;
      continue;
    }
    // All others that begin in the same pixel are covered by this one, but what is selected shows.
    const next = Math.max(k + 1, lowerBound(starts, from + (Math.floor(left) + 1) / scale, k));
    if (next - k < MOST_LOOKED_AT)
      for (let other = k + 1; other < next; other++)
        if (isSelected(order[other]!)) take(order[other]!, left, 1);
    k = next;
  }
}
