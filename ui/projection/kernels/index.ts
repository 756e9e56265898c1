/** The WebAssembly of `assembly/` with a memory of its own: its functions by name, and views of what it holds. */
import { kernelBytes } from "./bytes.js";

/** Arguments are offsets in memory, counts and sizes; see the functions of those names in `assembly/`. */
export interface KernelFunctions {
  readonly heapBase: { readonly value: number };
  addProducts(block: number, count: number, floats: number, sums: number): void;
  dotsWith(rows: number, count: number, bytes: number, other: number, offset: number, out: number): void;
  weightedSum(rows: number, count: number, floats: number, weights: number, sums: number): void;
  subtractCentre(rows: number, count: number, bytes: number, centre: number, out: number): void;
  toSphere(rows: number, count: number, bytes: number, centre: number, lengths: number): void;
  fromSphere(rows: number, count: number, bytes: number, centre: number, lengths: number): void;
  survey(
    rows: number,
    count: number,
    floats: number,
    smallest: number,
    largest: number,
    sums: number,
    hashes: number,
    unfinite: number,
  ): void;
  setPoints(at: number, inverses: number, count: number, bytes: number, kind: number): void;
  measureLengths(from: number, to: number): void;
  distancesFrom(vector: number, inverse: number, kind: number, from: number, to: number, out: number): void;
  splitByPlane(order: number, from: number, to: number, a: number, b: number): number;
  setNeighbours(k: number, ids: number, distances: number, fresh: number): void;
  clearNeighbours(): void;
  setCandidates(most: number, ofNew: number, ofOld: number, countsOfNew: number, countsOfOld: number): void;
  seedNeighbours(seed: number): void;
  meetAll(from: number, to: number, tile: number): void;
  meetFirst(list: number, length: number): void;
  meetLeaf(order: number, from: number, to: number): void;
  meetRandom(from: number, to: number): void;
  clearCandidates(): void;
  chooseCandidates(from: number, to: number): void;
  markChosen(from: number, to: number): void;
  join(from: number, to: number): number;
  sortNeighbours(from: number, to: number): void;
  setUmap(
    places: number,
    count: number,
    dims: number,
    heads: number,
    tails: number,
    periods: number,
    nextPull: number,
    nextPush: number,
    pulls: number,
    pushes: number,
    seed: number,
  ): void;
  umapEpoch(from: number, to: number, epoch: number, alpha: number, negatives: number): void;
  setTsne(
    places: number,
    count: number,
    dims: number,
    offsets: number,
    columns: number,
    values: number,
    order: number,
    pull: number,
    push: number,
    speeds: number,
    gains: number,
  ): void;
  setTree(centres: number, widths: number, skips: number, room: number): void;
  makeTree(): number;
  tsneForces(from: number, to: number, nearness: number): number;
  tsneMove(pullBy: number, pushBy: number, rate: number, momentum: number): void;
}

const PAGE = 65_536;
const MOST_BYTES = 65_536 * PAGE;

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0)));
  return compiled;
}

/** Views are good until the next `reserve`: memory that grows moves. */
export class Kernels {
  readonly run: KernelFunctions;
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly base: number;
  /** What is taken, by address. */
  private readonly taken: Block[] = [];

  constructor() {
    const imports = { env: { memory: this.memory, abort: neverCalled } };
    // What the module exports is what assembly/index.ts says; the types above repeat it.
    this.run = new WebAssembly.Instance(compile(), imports).exports as unknown as KernelFunctions;
    this.base = aligned(this.run.heapBase.value);
  }

  /** Room for so many bytes, at a multiple of 16: the first gap that is wide enough. What is in it is whatever was. */
  reserve(bytes: number): number {
    const size = aligned(bytes);
    let at = this.base;
    let place = 0;
    for (; place < this.taken.length; place++) {
      const next = this.taken[place]!;
      if (next.at - at >= size) break;
      at = next.at + next.size;
    }
    const end = at + size;
    if (end > MOST_BYTES)
      throw new RangeError(`${Math.round(end / 2 ** 20)} MB are more than a worker can hold`);
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    this.taken.splice(place, 0, { at, size });
    return at;
  }

  free(at: number): void {
    const place = this.taken.findIndex((block) => block.at === at);
    if (place >= 0) this.taken.splice(place, 1);
  }

  /** Room for a piece of work, given back together: `finally { room.free(); }`. */
  room(): Room {
    return new Room(this);
  }

  floats(at: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, at, length);
  }

  bytes(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  integers(at: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, at, length);
  }
}

/** What one piece of work needs for a while. */
export class Room {
  private readonly blocks: number[] = [];
  private readonly kernels: Kernels;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  reserve(bytes: number): number {
    const at = this.kernels.reserve(bytes);
    this.blocks.push(at);
    return at;
  }

  free(): void {
    for (const at of this.blocks.splice(0)) this.kernels.free(at);
  }
}

interface Block {
  readonly at: number;
  readonly size: number;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

function neverCalled(): never {
  throw new Error("a projection kernel gave up");
}
