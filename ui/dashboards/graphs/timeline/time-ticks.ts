/** Round times for an axis. */

const LEAST_DISTANCE = 90;

/** Multiples of 1, 2 or 5 times a power of ten, at least 90 pixels apart. */
export function timeTicks(from: number, to: number, width: number): number[] {
  const wanted = ((to - from) / Math.max(1, width)) * LEAST_DISTANCE;
  if (!(wanted > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= wanted)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step); k * step <= to && ticks.length < 200; k++) ticks.push(k * step);
  return ticks;
}
