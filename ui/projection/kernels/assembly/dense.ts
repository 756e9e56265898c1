/** Sums over the numbers of a vector, four at a time. Lengths are in bytes, and multiples of 16. */

// @ts-ignore: decorator
@inline
function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/** Sum of squared differences. */
export function squaredDistance(a: usize, b: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let at: usize = 0;
  const pairs = bytes & ~31;
  for (; at < pairs; at += 32) {
    const first = f32x4.sub(v128.load(a + at), v128.load(b + at));
    const second = f32x4.sub(v128.load(a + at, 16), v128.load(b + at, 16));
    even = f32x4.add(even, f32x4.mul(first, first));
    odd = f32x4.add(odd, f32x4.mul(second, second));
  }
  if (at < bytes) {
    const last = f32x4.sub(v128.load(a + at), v128.load(b + at));
    even = f32x4.add(even, f32x4.mul(last, last));
  }
  return sumOf(f32x4.add(even, odd));
}

/** The same of vectors scaled by a factor each. */
export function scaledDistance(a: usize, byA: f32, b: usize, byB: f32, bytes: usize): f32 {
  const scaleA = f32x4.splat(byA);
  const scaleB = f32x4.splat(byB);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const one = f32x4.sub(f32x4.mul(scaleA, v128.load(a + at)), f32x4.mul(scaleB, v128.load(b + at)));
    sum = f32x4.add(sum, f32x4.mul(one, one));
  }
  return sumOf(sum);
}

export function dot(a: usize, b: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let at: usize = 0;
  const pairs = bytes & ~31;
  for (; at < pairs; at += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(a + at), v128.load(b + at)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(a + at, 16), v128.load(b + at, 16)));
  }
  if (at < bytes) even = f32x4.add(even, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  return sumOf(f32x4.add(even, odd));
}

/** Products of vectors that follow each other with one more, less an offset. */
export function dotsWith(rows: usize, count: i32, bytes: usize, other: usize, offset: f32, out: usize): void {
  for (let i = 0; i < count; i++) store<f32>(out + (<usize>i << 2), dot(rows + <usize>i * bytes, other, bytes) - offset);
}

/** sums[d] += Σ weights[i] · rows[i][d], in 64 bits. `floats` is the length of a row in numbers. */
export function weightedSum(rows: usize, count: i32, floats: i32, weights: usize, sums: usize): void {
  for (let i = 0; i < count; i++) {
    const weight = f64x2.splat(<f64>load<f32>(weights + (<usize>i << 2)));
    const row = rows + (<usize>i * <usize>floats << 2);
    for (let d = 0; d < floats; d += 2) {
      const at = sums + (<usize>d << 3);
      const values = f64x2.promote_low_f32x4(v128.load64_zero(row + (<usize>d << 2)));
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(weight, values)));
    }
  }
}

/** out[i] = rows[i] - centre. */
export function subtractCentre(rows: usize, count: i32, bytes: usize, centre: usize, out: usize): void {
  for (let i = 0; i < count; i++)
    for (let at: usize = 0; at < bytes; at += 16) {
      const here = <usize>i * bytes + at;
      v128.store(out + here, f32x4.sub(v128.load(rows + here), v128.load(centre + at)));
    }
}

/**
 * Products of all pairs of columns of a block of rows, added in 64 bits to the lower half of a matrix. Tiles of 4 × 4
 * are summed in registers; a block of some hundred rows is short enough for 32 bits.
 *
 * @param floats numbers a row, a multiple of 4
 * @param sums floats × floats
 */
export function addProducts(block: usize, count: i32, floats: i32, sums: usize): void {
  const bytes = <usize>floats << 2;
  const end = block + <usize>count * bytes;
  for (let i = 0; i < floats; i += 4)
    for (let j = 0; j <= i; j += 4) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      let left = block + (<usize>i << 2);
      let right = block + (<usize>j << 2);
      for (let row = block; row < end; row += bytes) {
        const values = v128.load(right);
        s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(left), values));
        s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(left, 4), values));
        s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(left, 8), values));
        s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(left, 12), values));
        left += bytes;
        right += bytes;
      }
      const at = sums + ((<usize>i * <usize>floats + <usize>j) << 3);
      const next = <usize>floats << 3;
      addTo(at, s0);
      addTo(at + next, s1);
      addTo(at + 2 * next, s2);
      addTo(at + 3 * next, s3);
    }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, lanes: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(lanes)));
  const high = i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(high)), 16);
}

/** Each row less the centre, then of length one; a row in the centre has no direction and becomes 0. */
export function toSphere(rows: usize, count: i32, bytes: usize, centre: usize, lengths: usize): void {
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * bytes;
    const length = sqrt<f32>(squaredDistance(row, centre, bytes));
    store<f32>(lengths + (<usize>i << 2), length);
    const scale = f32x4.splat(length > 0 ? 1 / length : 0);
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(row + at, f32x4.mul(f32x4.sub(v128.load(row + at), v128.load(centre + at)), scale));
  }
}

/** What `toSphere` did, undone. */
export function fromSphere(rows: usize, count: i32, bytes: usize, centre: usize, lengths: usize): void {
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * bytes;
    const length = f32x4.splat(load<f32>(lengths + (<usize>i << 2)));
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(row + at, f32x4.add(f32x4.mul(v128.load(row + at), length), v128.load(centre + at)));
  }
}
