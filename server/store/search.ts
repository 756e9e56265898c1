/** Binary search. */

/** First index below `count` for which `reached` holds, where it holds for all after; `count` when there is none. */
export function search(count: number, reached: (index: number) => boolean, from = 0): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** {@link search} that looks around `guess` first: a handful of looks where that is nearly right. */
export function searchNear(
  count: number,
  reached: (index: number) => boolean,
  from: number,
  guess: number,
): number {
  let low = from;
  let high = count;
  let step = 1;
  let at = Math.max(low, Math.min(high - 1, guess));
  while (low < high) {
    if (reached(at)) {
      high = at;
      at -= step;
    } else {
      low = at + 1;
      at += step;
    }
    step *= 2;
    // Where it is between has been found: the rest is halved.
    if (at <= low || at >= high) return search(high, reached, low);
  }
  return low;
}
