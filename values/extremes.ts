/** The largest and the smallest of numbers, however many: a call with an argument for each fails from some 100,000 on. */

/** At least `least`; NaN where one of them is. */
export function largest(values: Iterable<number>, least = -Infinity): number {
  let found = least;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** Infinity of none; NaN where one of them is. */
export function smallest(values: Iterable<number>): number {
  let found = Infinity;
  for (const value of values) found = Math.min(found, value);
  return found;
}
