/** The event scanner: the WebAssembly of `wasm/scan.ts`, loaded and given TypeScript's names. */
import { ListPool } from "../util/list-pool.ts";
import type { SeriesHead } from "./batch.ts";
import type { TagKind } from "./tag-kind.ts";
import { instantiate, type WasmGlobal, type WasmMemory } from "./wasm-module.ts";

/** Exports of the module; pointers are offsets in its memory. */
interface ScanExports {
  readonly memory: WasmMemory;
  readonly input: WasmGlobal;
  readonly scratch: WasmGlobal;
  readonly tags: WasmGlobal;
  readonly steps: WasmGlobal;
  readonly walls: WasmGlobal;
  readonly values: WasmGlobal;
  readonly count: WasmGlobal;
  readonly records: WasmGlobal;
  readonly position: WasmGlobal;
  readonly payload: WasmGlobal;
  readonly payloadLength: WasmGlobal;
  readonly earliest: WasmGlobal;
  readonly freshTags: WasmGlobal;
  readonly fresh: WasmGlobal;
  init(inputBytes: number, points: number, scratchBytes: number): void;
  clear(): void;
  room(): number;
  push(tag: number, step: number, wall: number, value: number): void;
  scan(start: number, end: number, verify: number): ScanStatus;
  internTag(at: number, length: number): number;
  reserveTag(): number;
  setKind(id: number, kind: number): void;
  isLearned(id: number): number;
  learn(at: number, length: number): void;
  learnPlain(at: number, length: number): void;
  clearFresh(): void;
}

/** What a tag is in the run being read; the numbers are those of `wasm/tags.ts`. */
const Kind = { unknown: 0, scalar: 1, noScalar: 2, newScalar: 3 } as const;

/** Why {@link Scanner.scan} returned; the numbers are those of `wasm/scan.ts`. */
export const ScanStatus = {
  /** The input ends inside a frame or right after one. */
  NeedMore: 0,
  /** The columns are full: take them, clear, scan on. */
  Full: 1,
  /** `payload` is a record for the general codec. */
  Other: 2,
  /** The length at `position` does not match its CRC. */
  BadLength: 3,
  /** The data of `payload` does not match its CRC; `position` is after it. */
  BadData: 4,
  /** The length at `position` matches its CRC, but no event can be that long. */
  TooLong: 6,
} as const;
export type ScanStatus = (typeof ScanStatus)[keyof typeof ScanStatus];

/** Decoded points, one row each. Views of the scanner's memory: valid until the next call. */
export interface ScannedPoints {
  readonly count: number;
  /** Interned tag of each point. */
  readonly tags: Uint32Array;
  readonly steps: Float64Array;
  readonly walls: Float64Array;
  readonly values: Float32Array;
  /** Earliest wall time among them, Infinity when there are none. */
  readonly earliest: number;
}

export interface ScannerOptions {
  /** Bytes of input held at a time; a longer record is the caller's to read. Default 1 MiB. */
  readonly inputBytes?: number;
  /** Points held before {@link ScanStatus.Full}. Default 65,536. */
  readonly points?: number;
}

/** Longer tags are not interned: events that hold them go the general way. */
const SCRATCH_BYTES = 1 << 16;

const NO_HEADS: readonly SeriesHead[] = [];
const utf8 = new TextEncoder();

export class Scanner {
  readonly inputBytes: number;
  readonly #wasm: ScanExports;
  /** Tag of each interned id. */
  readonly tags: string[] = [];
  readonly #ids = new Map<string, number>();
  /** Of each id that is learned its series as it begins. */
  readonly #heads: SeriesHead[] = [];
  readonly #freshLists = new ListPool<SeriesHead>();
  #input = new Uint8Array(0);

  constructor({ inputBytes = 1 << 20, points = 1 << 16 }: ScannerOptions = {}) {
    this.#wasm = instantiate<ScanExports>("scan");
    this.#wasm.init(inputBytes, points, SCRATCH_BYTES);
    this.inputBytes = inputBytes;
  }

  /** The input, to be filled before {@link scan}. Valid until the next tag is interned. */
  get input(): Uint8Array {
    const { buffer } = this.#wasm.memory;
    if (this.#input.buffer !== buffer)
      this.#input = new Uint8Array(buffer, this.#wasm.input.value, this.inputBytes);
    return this.#input;
  }

  /** Scans the input's bytes from `start` to `end`; `verify` whether the data's CRC is checked. */
  scan(start: number, end: number, verify: boolean): ScanStatus {
    return this.#wasm.scan(start, end, verify ? 1 : 0);
  }

  /** Where the next frame starts in the input. */
  get position(): number {
    return this.#wasm.position.value;
  }

  /** Where the data of the record in question starts in the input, and its bytes (a view). */
  get payloadStart(): number {
    return this.#wasm.payload.value;
  }

  get payload(): Uint8Array {
    const start = this.#wasm.input.value + this.#wasm.payload.value;
    return new Uint8Array(this.#wasm.memory.buffer, start, this.#wasm.payloadLength.value);
  }

  get points(): ScannedPoints {
    const { memory, tags, steps, walls, values, count, earliest } = this.#wasm;
    const n: number = count.value;
    return {
      count: n,
      tags: new Uint32Array(memory.buffer, tags.value, n),
      steps: new Float64Array(memory.buffer, steps.value, n),
      walls: new Float64Array(memory.buffer, walls.value, n),
      values: new Float32Array(memory.buffer, values.value, n),
      earliest: earliest.value,
    };
  }

  /** Records that were decoded into the points; those that were pushed are the caller's to count. */
  get records(): number {
    return this.#wasm.records.value;
  }

  /** Whether another point fits the columns. */
  get hasRoom(): boolean {
    return this.#wasm.room() !== 0;
  }

  get isEmpty(): boolean {
    return this.#wasm.count.value === 0;
  }

  /** Empties the columns. */
  clear(): void {
    this.#wasm.clear();
  }

  /** Appends a point that was decoded elsewhere, so that order is kept. There must be room. */
  push(tag: number, step: number, wall: number, value: number): void {
    this.#wasm.push(tag, step, wall, value);
  }

  /** The id of a tag. */
  intern(tag: string): number {
    const known = this.#ids.get(tag);
    if (known !== undefined) return known;
    const bytes = utf8.encode(tag);
    const id = bytes.length > SCRATCH_BYTES ? this.#wasm.reserveTag() : this.#internBytes(bytes);
    this.#ids.set(tag, id);
    this.tags[id] = tag;
    return id;
  }

  /** Says what a tag is in the run being read; null for a tag that the run does not have. */
  setKind(tag: string, kind: TagKind | null): void {
    const number = kind === null ? Kind.unknown : kind === "scalar" ? Kind.scalar : Kind.noScalar;
    this.#wasm.setKind(this.intern(tag), number);
  }

  /**
   * Series of scalars that {@link scan} found by itself since they were last taken, in the order of their first values:
   * the same list where they are those of a time before, as in runs of one experiment.
   */
  takeFresh(): readonly SeriesHead[] {
    const { memory, freshTags, fresh } = this.#wasm;
    if (fresh.value === 0) return NO_HEADS;
    const ids = new Uint32Array(memory.buffer, freshTags.value, fresh.value);
    const heads = this.#freshLists.pick(this.#heads, ids);
    this.#wasm.clearFresh();
    return heads;
  }

  /**
   * Learns from the record that {@link scan} stopped at: {@link scan} takes the like of it for the first values of the
   * same series, in other runs.
   *
   * @param heads series of scalars whose first values are in it; their kinds are set
   */
  learn(heads: readonly SeriesHead[]): void {
    const { payload, payloadLength } = this.#wasm;
    const fresh = heads.filter(({ tag }) => this.#heads[this.intern(tag)] === undefined);
    if (fresh.length === 0) return;
    for (const { tag } of fresh) this.#wasm.setKind(this.intern(tag), Kind.newScalar);
    this.#wasm.learn(payload.value, payloadLength.value);
    for (const head of fresh) {
      const id = this.intern(head.tag);
      this.#wasm.setKind(id, Kind.scalar);
      if (this.#wasm.isLearned(id)) this.#heads[id] = head;
    }
  }

  /** Learns that the record that {@link scan} stopped at holds nothing but a wall time that matters. */
  learnPlain(): void {
    const { payload, payloadLength } = this.#wasm;
    this.#wasm.learnPlain(payload.value, payloadLength.value);
  }

  #internBytes(bytes: Uint8Array): number {
    const { memory, scratch } = this.#wasm;
    new Uint8Array(memory.buffer, scratch.value, bytes.length).set(bytes);
    return this.#wasm.internTag(scratch.value, bytes.length);
  }
}
