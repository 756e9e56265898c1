/**
 * Neighbours by NN-descent: trees of planes bring near points together, then neighbours of neighbours meet until few
 * change. How many of the true ones are found is measured.
 */

import type { Room } from "../kernels/index.ts";
import type { PointSet } from "../point-set.ts";
import { randomNumbers, sampleOf } from "../random.ts";
import type { Work } from "../work.ts";
import { type FoundNeighbours, makeHeaps } from "./heaps.ts";
import { measureRecall } from "./recall.ts";
import { type NeighbourTable, nearestOf } from "./table.ts";

/**
 * How many neighbours are looked for, at least, where fewer are asked: those found late lead to nearer ones. Where recall
 * is too low, more of them find more.
 */
const LEAST_K = [20, 32, 48];
const TREES = 4;
const LEAF = 48;
const MOST_CANDIDATES = 40;
const ROUNDS = 12;
/** A round that changes fewer than this share of all neighbours is the last. */
const SETTLED = 0.003;
/** Points to measure recall on. */
const SAMPLE = 400;
const WANTED_RECALL = 0.955;
/** Numbers that are looked at between two breaks. */
const PIECE = 1e7;
/** Points whose lists are gone through between two breaks. */
const POINTS_A_PIECE = 4096;

export function* descentNeighbours(points: PointSet, asked: number, seed: number): Work<NeighbourTable> {
  const { count } = points;
  const sample = sampleOf(count, SAMPLE, randomNumbers(seed));
  let best: NeighbourTable | undefined;
  for (const least of LEAST_K) {
    const k = Math.min(count - 1, Math.max(asked, least));
    if (best && k <= best.k) continue;
    const found = yield* searchOnce(points, k, seed, best);
    const isFound = (point: number, near: number): boolean =>
      found.indices.subarray(point * k, point * k + asked).includes(near);
    const recall = yield* measureRecall(points, sample, asked, isFound);
    best = { count, k, ...found, exact: false, recall, recallRows: sample.length };
    if (recall >= WANTED_RECALL) break;
  }
  return nearestOf(best!, asked);
}

/** @param known neighbours that are taken as a start */
function* searchOnce(
  points: PointSet,
  k: number,
  seed: number,
  known: NeighbourTable | undefined,
): Work<FoundNeighbours> {
  const { kernels, count } = points;
  const room = kernels.room();
  try {
    const heaps = makeHeaps(points, k, room);
    const order = room.reserve(count * 4);
    const most = Math.min(MOST_CANDIDATES, k);
    const lists = [room.reserve(count * most * 4), room.reserve(count * most * 4)] as const;
    const counts = [room.reserve(count * 4), room.reserve(count * 4)] as const;
    const select = (): void => {
      heaps.select();
      kernels.run.setCandidates(most, lists[0], lists[1], counts[0], counts[1]);
    };
    // The kernels' chance is one for all: with breaks in between others may use it.
    const random = randomNumbers(seed);
    const descent = new Descent(points, k, random, order, select);
    if (known) yield* descent.meetKnown(known, room);
    yield* descent.plant(known ? 1 : TREES);
    yield* descent.settle();
    return yield* heaps.take();
  } finally {
    room.free();
  }
}

class Descent {
  private readonly points: PointSet;
  private readonly k: number;
  private readonly random: () => number;
  private readonly order: number;
  private readonly selectAll: () => void;

  constructor(points: PointSet, k: number, random: () => number, order: number, select: () => void) {
    this.points = points;
    this.k = k;
    this.random = random;
    this.order = order;
    this.selectAll = select;
  }

  /** Before every call after a break: what the kernels work on, and their chance. */
  private select(): void {
    this.selectAll();
    this.points.kernels.run.seedNeighbours(this.random() * 2 ** 32);
  }

  /** Each point meets those that were found before: pieces of an order, as leaves of a tree are. */
  *meetKnown(known: NeighbourTable, room: Room): Work<void> {
    const { kernels, count } = this.points;
    const at = room.reserve(known.k * 4 + 4);
    for (let point = 0; point < count; point++) {
      const list = kernels.integers(at, known.k + 1);
      list[0] = point;
      list.set(known.indices.subarray(point * known.k, (point + 1) * known.k), 1);
      if (point % 256 === 0) {
        yield { stage: "neighbours", done: point / count, of: 3 };
        this.select();
      }
      kernels.run.meetFirst(at, known.k + 1);
    }
  }

  /** Splits all points by planes half way between two of them until few are left together; those meet. */
  *plant(trees: number): Work<void> {
    const { kernels, count, stride } = this.points;
    let looked = 0;
    for (let tree = 0; tree < trees; tree++) {
      kernels.integers(this.order, count).forEach((_, i, all) => {
        all[i] = i;
      });
      const parts: [from: number, to: number][] = [[0, count]];
      let settled = 0;
      for (let part = parts.pop(); part; part = parts.pop()) {
        const [from, to] = part;
        this.select();
        if (to - from <= LEAF) {
          kernels.run.meetLeaf(this.order, from, to);
          looked += ((to - from) ** 2 / 2) * stride;
          settled = to;
        } else {
          const middle = this.split(from, to);
          looked += (to - from) * stride * 2;
          parts.push([middle, to], [from, middle]);
        }
        if (looked > PIECE) {
          looked = 0;
          yield { stage: "neighbours", done: (tree + settled / count) / trees, of: 3 };
        }
      }
    }
    yield* this.pass(1 / 3, (from, to) => kernels.run.meetRandom(from, to));
  }

  /** Where the part beyond the plane begins; the middle where all are on one side, as equal points are. */
  private split(from: number, to: number): number {
    const order = this.points.kernels.integers(this.order, this.points.count);
    const one = (): number => order[from + Math.floor(this.random() * (to - from))]!;
    const middle = this.points.kernels.run.splitByPlane(this.order, from, to, one(), one());
    const least = (to - from) / 50;
    return middle - from < least || to - middle < least ? (from + to) >> 1 : middle;
  }

  /** Goes over all points in pieces of some milliseconds. */
  private *pass(share: number, piece: (from: number, to: number) => void): Work<void> {
    const { count } = this.points;
    for (let from = 0; from < count; from += POINTS_A_PIECE) {
      this.select();
      piece(from, Math.min(count, from + POINTS_A_PIECE));
      yield { stage: "neighbours", done: 3 * share, of: 3 };
    }
  }

  *settle(): Work<void> {
    const { kernels, count, stride } = this.points;
    const { k } = this;
    const size = Math.max(16, Math.floor(PIECE / (stride * k * k)));
    for (let round = 0; round < ROUNDS; round++) {
      const share = (1 + (2 * round) / ROUNDS) / 3;
      this.select();
      kernels.run.clearCandidates();
      yield* this.pass(share, (from, to) => kernels.run.chooseCandidates(from, to));
      yield* this.pass(share, (from, to) => kernels.run.markChosen(from, to));
      let changes = 0;
      for (let from = 0; from < count; from += size) {
        this.select();
        const to = Math.min(count, from + size);
        changes += kernels.run.join(from, to);
        yield { stage: "neighbours", done: 1 + (2 * (round + to / count)) / ROUNDS, of: 3 };
      }
      if (changes < SETTLED * count * k) return;
    }
  }
}
