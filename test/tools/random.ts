/** Randomness for tests that can be had again: everything follows from a seed. */

/** Gives a whole number from 0 to below the bound. */
export type Random = (below: number) => number;

/** Random numbers that come out the same for the same seed: mulberry32, by Tommy Ettinger (public domain). */
export function generator(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One of several, each as likely. */
export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)]!;
}
