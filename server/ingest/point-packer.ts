/**
 * Takes the points of a scan apart by tag and packs them into a slab, on the thread that reads: the store only has to
 * link the blocks. Tags with few points go as plain columns instead. The work is done by the WebAssembly of `wasm/pack.ts`.
 */
import type { PointArrays } from "../store/points.ts";
import { FIELDS, mostBytes } from "../store/slab.ts";
import { BLOCK_POINTS } from "../store/slab-writer.ts";
import { ListPool } from "../util/list-pool.ts";
import type { BlockList, PointColumns } from "./batch.ts";
import type { ScannedPoints } from "./scanner.ts";
import { instantiate, type WasmGlobal, type WasmMemory } from "./wasm-module.ts";

/** Fewer points of a tag than this are not worth a block, but for those that a series begins with. */
const LEAST_BLOCK = 16;
/** Room for several full scans, or the points of many small files. */
const SLAB_BYTES = 1 << 22;
const SLAB_BLOCKS = 1 << 13;

export interface PackedPoints {
  readonly points: PointColumns | null;
  readonly blocks: BlockList | null;
}

/** A slab's parts, ready to be handed to another thread. */
export interface SlabParts {
  readonly directory: Float64Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** Exports of the module; pointers are offsets in its memory. */
interface PackExports {
  readonly memory: WasmMemory;
  readonly tags: WasmGlobal;
  readonly steps: WasmGlobal;
  readonly walls: WasmGlobal;
  readonly values: WasmGlobal;
  readonly groupedSteps: WasmGlobal;
  readonly groupedWalls: WasmGlobal;
  readonly groupedValues: WasmGlobal;
  readonly data: WasmGlobal;
  readonly directory: WasmGlobal;
  readonly bytes: WasmGlobal;
  readonly blocks: WasmGlobal;
  readonly blockTags: WasmGlobal;
  readonly written: WasmGlobal;
  readonly leftGroups: WasmGlobal;
  readonly left: WasmGlobal;
  init(slabBytes: number, slabBlocks: number): void;
  reserve(points: number, tags: number): void;
  clear(): void;
  pack(count: number, least: number): void;
}

const NOTHING: PackedPoints = { points: null, blocks: null };

/** The packer's memory, as arrays. */
interface Columns {
  readonly tags: Uint32Array;
  readonly steps: Float64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
  /** In order of tag, once they are packed. */
  readonly grouped: PointArrays & { readonly steps: Float64Array };
  readonly blockTags: Uint32Array;
}

export class PointPacker {
  readonly #wasm: PackExports;
  #columns: Columns | null = null;
  /** For how many points and tags there is room. */
  #points = 1 << 10;
  #tags = 1 << 10;
  readonly #tagLists = new ListPool<string>();

  constructor() {
    this.#wasm = instantiate<PackExports>("pack");
    this.#wasm.init(SLAB_BYTES, SLAB_BLOCKS);
  }

  /** Whether the points surely fit the slab. */
  fits({ count }: ScannedPoints): boolean {
    return this.#fits(count, Math.ceil(count / LEAST_BLOCK + count / BLOCK_POINTS));
  }

  #fits(points: number, blocks: number): boolean {
    const { bytes, blocks: written } = this.#wasm;
    return bytes.value + mostBytes(points, blocks) <= SLAB_BYTES && written.value + blocks <= SLAB_BLOCKS;
  }

  /**
   * Packs points, which must fit.
   *
   * @param names the interned tags
   * @param isFirst whether a file is read from its start: its series begin with few points as well as with many
   */
  pack(scanned: ScannedPoints, names: readonly string[], isFirst = false): PackedPoints {
    const { count } = scanned;
    if (count === 0) return NOTHING;
    const columns = this.#columnsFor(count, names.length);
    columns.tags.set(scanned.tags);
    columns.steps.set(scanned.steps);
    columns.walls.set(scanned.walls);
    columns.values.set(scanned.values);
    const wasm = this.#wasm;
    const first = wasm.blocks.value;
    wasm.pack(count, isFirst && this.#fits(count, count) ? 0 : LEAST_BLOCK);
    const written = wasm.written.value;
    const ids = columns.blockTags.subarray(0, written);
    return {
      points: wasm.left.value > 0 ? this.#left(columns, names) : null,
      blocks: written > 0 ? { tags: this.#tagLists.pick(names, ids), first } : null,
    };
  }

  #columnsFor(points: number, tags: number): Columns {
    if (this.#columns && points <= this.#points && tags <= this.#tags) return this.#columns;
    // What was too small is not given back.
    while (this.#points < points) this.#points *= 4;
    while (this.#tags < tags) this.#tags *= 4;
    const wasm = this.#wasm;
    wasm.reserve(this.#points, this.#tags);
    const { buffer } = wasm.memory;
    const floats = ({ value }: WasmGlobal) => new Float64Array(buffer, value, this.#points);
    this.#columns = {
      tags: new Uint32Array(buffer, wasm.tags.value, this.#points),
      steps: floats(wasm.steps),
      walls: floats(wasm.walls),
      values: new Float32Array(buffer, wasm.values.value, this.#points),
      grouped: {
        steps: floats(wasm.groupedSteps),
        walls: floats(wasm.groupedWalls),
        values: new Float32Array(buffer, wasm.groupedValues.value, this.#points),
      },
      blockTags: new Uint32Array(buffer, wasm.blockTags.value, SLAB_BLOCKS),
    };
    return this.#columns;
  }

  /** The points of the groups that were left, as plain columns of their own. */
  #left({ grouped }: Columns, names: readonly string[]): PointColumns {
    const { memory, leftGroups, left } = this.#wasm;
    const numbers = new Uint32Array(memory.buffer, leftGroups.value, left.value * 3);
    const groups = Array.from({ length: left.value }, (_, i) => {
      const [tag, from, to] = numbers.subarray(i * 3, i * 3 + 3);
      return { tag: names[tag!]!, from: from!, to: to! };
    });
    const total = groups.reduce((sum, { from, to }) => sum + to - from, 0);
    const columns = {
      tags: groups.map(({ tag }) => tag),
      counts: groups.map(({ from, to }) => to - from),
      steps: new Float64Array(total),
      walls: new Float64Array(total),
      values: new Float32Array(total),
    };
    let at = 0;
    for (const { from, to } of groups) {
      columns.steps.set(grouped.steps.subarray(from, to), at);
      columns.walls.set(grouped.walls.subarray(from, to), at);
      columns.values.set(grouped.values.subarray(from, to), at);
      at += to - from;
    }
    return columns;
  }

  /** What has been packed since the last call; null when nothing. */
  take(): SlabParts | null {
    const { memory, directory, data, blocks, bytes } = this.#wasm;
    if (blocks.value === 0) return null;
    const piece = (start: number, length: number) => memory.buffer.slice(start, start + length);
    const parts = {
      directory: new Float64Array(piece(directory.value, blocks.value * FIELDS * 8)),
      data: piece(data.value, Math.ceil(bytes.value / 8) * 8),
    };
    this.#wasm.clear();
    return parts;
  }
}

/** One point whose step no double holds. */
export function widePoint(tag: string, step: bigint, wall: number, value: number): PointColumns {
  const steps = BigInt64Array.of(step);
  return { tags: [tag], counts: [1], steps, walls: Float64Array.of(wall), values: Float32Array.of(value) };
}
