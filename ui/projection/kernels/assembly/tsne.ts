/**
 * One step of t-SNE by Barnes and Hut's approximation (van der Maaten, JMLR 2014): far groups of points push as one. The
 * tree is made anew every step, in the order in which it is gone through: a node, then all below it, so that going past
 * a group is one jump. Places have four numbers each, of which the last one or two stay 0.
 */

let places: usize = 0;
let pointCount: i32 = 0;
let depthOfDims: i32 = 2;
/** Neighbours of each point with their probabilities: from offsets[i] to offsets[i + 1]. */
let offsets: usize = 0;
let columns: usize = 0;
let values: usize = 0;
/** Points in the order of the tree: those of a cell are together. */
let order: usize = 0;
/** Centre of mass of each node with its mass as fourth number; its width squared; the node after all below it. */
let centres: usize = 0;
let widths: usize = 0;
let skips: usize = 0;
let most: i32 = 0;
let nodes: i32 = 0;
let pull: usize = 0;
let push: usize = 0;
let speeds: usize = 0;
let gains: usize = 0;

/** Deeper than a cell can be told from the next in 32 bits, points count as one. */
const DEEPEST: i32 = 28;

export function setTsne(
  placesAt: usize,
  count: i32,
  dims: i32,
  offsetsAt: usize,
  columnsAt: usize,
  valuesAt: usize,
  orderAt: usize,
  pullAt: usize,
  pushAt: usize,
  speedsAt: usize,
  gainsAt: usize,
): void {
  places = placesAt;
  pointCount = count;
  depthOfDims = dims;
  offsets = offsetsAt;
  columns = columnsAt;
  values = valuesAt;
  order = orderAt;
  pull = pullAt;
  push = pushAt;
  speeds = speedsAt;
  gains = gainsAt;
}

/** Room for so many nodes. */
export function setTree(centresAt: usize, widthsAt: usize, skipsAt: usize, room: i32): void {
  centres = centresAt;
  widths = widthsAt;
  skips = skipsAt;
  most = room;
}

// @ts-ignore: decorator
@inline
function square(v: v128): f32 {
  const s = f32x4.mul(v, v);
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 2);
}

// @ts-ignore: decorator
@inline
function pointAt(place: i32): usize {
  return places + (<usize>load<i32>(order + (<usize>place << 2)) << 4);
}

/** @returns how many nodes there are; more than there is room for means: make room and ask again */
export function makeTree(): i32 {
  let low = f32x4.splat(Infinity);
  let high = f32x4.splat(-Infinity);
  for (let i = 0; i < pointCount; i++) {
    const place = v128.load(places + (<usize>i << 4));
    low = f32x4.pmin(low, place);
    high = f32x4.pmax(high, place);
  }
  const size = f32x4.sub(high, low);
  const width = max<f32>(
    1e-30,
    max<f32>(f32x4.extract_lane(size, 0), max<f32>(f32x4.extract_lane(size, 1), f32x4.extract_lane(size, 2))),
  );
  nodes = 0;
  const middle = f32x4.mul(f32x4.add(low, high), f32x4.splat(0.5));
  makeNode(0, pointCount, middle, width, 0);
  return nodes;
}

/** The cell of the points from `from` to `to` in the order. */
function makeNode(from: i32, to: i32, middle: v128, width: f32, depth: i32): void {
  const node = nodes++;
  if (node >= most) return;
  const at = centres + (<usize>node << 4);
  if (to - from === 1 || depth >= DEEPEST) {
    let sum = f32x4.splat(0);
    for (let i = from; i < to; i++) sum = f32x4.add(sum, v128.load(pointAt(i)));
    const mass = <f32>(to - from);
    v128.store(at, f32x4.mul(sum, f32x4.splat(1 / mass)));
    store<f32>(at, mass, 12);
    // A leaf has no width: it is always far enough.
    store<f32>(widths + (<usize>node << 2), 0);
  } else {
    makeParts(from, to, middle, width * 0.5, depth + 1, 0);
    if (nodes > most) return;
    sumParts(node);
    store<f32>(widths + (<usize>node << 2), width * width);
  }
  store<i32>(skips + (<usize>node << 2), nodes);
}

/** Splits by one dimension after the other; what is not empty after the last becomes a node. */
function makeParts(from: i32, to: i32, middle: v128, width: f32, depth: i32, dim: i32): void {
  if (from === to) return;
  if (dim === depthOfDims) {
    makeNode(from, to, middle, width, depth);
    return;
  }
  const byte = <usize>dim << 2;
  const border = dim === 0 ? f32x4.extract_lane(middle, 0) : dim === 1 ? f32x4.extract_lane(middle, 1) : f32x4.extract_lane(middle, 2);
  let low = from;
  let high = to;
  while (low < high) {
    if (load<f32>(pointAt(low) + byte) < border) low++;
    else {
      high--;
      const a = order + (<usize>low << 2);
      const b = order + (<usize>high << 2);
      const point = load<i32>(a);
      store<i32>(a, load<i32>(b));
      store<i32>(b, point);
    }
  }
  const half = width * 0.5;
  const shift = dim === 0 ? f32x4(half, 0, 0, 0) : dim === 1 ? f32x4(0, half, 0, 0) : f32x4(0, 0, half, 0);
  makeParts(from, low, f32x4.sub(middle, shift), width, depth, dim + 1);
  makeParts(low, to, f32x4.add(middle, shift), width, depth, dim + 1);
}

/** Mass and centre from the nodes right below. */
function sumParts(node: i32): void {
  let sum = f32x4.splat(0);
  let mass: f32 = 0;
  for (let part = node + 1; part < nodes; part = load<i32>(skips + (<usize>part << 2))) {
    const centre = v128.load(centres + (<usize>part << 4));
    const one = f32x4.extract_lane(centre, 3);
    sum = f32x4.add(sum, f32x4.mul(centre, f32x4.splat(one)));
    mass += one;
  }
  const at = centres + (<usize>node << 4);
  v128.store(at, f32x4.mul(sum, f32x4.splat(1 / mass)));
  store<f32>(at, mass, 12);
}

/**
 * Forces on points `from` to `to` of the order: those of neighbours, and those of all others by the tree.
 *
 * @param nearness how wide a cell may look to count as one, squared
 * @returns the points' part in the sum of all q, themselves left out
 */
export function tsneForces(from: i32, to: i32, nearness: f32): f64 {
  let total: f64 = 0;
  const mask = i32x4(-1, -1, -1, 0);
  for (let i = from; i < to; i++) {
    const point = load<i32>(order + (<usize>i << 2));
    const place = v128.load(places + (<usize>point << 4));
    let away = f32x4.splat(0);
    let sum: f32 = 0;
    for (let node = 0; node < nodes; ) {
      const centre = v128.load(centres + (<usize>node << 4));
      const between = v128.and(mask, f32x4.sub(place, centre));
      const distance = square(between);
      if (load<f32>(widths + (<usize>node << 2)) <= nearness * distance) {
        const q: f32 = 1 / (1 + distance);
        const together = f32x4.extract_lane(centre, 3) * q;
        sum += together;
        away = f32x4.add(away, f32x4.mul(f32x4.splat(together * q), between));
        node = load<i32>(skips + (<usize>node << 2));
      } else node++;
    }
    // It met itself in its own leaf, at no distance.
    total += <f64>sum - 1;
    v128.store(push + (<usize>point << 4), away);
    let near = f32x4.splat(0);
    const end = load<i32>(offsets + (<usize>point << 2), 4);
    for (let e = load<i32>(offsets + (<usize>point << 2)); e < end; e++) {
      const other = places + (<usize>load<i32>(columns + (<usize>e << 2)) << 4);
      const between = f32x4.sub(place, v128.load(other));
      const weight = load<f32>(values + (<usize>e << 2)) / (1 + square(between));
      near = f32x4.add(near, f32x4.mul(f32x4.splat(weight), between));
    }
    v128.store(pull + (<usize>point << 4), near);
  }
  return total;
}

/** Moves all points by their forces, with momentum and gains (Jacobs 1988), and the middle back to 0. */
export function tsneMove(pullBy: f32, pushBy: f32, rate: f32, momentum: f32): void {
  let sum = f64x2.splat(0);
  let sumOfThird: f64 = 0;
  for (let i: usize = 0, end = <usize>pointCount << 4; i < end; i += 16) {
    const gradient = f32x4.sub(
      f32x4.mul(f32x4.splat(pullBy), v128.load(pull + i)),
      f32x4.mul(f32x4.splat(pushBy), v128.load(push + i)),
    );
    const speed = v128.load(speeds + i);
    const gain = v128.load(gains + i);
    // Where the step goes on downhill, the gain grows; where it turns, it shrinks.
    const against = f32x4.lt(f32x4.mul(gradient, speed), f32x4.splat(0));
    const next = f32x4.pmax(
      f32x4.splat(0.01),
      v128.bitselect(f32x4.add(gain, f32x4.splat(0.2)), f32x4.mul(gain, f32x4.splat(0.8)), against),
    );
    v128.store(gains + i, next);
    const step = f32x4.sub(
      f32x4.mul(f32x4.splat(momentum), speed),
      f32x4.mul(f32x4.splat(rate), f32x4.mul(next, gradient)),
    );
    v128.store(speeds + i, step);
    const place = f32x4.add(v128.load(places + i), step);
    v128.store(places + i, place);
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(place));
    sumOfThird += <f64>f32x4.extract_lane(place, 2);
  }
  const middle = f32x4(
    <f32>(f64x2.extract_lane(sum, 0) / <f64>pointCount),
    <f32>(f64x2.extract_lane(sum, 1) / <f64>pointCount),
    <f32>(sumOfThird / <f64>pointCount),
    0,
  );
  for (let i: usize = 0, end = <usize>pointCount << 4; i < end; i += 16)
    v128.store(places + i, f32x4.sub(v128.load(places + i), middle));
}
