/** A digit as a sound whose spectrogram is the digit: its columns one after the other, its rows as tones. */
import { side } from "./data.ts";

export const sampleRate = 8000;

const columnSeconds = 0.04;
const lowestHertz = 300;
const hertzBetweenRows = 110;

/** @param pixels rows from the top, 0 to 1 */
export function heard(pixels: Float32Array): Float32Array {
  const perColumn = columnSeconds * sampleRate;
  return Float32Array.from({ length: side * perColumn }, (_, i) => {
    const column = Math.floor(i / perColumn);
    let sum = 0;
    for (let row = 0; row < side; row++) {
      const hertz = lowestHertz + (side - 1 - row) * hertzBetweenRows;
      sum += (pixels[row * side + column] ?? 0) * Math.sin((2 * Math.PI * hertz * i) / sampleRate);
    }
    // A column has a dozen strokes at most: no louder than what can be written.
    return sum / 14;
  });
}
