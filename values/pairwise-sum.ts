/** Sums in numpy's order of additions, so that even the last bit is the one that stock TensorBoard shows. */

/** Longest stretch that is summed in one go, in eight lanes. */
const BLOCK = 128;
const LANES = 8;

/** `numpy.add.reduce` of a vector of doubles: pairwise over blocks (`DOUBLE_pairwise_sum` in numpy's loops). */
export function pairwiseSum(values: readonly number[], from = 0, to = values.length): number {
  const count = to - from;
  if (count < LANES) return sequentialSum(values, from, to, 0);
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % LANES);
    return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
  }
  const lanes = values.slice(from, from + LANES);
  let i = from + LANES;
  for (; i + LANES <= to; i += LANES)
    for (let lane = 0; lane < LANES; lane++) lanes[lane]! += values[i + lane]!;
  const [a, b, c, d, e, f, g, h] = lanes as [number, number, number, number, number, number, number, number];
  return sequentialSum(values, i, to, a + b + (c + d) + (e + f + (g + h)));
}

function sequentialSum(values: readonly number[], from: number, to: number, start: number): number {
  let sum = start;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}
