/** Which words' vectors point the same way. */

/** Vectors of unit length, whose products are cosines. */
export function normalised(vectors: Float32Array, dimensions: number): Float32Array {
  const result = vectors.slice();
  for (let start = 0; start < result.length; start += dimensions) {
    const row = result.subarray(start, start + dimensions);
    const length = Math.hypot(...row);
    for (let i = 0; i < dimensions; i++) row[i]! /= length;
  }
  return result;
}

/**
 * The words nearest to one, by the cosine of the angle between them, the nearest first.
 *
 * @param unit vectors of unit length, [words, dimensions]
 */
export function nearest(unit: Float32Array, dimensions: number, word: number, count: number): number[] {
  const row = (of: number) => unit.subarray(of * dimensions, (of + 1) * dimensions);
  const own = row(word);
  const cosines = Array.from({ length: unit.length / dimensions }, (_, other) => ({
    other,
    cosine: row(other).reduce((sum, value, i) => sum + value * own[i]!, 0),
  }));
  return cosines
    .filter(({ other }) => other !== word)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count)
    .map(({ other }) => other);
}
