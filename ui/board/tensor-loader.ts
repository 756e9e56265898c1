/** Brings tensors by the key of their record, most wanted first, neighbouring steps of a run in one request. */
import type { RunRecords, Tensor } from "../../client/records-table.ts";

export interface WantedTensor {
  readonly run: string;
  readonly step: number;
  readonly key: string;
  /** Of which tag, where the loader brings those of several. */
  readonly tag?: string;
  /** Of its record, where values may be large: so many are not asked for at once. */
  readonly bytes?: number;
}

export interface TensorLoaderOptions {
  fetch(
    query: {
      readonly tag: string | undefined;
      readonly runs: readonly string[];
      readonly from: number;
      readonly to: number;
    },
    signal: AbortSignal,
  ): Promise<readonly RunRecords[]>;
  describeError(error: unknown): string;
  /**
   * Whether asking again is of no use. What was asked for with others is asked for alone then, and what was asked for alone
   * counts as unreadable. Default: never.
   */
  isFinal?(error: unknown): boolean;
  onChange(): void;
}

/** Requests at a time: a browser gives a server six connections, and the page has other cards. */
const FLIGHTS = 2;
/** Values of one request: enough to be few requests, and few enough that the newest are soon there. */
const CHUNK = 24;
const CHUNK_BYTES = 4e6;
/** Tensors that are kept though nobody wants them now. */
const KEPT = 500;
const KEPT_BYTES = 2e8;
const RETRY_MS = 3000;

interface Chunk {
  readonly run: string;
  readonly tag: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
}

export class TensorLoader {
  readonly #options: TensorLoaderOptions;
  #tensors = new Map<string, Tensor | null>();
  #wanted: readonly WantedTensor[] = [];
  /** Keys that no answer had room for among others. */
  readonly #alone = new Set<string>();
  readonly #flights = new Map<AbortController, Chunk>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;
  error: string | null = null;

  constructor(options: TensorLoaderOptions) {
    this.#options = options;
  }

  /** By key; replaced, never changed. Null is what cannot be read (any more). */
  get tensors(): ReadonlyMap<string, Tensor | null> {
    return this.#tensors;
  }

  /** All that is wanted from now on, most wanted first. */
  want(items: readonly WantedTensor[]): void {
    this.#wanted = items;
    const keys = new Set(items.map(({ key }) => key));
    for (const [abort, chunk] of this.#flights)
      if (!chunk.keys.some((key) => keys.has(key))) {
        abort.abort();
        this.#flights.delete(abort);
      }
    this.#pump();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    for (const abort of this.#flights.keys()) abort.abort();
    this.#flights.clear();
  }

  #pump(): void {
    if (this.#disposed) return;
    while (this.#flights.size < FLIGHTS) {
      const chunk = this.#nextChunk();
      if (!chunk) return;
      void this.#request(chunk);
    }
  }

  /** The first that is missing, and those of its run that are wanted next. */
  #nextChunk(): Chunk | null {
    const coming = new Set([...this.#flights.values()].flatMap(({ keys }) => keys));
    const missing = (item: WantedTensor): boolean => !this.#tensors.has(item.key) && !coming.has(item.key);
    const first = this.#wanted.findIndex(missing);
    if (first < 0) return null;
    const { run, tag } = this.#wanted[first]!;
    const members: WantedTensor[] = [];
    let bytes = 0;
    for (let i = first; i < this.#wanted.length && members.length < CHUNK; i++) {
      const item = this.#wanted[i]!;
      if (item.run !== run || item.tag !== tag || !missing(item)) break;
      bytes += item.bytes ?? 0;
      const isAlone = this.#alone.has(item.key);
      if (members.length > 0 && (isAlone || bytes > CHUNK_BYTES)) break;
      members.push(item);
      if (isAlone) break;
    }
    const steps = members.map(({ step }) => step);
    return {
      run,
      tag,
      from: Math.min(...steps),
      to: Math.max(...steps),
      keys: members.map(({ key }) => key),
    };
  }

  async #request(chunk: Chunk): Promise<void> {
    const abort = new AbortController();
    this.#flights.set(abort, chunk);
    const { run, tag, from, to, keys } = chunk;
    try {
      const answer = await this.#options.fetch({ tag, runs: [run], from, to }, abort.signal);
      if (!this.#flights.delete(abort)) return;
      this.#keep(keys, answer);
      this.error = null;
      this.#pump();
    } catch (error) {
      if (!this.#flights.delete(abort)) return;
      if (this.#options.isFinal?.(error)) {
        if (keys.length > 1) for (const key of keys) this.#alone.add(key);
        else {
          this.error = this.#options.describeError(error);
          this.#keep(keys, []);
        }
        this.#pump();
      } else {
        this.error = this.#options.describeError(error);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#pump(), RETRY_MS);
      }
    }
    if (!this.#disposed) this.#options.onChange();
  }

  /** Values that the answer leaves out are gone: their run, or what overtook them, has changed since they were listed. */
  #keep(keys: readonly string[], answer: readonly RunRecords[]): void {
    const next = new Map(this.#tensors);
    for (const key of keys) next.set(key, null);
    for (const records of answer)
      records.keys.forEach((key, i) => {
        next.set(key, records.tensors?.[i] ?? null);
      });
    const wanted = new Set(this.#wanted.map(({ key }) => key));
    let spare = next.size - wanted.size - KEPT;
    let bytes = 0;
    for (const tensor of next.values()) bytes += bytesOf(tensor);
    for (const [key, tensor] of next) {
      if (spare <= 0 && bytes <= KEPT_BYTES) break;
      if (wanted.has(key)) continue;
      next.delete(key);
      bytes -= bytesOf(tensor);
      spare--;
    }
    this.#tensors = next;
  }
}

function bytesOf(tensor: Tensor | null): number {
  return tensor && ArrayBuffer.isView(tensor.data) ? tensor.data.byteLength : 0;
}
