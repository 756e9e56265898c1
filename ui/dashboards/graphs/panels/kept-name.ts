/** Which part of a long name is kept where there is no room for all of it. */

/** Letters that are kept at least, and at most of a last part that is longer than that. */
const [LEAST_KEPT, MOST_KEPT] = [8, 16];
/** Names up to this many letters are not cut: dots take the room of some. */
const SHORT = 19;

/** Where the part begins that is not cut: with a whole part of the name where it can. */
export function keptFrom(name: string): number {
  if (name.length <= SHORT) return 0;
  const longest = name.length - MOST_KEPT;
  const shortest = name.length - LEAST_KEPT;
  for (let at = longest; at <= shortest; at++) if (name[at - 1] === "/") return at;
  return longest;
}
