/** What is drawn by chance, from numbers with a seed. */

export { randomNumbers } from "../../values/random.ts";

/** Normally distributed, mean 0 and deviation 1 (Box and Muller). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** So many different numbers below `of`, ascending; all of them where there are no more. */
export function sampleOf(of: number, count: number, random: () => number): Uint32Array<ArrayBuffer> {
  if (count >= of) return Uint32Array.from({ length: of }, (_, i) => i);
  const chosen = new Set<number>();
  // Floyd's algorithm: every set is as likely as any other.
  for (let last = of - count; last < of; last++) {
    const pick = Math.floor(random() * (last + 1));
    chosen.add(chosen.has(pick) ? last : pick);
  }
  return Uint32Array.from(chosen).sort();
}
