/** One look at every row: whether all its numbers are finite, what each column spans and sums to, and a hash. */

const PRIME: i32 = 0x9e3779b1;

/**
 * @param floats numbers a row, a multiple of 4
 * @param smallest and `largest`: a row each, which start at infinity and minus infinity
 * @param sums a row of 64-bit numbers, which starts at 0
 * @param hashes a number a row; those of rows that are not finite are not set
 * @param unfinite a byte a row: 1 where a number is NaN or infinite, else 0
 */
export function survey(
  rows: usize,
  count: i32,
  floats: i32,
  smallest: usize,
  largest: usize,
  sums: usize,
  hashes: usize,
  unfinite: usize,
): void {
  const bytes = <usize>floats << 2;
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * bytes;
    let odd = i32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const values = v128.load(row + at);
      // What is not finite is not 0 when it is taken from itself.
      odd = v128.or(odd, f32x4.sub(values, values));
    }
    const bad = v128.any_true(odd);
    store<u8>(unfinite + i, bad ? 1 : 0);
    if (bad) continue;
    let hash = i32x4.splat(PRIME);
    for (let at: usize = 0; at < bytes; at += 16) {
      const values = v128.load(row + at);
      v128.store(smallest + at, f32x4.pmin(v128.load(smallest + at), values));
      v128.store(largest + at, f32x4.pmax(v128.load(largest + at), values));
      const sum = sums + (at << 1);
      const high = i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(values)));
      v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(high)), 16);
      hash = i32x4.mul(v128.xor(hash, values), i32x4.splat(PRIME));
      hash = v128.xor(hash, i32x4.shr_u(hash, 15));
    }
    let one = i32x4.extract_lane(hash, 0);
    one = (one ^ i32x4.extract_lane(hash, 1)) * PRIME;
    one = (one ^ (one >>> 13) ^ i32x4.extract_lane(hash, 2)) * PRIME;
    one = (one ^ (one >>> 15) ^ i32x4.extract_lane(hash, 3)) * PRIME;
    store<i32>(hashes + (<usize>i << 2), one ^ (one >>> 14));
  }
}
