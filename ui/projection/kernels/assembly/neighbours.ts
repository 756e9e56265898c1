/**
 * The nearest points of every point: by looking at all pairs, or by NN-descent (Dong, Moses and Li, WWW 2011): a
 * neighbour of a neighbour is likely a neighbour. Each point has a heap of the k nearest so far, farthest on top.
 */
import { between, pointCount } from "./points";

let k: i32 = 0;
/** count × k: points, distances, and whether the neighbour is new since the point's last join. */
let ids: usize = 0;
let distances: usize = 0;
let fresh: usize = 0;

/** Candidates of a join: so many a point at most, new ones and old ones, each with how many there were. */
let most: i32 = 0;
let newIds: usize = 0;
let oldIds: usize = 0;
let newCounts: usize = 0;
let oldCounts: usize = 0;

let state: u32 = 1;

export function setNeighbours(neighbours: i32, idsAt: usize, distancesAt: usize, freshAt: usize): void {
  k = neighbours;
  ids = idsAt;
  distances = distancesAt;
  fresh = freshAt;
}

/** Forgets all neighbours. */
export function clearNeighbours(): void {
  const all = <usize>pointCount * <usize>k;
  for (let i: usize = 0; i < all; i++) {
    store<i32>(ids + (i << 2), -1);
    store<f32>(distances + (i << 2), Infinity);
    store<u8>(fresh + i, 0);
  }
}

export function setCandidates(each: i32, idsOfNew: usize, idsOfOld: usize, countsOfNew: usize, countsOfOld: usize): void {
  most = each;
  newIds = idsOfNew;
  oldIds = idsOfOld;
  newCounts = countsOfNew;
  oldCounts = countsOfOld;
}

export function seedNeighbours(seed: u32): void {
  state = seed | 1;
}

// @ts-ignore: decorator
@inline
function random(below: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return <u32>((<u64>state * <u64>below) >> 32);
}

// @ts-ignore: decorator
@inline
function farthest(point: i32): f32 {
  return load<f32>(distances + (<usize>point * <usize>k << 2));
}

/** Takes the place of the farthest where it is nearer and not there yet. */
function push(point: i32, other: i32, distance: f32): i32 {
  const first = <usize>point * <usize>k;
  const idsHere = ids + (first << 2);
  const distancesHere = distances + (first << 2);
  if (distance >= load<f32>(distancesHere)) return 0;
  for (let i = 0; i < k; i++) if (load<i32>(idsHere + (<usize>i << 2)) === other) return 0;
  sink(idsHere, distancesHere, fresh + first, k, other, distance, 1);
  return 1;
}

/** From the top of a heap, down to where the distance belongs. */
function sink(idsHere: usize, distancesHere: usize, freshHere: usize, size: i32, id: i32, distance: f32, flag: u8): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    let far = load<f32>(distancesHere + (<usize>child << 2));
    if (child + 1 < size) {
      const right = load<f32>(distancesHere + (<usize>child << 2), 4);
      if (right > far) {
        far = right;
        child++;
      }
    }
    if (far <= distance) break;
    store<f32>(distancesHere + (<usize>hole << 2), far);
    store<i32>(idsHere + (<usize>hole << 2), load<i32>(idsHere + (<usize>child << 2)));
    store<u8>(freshHere + hole, load<u8>(freshHere + child));
    hole = child;
  }
  store<f32>(distancesHere + (<usize>hole << 2), distance);
  store<i32>(idsHere + (<usize>hole << 2), id);
  store<u8>(freshHere + hole, flag);
}

// @ts-ignore: decorator
@inline
function meet(a: i32, b: i32): i32 {
  if (a === b) return 0;
  const distance = between(a, b);
  return push(a, b, distance) + push(b, a, distance);
}

/** All pairs of points `from` to `to` with all points before them, so many at a time as stay in the cache. */
export function meetAll(from: i32, to: i32, tile: i32): void {
  for (let first = 0; first < to; first += tile)
    for (let i = max(from, first + 1); i < to; i++) {
      const end = min(i, first + tile);
      for (let j = first; j < end; j++) meet(i, j);
    }
}

/** All pairs of the points in `order` from `from` to `to`: a leaf of a tree. */
export function meetLeaf(order: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const a = load<i32>(order + (<usize>i << 2));
    for (let j = from; j < i; j++) meet(a, load<i32>(order + (<usize>j << 2)));
  }
}

/** The first of a list meets all others. */
export function meetFirst(list: usize, length: i32): void {
  const first = load<i32>(list);
  for (let i = 1; i < length; i++) meet(first, load<i32>(list + (<usize>i << 2)));
}

/** Fills the places that are still empty with points taken by chance. */
export function meetRandom(from: i32, to: i32): void {
  for (let i = from; i < to; i++)
    for (let tries = 0; tries < 4 * k && farthest(i) === Infinity; tries++) meet(i, random(pointCount));
}

/** Takes a sample of what comes by: the first `most`, then each with the chance that all have had. */
function offer(list: usize, counts: usize, point: i32, other: i32): void {
  const countAt = counts + (<usize>point << 2);
  const count = load<i32>(countAt);
  store<i32>(countAt, count + 1);
  let slot = count;
  if (count >= most) {
    slot = random(count + 1);
    if (slot >= most) return;
  }
  store<i32>(list + ((<usize>point * <usize>most + <usize>slot) << 2), other);
}

/** Before candidates are chosen anew. */
export function clearCandidates(): void {
  memory.fill(newCounts, 0, <usize>pointCount << 2);
  memory.fill(oldCounts, 0, <usize>pointCount << 2);
}

/** Neighbours of points `from` to `to`, both ways, sampled: the candidates of the next joins. */
export function chooseCandidates(from: i32, to: i32): void {
  for (let i = from; i < to; i++)
    for (let n = 0; n < k; n++) {
      const at = <usize>i * <usize>k + <usize>n;
      const other = load<i32>(ids + (at << 2));
      if (other < 0) continue;
      const isNew = load<u8>(fresh + at) !== 0;
      const list = isNew ? newIds : oldIds;
      const counts = isNew ? newCounts : oldCounts;
      offer(list, counts, i, other);
      offer(list, counts, other, i);
    }
}

/** When all are chosen: those that were are not new the next time. */
export function markChosen(from: i32, to: i32): void {
  for (let i = from; i < to; i++) markOld(i);
}

function markOld(point: i32): void {
  const list = newIds + (<usize>point * <usize>most << 2);
  const count = min(most, load<i32>(newCounts + (<usize>point << 2)));
  for (let n = 0; n < k; n++) {
    const at = <usize>point * <usize>k + <usize>n;
    if (load<u8>(fresh + at) === 0) continue;
    const other = load<i32>(ids + (at << 2));
    for (let c = 0; c < count; c++)
      if (load<i32>(list + (<usize>c << 2)) === other) {
        store<u8>(fresh + at, 0);
        break;
      }
  }
}

/** Lets the candidates of points `from` to `to` meet, new with new and new with old; gives how many neighbours changed. */
export function join(from: i32, to: i32): i32 {
  let changes = 0;
  for (let i = from; i < to; i++) {
    const news = newIds + (<usize>i * <usize>most << 2);
    const olds = oldIds + (<usize>i * <usize>most << 2);
    const newCount = min(most, load<i32>(newCounts + (<usize>i << 2)));
    const oldCount = min(most, load<i32>(oldCounts + (<usize>i << 2)));
    for (let a = 0; a < newCount; a++) {
      const point = load<i32>(news + (<usize>a << 2));
      for (let b = 0; b < a; b++) changes += meet(point, load<i32>(news + (<usize>b << 2)));
      for (let b = 0; b < oldCount; b++) changes += meet(point, load<i32>(olds + (<usize>b << 2)));
    }
  }
  return changes;
}

/** Turns the heaps of points `from` to `to` into lists, nearest first. */
export function sortNeighbours(from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const first = <usize>i * <usize>k;
    const idsHere = ids + (first << 2);
    const distancesHere = distances + (first << 2);
    for (let size = k - 1; size > 0; size--) {
      const id = load<i32>(idsHere + (<usize>size << 2));
      const distance = load<f32>(distancesHere + (<usize>size << 2));
      store<i32>(idsHere + (<usize>size << 2), load<i32>(idsHere));
      store<f32>(distancesHere + (<usize>size << 2), load<f32>(distancesHere));
      sink(idsHere, distancesHere, fresh + first, size, id, distance, 0);
    }
  }
}
