/** Chance with a seed: the same seed gives the same numbers everywhere. */

/** Numbers from 0 to 1 (mulberry32 by Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
