/**
 * The scalars of one tag in one run: every point, in order of step. Sealed blocks and a growing tail; what a
 * restarted run overtakes is moved aside, not lost.
 *
 * A point whose step is not larger than the last one preempts all points with steps from its own on: so the last
 * of equal steps stays, and a restart from a checkpoint replaces what it overtakes, as TensorBoard has it.
 */
import type { Arena } from "./arena.ts";
import type { Block } from "./block.ts";
import { Overtaken } from "./overtaken.ts";
import { type PointArrays, type PointRows, type RowSlice, unpack } from "./points.ts";
import { NO_RESTARTS, Restarts } from "./restarts.ts";
import { search } from "./search.ts";
import { BLOCK_POINTS } from "./slab-writer.ts";
import { TAIL_POINTS, Tail } from "./tail.ts";

/** Fewer points than this join those before, unless they are on disk. */
const LEAST_BLOCK = TAIL_POINTS / 2;

const NO_BLOCKS: Block[] = [];
const NO_STARTS: number[] = [];

/** A stretch of a series: rows of a block or the tail, starting at row `start` of the series. */
export interface Stretch {
  readonly start: number;
  readonly rows: PointRows;
  /** The block, when sealed: it knows its extremes. */
  readonly block: Block | null;
}

export class ScalarSeries {
  readonly #arena: Arena;
  #blocks: Block[] = NO_BLOCKS;
  /** Row at which each block starts. */
  #starts: number[] = NO_STARTS;
  #tail: Tail | null = null;
  #sealed = 0;
  #overtaken: Overtaken | null = null;
  #restarts: Restarts | null = null;
  #lastStep: number | bigint = Number.NEGATIVE_INFINITY;
  #lastWall = Number.NEGATIVE_INFINITY;
  #wallsAscend = true;
  /** Wall times of the points that were written as doubles, by step as text: columns have it as a number or a bigint. */
  #doubles: Map<string, number> | null = null;

  /** @param arena where tails are sealed into blocks */
  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get length(): number {
    return this.#sealed + (this.#tail?.count ?? 0);
  }

  /** How many points restarts have overtaken. */
  get overtaken(): number {
    return this.#overtaken?.length ?? 0;
  }

  /** When points were overtaken: while there is no new one, rows only come, and do not change. */
  get restarts(): Restarts {
    return this.#restarts ?? NO_RESTARTS;
  }

  /** Whether wall times never go back, so that they can be searched. */
  get wallsAscend(): boolean {
    return this.#wallsAscend;
  }

  /** Appends points one by one. */
  append({ steps, walls, values }: PointArrays, from: number, to: number): void {
    for (let i = from; i < to; i++) this.#appendOne(steps[i]!, walls[i]!, values[i]!);
  }

  /**
   * Appends a block as it is, where its steps simply follow; else point by point, and so what is small: a block takes as
   * much memory besides its points as thirty points do.
   */
  appendBlock(block: Block): void {
    const isSmall = block.count < LEAST_BLOCK && this.length > 0 && block.slab.isResident;
    if (isSmall || !(block.firstStep > this.#lastStep)) {
      this.append(unpack(block), 0, block.count);
      return;
    }
    this.#sealTail();
    if (!block.wallsAscend || block.firstWall < this.#lastWall) this.#wallsAscend = false;
    this.#lastStep = block.lastStep;
    this.#lastWall = block.lastWall;
    this.#addBlock(block);
  }

  #appendOne(step: number | bigint, wall: number, value: number): void {
    if (step <= this.#lastStep) this.#preempt(step);
    if (wall < this.#lastWall) this.#wallsAscend = false;
    this.#tail ??= new Tail(this.#arena.spare);
    this.#tail.push(step, wall, value);
    this.#lastStep = step;
    this.#lastWall = wall;
    if (this.#tail.count >= TAIL_POINTS) this.#sealTail();
  }

  /** Moves all points with steps from `step` on aside, for a value of that step that is no point itself. */
  preempt(step: number | bigint): void {
    if (step <= this.#lastStep) this.#preempt(step);
  }

  /** Notes that a point was written as a double: stock TensorBoard shows none such. */
  markDouble(step: number | bigint, wall: number): void {
    this.#doubles ??= new Map();
    this.#doubles.set(String(step), wall);
  }

  /** Whether any point is marked as a double. */
  get hasDoubles(): boolean {
    return this.#doubles !== null;
  }

  /** Whether the point of that step and time is marked as a double. */
  isDouble(step: number | bigint, wall: number): boolean {
    return this.#doubles?.get(String(step)) === wall;
  }

  #addBlock(block: Block): void {
    if (this.#blocks.length === 0) {
      // Most series of many small runs have one block: a list that was pushed to has room for seventeen.
      this.#blocks = [block];
      this.#starts = [0];
    } else {
      this.#blocks.push(block);
      this.#starts.push(this.#sealed);
    }
    this.#sealed += block.count;
  }

  #sealTail(): void {
    const tail = this.#tail;
    if (tail === null) return;
    if (tail.count > 0) this.#seal(tail.view());
    tail.release();
    this.#tail = null;
  }

  #seal(points: PointArrays): void {
    const count = points.walls.length;
    for (let from = 0; from < count; from += BLOCK_POINTS)
      this.#addBlock(this.#arena.seal(points, from, Math.min(count, from + BLOCK_POINTS)));
  }

  /** Moves all points with steps from `step` on aside. */
  #preempt(step: number | bigint): void {
    const keep = this.lowerBound(step);
    if (keep === this.length) return;
    this.#restarts ??= new Restarts();
    this.#restarts.add(this.length, keep);
    this.#overtaken ??= new Overtaken();
    const cut = this.#cutBlocks(keep);
    for (const { rows, from, to } of cut) this.#overtaken.add(rows, from, to);
    const tail = this.#tail;
    if (tail !== null) {
      const from = cut.length > 0 ? 0 : keep - this.#sealed;
      this.#overtaken.copy(tail, from, tail.count);
      tail.truncate(from);
    }
    for (const { rows, from } of cut.slice(0, 1)) if (from > 0) this.#seal(unpack(rows, 0, from));
  }

  /** Takes away the blocks that hold rows from `keep` on; gives those rows, in order. */
  #cutBlocks(keep: number): RowSlice[] {
    const cut: RowSlice[] = [];
    while (this.#sealed > keep) {
      const block = this.#blocks.pop()!;
      this.#sealed = this.#starts.pop()!;
      cut.unshift({ rows: block, from: Math.max(0, keep - this.#sealed), to: block.count });
    }
    return cut;
  }

  /** Points that restarts overtook, in the order in which that happened. */
  get overtakenRows(): readonly RowSlice[] {
    return this.#overtaken?.stretches ?? [];
  }

  /** Rows `from` to `to` as they are now: what is appended or overtaken later changes nothing in them. */
  snapshot(from: number, to: number): RowSlice[] {
    const slices: RowSlice[] = [];
    for (let s = this.stretchIndexAt(from); s < this.stretches; s++) {
      const { start, rows, block } = this.stretch(s);
      const slice = { from: Math.max(0, from - start), to: Math.min(rows.count, to - start) };
      if (slice.from >= slice.to) break;
      if (block) slices.push({ rows: block, ...slice });
      else if (this.#tail) slices.push({ rows: this.#tail.copy(), ...slice });
    }
    return slices;
  }

  /** Number of blocks, plus one for the tail. */
  get stretches(): number {
    return this.#blocks.length + 1;
  }

  stretch(index: number): Stretch {
    const block = this.#blocks[index];
    if (block) return { start: this.#starts[index]!, rows: block, block };
    return { start: this.#sealed, rows: this.#tail ?? EMPTY, block: null };
  }

  /** Index of the stretch that holds a row. */
  stretchIndexAt(row: number): number {
    if (row >= this.#sealed) return this.#blocks.length;
    return search(this.#starts.length, (i) => this.#starts[i]! > row) - 1;
  }

  stretchAt(row: number): Stretch {
    return this.stretch(this.stretchIndexAt(row));
  }

  /** First row whose step is not smaller than `step`; the length when there is none. */
  lowerBound(step: number | bigint): number {
    const index = search(this.stretches, (i) => {
      const { rows, block } = this.stretch(i);
      return block ? block.lastStep >= step : rows.count === 0 || rows.stepAt(rows.count - 1) >= step;
    });
    if (index === this.stretches) return this.length;
    const { start, rows } = this.stretch(index);
    return start + search(rows.count, (row) => rows.stepAt(row) >= step);
  }
}

const EMPTY: PointRows = new Tail();
