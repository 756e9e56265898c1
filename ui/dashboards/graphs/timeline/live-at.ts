/** Reads a curve of live memory. */
import type { GraphDeviceMemory } from "../../../../graph/views.ts";

/** Bytes that are live at a time. */
export function liveAt({ micros, live_bytes: live }: GraphDeviceMemory, at: number): number {
  let [low, high] = [0, micros.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (micros[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : live[low - 1]!;
}
