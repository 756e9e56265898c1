/** Where tails are sealed into blocks: one slab after another, each shared by the series of all runs. */
import { Block } from "./block.ts";
import type { PointArrays } from "./points.ts";
import { Slab } from "./slab.ts";
import { BLOCK_POINTS, SlabWriter, sameTimes } from "./slab-writer.ts";
import { SpareColumns } from "./tail.ts";

const SLAB_BYTES = 1 << 18;
const SLAB_BLOCKS = 128;

/** The times of a block, in memory that is used again for the next. */
class Times implements PointArrays {
  readonly #memory = { steps: new Float64Array(BLOCK_POINTS), walls: new Float64Array(BLOCK_POINTS) };
  steps: Float64Array | BigInt64Array = this.#memory.steps;
  walls = this.#memory.walls.subarray(0, 0);
  readonly values = new Float32Array(0);

  keep({ steps, walls }: PointArrays, from: number, to: number): void {
    const memory = this.#memory;
    memory.walls.set(walls.subarray(from, to));
    this.walls = memory.walls.subarray(0, to - from);
    if (steps instanceof BigInt64Array) this.steps = steps.slice(from, to);
    else {
      memory.steps.set(steps.subarray(from, to));
      this.steps = memory.steps;
    }
  }

  clear(): void {
    this.walls = this.#memory.walls.subarray(0, 0);
  }
}

export class Arena {
  #writer: SlabWriter | null = null;
  #slab: Slab | null = null;
  /** Times of the block before: tags that are logged together share them. */
  readonly #last = new Times();
  /** Columns of tails that were sealed. */
  readonly spare = new SpareColumns();
  readonly #onFull: (slab: Slab) => void;

  /** @param onFull told of each slab to which no more is added */
  constructor(onFull: (slab: Slab) => void = () => {}) {
    this.#onFull = onFull;
  }

  /** Rows `from` to `to`, of which there are at most {@link BLOCK_POINTS}, as a block. */
  seal(points: PointArrays, from: number, to: number): Block {
    if (to - from > BLOCK_POINTS) throw new RangeError(`${to - from} points do not fit a block`);
    if (!this.#writer?.fits(to - from, 1)) this.#next();
    const last = this.#last;
    const shared = last.walls.length === to - from && sameTimes(last, 0, points, from, to - from);
    if (!shared) last.keep(points, from, to);
    return new Block(this.#slab!, this.#writer!.add(points, from, to, shared));
  }

  #next(): void {
    if (this.#slab) this.#onFull(this.#slab);
    this.#last.clear();
    this.#writer = new SlabWriter(SLAB_BYTES, SLAB_BLOCKS);
    // Blocks are read from the same memory that the writer still adds to.
    this.#slab = new Slab(this.#writer.directory, this.#writer.data);
  }

  /** Bytes of the slab that is being filled. */
  get bytes(): number {
    return this.#slab?.bytes ?? 0;
  }
}
