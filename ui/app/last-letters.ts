/** Which part of a long name is kept where there is no room for all of it: its end, in which runs of a folder differ. */

/** Letters at the end that stay, and those in front of them that there are at least. */
const [END, LEAST_START] = [10, 4];
/** Names up to this many letters fit in a table of values, or beside what is a run's alone. */
const FITS = 20;

/** Where the last letters of a name begin; 0 for one of up to `fits` letters, which has room anyway. */
export function lastLetters(name: string, fits = FITS): number {
  const letters = [...name];
  if (letters.length <= fits) return 0;
  return letters.slice(0, Math.max(LEAST_START, letters.length - END)).join("").length;
}
