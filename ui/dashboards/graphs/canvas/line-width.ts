/** How wide edges are drawn. */

/** TensorBoard's scale: from 1 to five million elements, by the power of 0.3. */
const MOST_ELEMENTS = 5_000_000;
const EXPONENT = 0.3;
export const LEAST_WIDTH = 0.75;
const MOST_WIDTH = 12;

/** Width of a line for tensors of so many elements. */
export function lineWidth(elements: number): number {
  const [low, high] = [1, MOST_ELEMENTS ** EXPONENT];
  const share = (Math.min(MOST_ELEMENTS, Math.max(1, elements)) ** EXPONENT - low) / (high - low);
  return LEAST_WIDTH + share * (MOST_WIDTH - LEAST_WIDTH);
}
