/** Where tails are sealed into blocks: one slab after another, each shared by the series of all runs. */
import { Block } from "./block.ts";
import type { PointArrays } from "./points.ts";
import { Slab } from "./slab.ts";
import { BLOCK_POINTS, SlabWriter, sameTimes } from "./slab-writer.ts";

const SLAB_BYTES = 1 << 18;
const SLAB_BLOCKS = 128;

const NO_VALUES = new Float32Array(0);

export class Arena {
  #writer: SlabWriter | null = null;
  #slab: Slab | null = null;
  /** Times of the block before: tags that are logged together share them. */
  #last: PointArrays | null = null;
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
    const shared = last?.walls.length === to - from && sameTimes(last, 0, points, from, to - from);
    this.#last = {
      steps: points.steps.slice(from, to),
      walls: points.walls.slice(from, to),
      values: NO_VALUES,
    };
    return new Block(this.#slab!, this.#writer!.add(points, from, to, shared));
  }

  #next(): void {
    if (this.#slab) this.#onFull(this.#slab);
    this.#last = null;
    this.#writer = new SlabWriter(SLAB_BYTES, SLAB_BLOCKS);
    // Blocks are read from the same memory that the writer still adds to.
    this.#slab = new Slab(this.#writer.directory, this.#writer.data);
  }

  /** Bytes of the slab that is being filled. */
  get bytes(): number {
    return this.#slab?.bytes ?? 0;
  }
}
