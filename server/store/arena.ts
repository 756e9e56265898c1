/** Where tails are sealed into blocks: one slab after another, each shared by the series of all runs. */
import { Block } from "./block.ts";
import type { PointArrays } from "./points.ts";
import { Slab } from "./slab.ts";
import { BLOCK_POINTS, SlabWriter } from "./slab-writer.ts";

const SLAB_BYTES = 1 << 18;
const SLAB_BLOCKS = 128;

export class Arena {
  #writer: SlabWriter | null = null;
  #slab: Slab | null = null;
  readonly #onFull: (slab: Slab) => void;

  /** @param onFull told of each slab to which no more is added */
  constructor(onFull: (slab: Slab) => void = () => {}) {
    this.#onFull = onFull;
  }

  /** Rows `from` to `to`, of which there are at most {@link BLOCK_POINTS}, as a block. */
  seal(points: PointArrays, from: number, to: number): Block {
    if (to - from > BLOCK_POINTS) throw new RangeError(`${to - from} points do not fit a block`);
    if (!this.#writer?.fits(to - from, 1)) this.#next();
    const writer = this.#writer!;
    const shared = writer.sharesTimes(points, from, to);
    return new Block(this.#slab!, writer.add(points, from, to, shared));
  }

  #next(): void {
    if (this.#slab) this.#onFull(this.#slab);
    this.#writer = new SlabWriter(SLAB_BYTES, SLAB_BLOCKS);
    // Blocks are read from the same memory that the writer still adds to.
    this.#slab = new Slab(this.#writer.directory, this.#writer.data);
  }

  /** Bytes of the slab that is being filled. */
  get bytes(): number {
    return this.#slab?.bytes ?? 0;
  }
}
