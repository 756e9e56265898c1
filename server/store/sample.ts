/** Sampling of the compatible face: so many rows of a series as stock TensorBoard would show. */

/**
 * Rows to show of `length`: all where they fit, else `capacity` of them evenly spaced, with the first and the last.
 * Stock keeps a random sample of the same size; both keep the last.
 *
 * @param capacity Infinity keeps all
 */
export function sampleRows(length: number, capacity: number): number[] {
  if (length <= capacity) return Array.from({ length }, (_, i) => i);
  if (capacity === 1) return [length - 1];
  return Array.from({ length: capacity }, (_, i) => Math.round((i * (length - 1)) / (capacity - 1)));
}
