/**
 * One pass of UMAP's optimiser (McInnes, Healy and Melville 2018): edges that are due pull their ends together, and push
 * their head away from points taken by chance. Places have four numbers each, of which the last one or two stay 0.
 */

let places: usize = 0;
let placeCount: u32 = 0;
let heads: usize = 0;
let tails: usize = 0;
/** Passes between two pulls of an edge; when the next is due; and when the next push is. */
let periods: usize = 0;
let nextPull: usize = 0;
let nextPush: usize = 0;
/** How strongly a squared distance pulls and pushes, by the upper bits of its 32. */
let pulls: usize = 0;
let pushes: usize = 0;
/** 1 in the dimensions that are used. */
let used: v128 = f32x4.splat(0);
let state: u32 = 1;

/** Tables begin at 2^-40 and end at 2^24, with 128 steps from one power of two to the next. */
const FIRST: i32 = (127 - 40) << 7;
const LAST: i32 = ((127 + 24) << 7) - 1;

export function setUmap(
  placesAt: usize,
  count: u32,
  dims: i32,
  headsAt: usize,
  tailsAt: usize,
  periodsAt: usize,
  nextPullAt: usize,
  nextPushAt: usize,
  pullsAt: usize,
  pushesAt: usize,
  seed: u32,
): void {
  places = placesAt;
  placeCount = count;
  heads = headsAt;
  tails = tailsAt;
  periods = periodsAt;
  nextPull = nextPullAt;
  nextPush = nextPushAt;
  pulls = pullsAt;
  pushes = pushesAt;
  used = dims === 2 ? f32x4(1, 1, 0, 0) : f32x4(1, 1, 1, 0);
  state = seed | 1;
}

// @ts-ignore: decorator
@inline
function randomPlace(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return <u32>((<u64>state * <u64>placeCount) >> 32);
}

// @ts-ignore: decorator
@inline
function square(v: v128): f32 {
  const s = f32x4.mul(v, v);
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 2);
}

/** From a table, between its steps in a straight line. */
// @ts-ignore: decorator
@inline
function look(table: usize, value: f32): f32 {
  const bits = reinterpret<i32>(value);
  const step = min<i32>(LAST - 1, max<i32>(FIRST, bits >> 16));
  const part = <f32>(bits & 0xffff) * (1.0 / 65536.0);
  const at = table + (<usize>(step - FIRST) << 2);
  const low = load<f32>(at);
  return low + (load<f32>(at, 4) - low) * part;
}

// @ts-ignore: decorator
@inline
function clipped(v: v128): v128 {
  return f32x4.pmax(f32x4.splat(-4), f32x4.pmin(f32x4.splat(4), v));
}

/** Edges `from` to `to`. */
export function umapEpoch(from: i32, to: i32, epoch: f32, alpha: f32, negatives: f32): void {
  const rate = f32x4.splat(alpha);
  for (let i = from; i < to; i++) {
    const at = <usize>i << 2;
    const due = load<f32>(nextPull + at);
    if (due > epoch) continue;
    const period = load<f32>(periods + at);
    const head = load<u32>(heads + at);
    const headAt = places + (<usize>head << 4);
    const tailAt = places + (<usize>load<u32>(tails + at) << 4);
    let current = v128.load(headAt);
    const other = v128.load(tailAt);
    const between = f32x4.sub(current, other);
    const distance = square(between);
    if (distance > 0) {
      const step = f32x4.mul(rate, clipped(f32x4.mul(f32x4.splat(look(pulls, distance)), between)));
      current = f32x4.add(current, step);
      v128.store(tailAt, f32x4.sub(other, step));
    }
    store<f32>(nextPull + at, due + period);
    const pushPeriod = period / negatives;
    const duePush = load<f32>(nextPush + at);
    const times = <i32>floor<f32>((epoch - duePush) / pushPeriod);
    for (let n = 0; n < times; n++) {
      const one = randomPlace();
      if (one === head) continue;
      const away = f32x4.sub(current, v128.load(places + (<usize>one << 4)));
      const far = square(away);
      const push = far > 0 ? clipped(f32x4.mul(f32x4.splat(look(pushes, far)), away)) : f32x4.mul(used, f32x4.splat(4));
      current = f32x4.add(current, f32x4.mul(rate, push));
    }
    store<f32>(nextPush + at, duePush + <f32>times * pushPeriod);
    v128.store(headAt, current);
  }
}
