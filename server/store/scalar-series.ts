/**
 * The scalars of one tag in one run: every point, in order of step. Sealed blocks and a growing tail; what a
 * restarted run overtakes is moved aside, not lost.
 *
 * A point whose step is not larger than the last one preempts all points with steps from its own on: so the last
 * of equal steps stays, and a restart from a checkpoint replaces what it overtakes, as TensorBoard has it.
 */
import { Block, type PointArrays, type PointRows } from "./block.ts";
import { BLOCK_POINTS, Tail } from "./tail.ts";

/** A stretch of a series: rows of a block or the tail, starting at row `start` of the series. */
export interface Stretch {
  readonly start: number;
  readonly rows: PointRows;
  /** The block, when sealed: it knows its extremes. */
  readonly block: Block | null;
}

/** Points that come together in such number are sealed at once, past the tail. */
const LEAST_BLOCK = 128;

export class ScalarSeries {
  readonly #blocks: Block[] = [];
  /** Row at which each block starts. */
  readonly #starts: number[] = [];
  readonly #tail = new Tail();
  #sealed = 0;
  readonly #overtaken: Tail[] = [];
  #lastStep: number | bigint = Number.NEGATIVE_INFINITY;
  #lastWall = Number.NEGATIVE_INFINITY;
  #wallsAscend = true;
  #bytes = 0;

  get length(): number {
    return this.#sealed + this.#tail.count;
  }

  /** Points that a restart overtook. */
  get overtaken(): number {
    return this.#overtaken.reduce((sum, part) => sum + part.count, 0);
  }

  /** Whether wall times never go back, so that they can be searched. */
  get wallsAscend(): boolean {
    return this.#wallsAscend;
  }

  /** Bytes of the packed columns. */
  get bytes(): number {
    return this.#bytes + this.#tail.count * 20;
  }

  /** Appends rows `from` to `to` of the columns, in the order of the file. */
  append(points: PointArrays, from: number, to: number): void {
    const { steps, walls, values } = points;
    let at = from;
    while (at < to) {
      const run = steps instanceof Float64Array ? this.#ascending(steps, walls, at, to) : 0;
      if (run === 0) {
        this.#appendOne(steps[at]!, walls[at]!, values[at]!);
        at++;
        continue;
      }
      if (this.#tail.isFull) this.#addBlock(this.#tail.seal());
      const end = at + Math.min(run, BLOCK_POINTS - this.#tail.count);
      if (this.#tail.count === 0 && end - at >= LEAST_BLOCK) this.#addBlock(blockOf(points, at, end));
      else this.#tail.pushAll({ steps: steps as Float64Array, walls, values }, at, end);
      this.#lastStep = steps[end - 1]!;
      this.#lastWall = walls[end - 1]!;
      at = end;
    }
  }

  /** How many rows from `at` on simply follow: steps and wall times ascend, and steps are doubles. */
  #ascending(steps: Float64Array, walls: Float64Array, at: number, to: number): number {
    if (typeof this.#lastStep === "bigint") return 0;
    let step = this.#lastStep;
    let wall = this.#lastWall;
    let i = at;
    for (; i < to && i - at < BLOCK_POINTS; i++) {
      const nextStep = steps[i]!;
      const nextWall = walls[i]!;
      if (!(nextStep > step && nextWall >= wall)) break;
      step = nextStep;
      wall = nextWall;
    }
    return i - at;
  }

  #appendOne(step: number | bigint, wall: number, value: number): void {
    if (step <= this.#lastStep) this.#preempt(step);
    if (this.#tail.isFull) this.#addBlock(this.#tail.seal());
    if (wall < this.#lastWall) this.#wallsAscend = false;
    this.#tail.push(step, wall, value);
    this.#lastStep = step;
    this.#lastWall = wall;
  }

  #addBlock(block: Block): void {
    this.#blocks.push(block);
    this.#starts.push(this.#sealed);
    this.#sealed += block.count;
    this.#bytes += block.bytes;
  }

  /** Moves all points with steps from `step` on aside. */
  #preempt(step: number | bigint): void {
    const keep = this.lowerBound(step);
    for (let row = keep; row < this.length; ) {
      const { start, rows } = this.stretchAt(row);
      for (let r = row - start; r < rows.count; r++) this.#setAside(rows, r);
      row = start + rows.count;
    }
    if (keep >= this.#sealed) {
      this.#tail.truncate(keep - this.#sealed);
      return;
    }
    this.#tail.truncate(0);
    while (this.#sealed > keep) {
      const block = this.#blocks.pop()!;
      this.#sealed = this.#starts.pop()!;
      this.#bytes -= block.bytes;
      // The block that is cut becomes the tail again.
      for (let r = 0; r < keep - this.#sealed; r++)
        this.#tail.push(block.stepAt(r), block.wallAt(r), block.valueAt(r));
    }
  }

  #setAside(rows: PointRows, row: number): void {
    if (this.#overtaken.at(-1)?.isFull !== false) this.#overtaken.push(new Tail());
    this.#overtaken.at(-1)!.push(rows.stepAt(row), rows.wallAt(row), rows.valueAt(row));
  }

  /** Points that restarts overtook, oldest first. */
  *overtakenRows(): Generator<PointRows> {
    yield* this.#overtaken;
  }

  /** Number of blocks, plus one for the tail. */
  get stretches(): number {
    return this.#blocks.length + 1;
  }

  stretch(index: number): Stretch {
    const block = this.#blocks[index];
    if (block) return { start: this.#starts[index]!, rows: block, block };
    return { start: this.#sealed, rows: this.#tail, block: null };
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
    return this.firstWhere((rows, row) => rows.stepAt(row) >= step);
  }

  /** First row for which `reached` holds, where it holds for all after; the length when there is none. */
  firstWhere(reached: (rows: PointRows, row: number) => boolean): number {
    const index = search(this.stretches, (i) => {
      const { rows } = this.stretch(i);
      return rows.count === 0 || reached(rows, rows.count - 1);
    });
    if (index === this.stretches) return this.length;
    const { start, rows } = this.stretch(index);
    return start + search(rows.count, (row) => reached(rows, row));
  }
}

function blockOf({ steps, walls, values }: PointArrays, from: number, to: number): Block {
  const points = {
    steps: steps.subarray(from, to),
    walls: walls.subarray(from, to),
    values: values.subarray(from, to),
  };
  return new Block(points, to - from);
}

/** First index below `count` for which `reached` holds, where it holds for all after; `count` when there is none. */
function search(count: number, reached: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
