/** Brings tensors by the key of their record, most wanted first, neighbouring steps of a run in one request. */
import type { RunRecords, Tensor } from "../../client/records-table.ts";

export interface WantedTensor {
  readonly run: string;
  readonly step: number;
  readonly key: string;
}

export interface TensorLoaderOptions {
  fetch(
    query: { readonly runs: readonly string[]; readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<readonly RunRecords[]>;
  describeError(error: unknown): string;
  onChange(): void;
}

/** Requests at a time: a browser gives a server six connections, and the page has other cards. */
const FLIGHTS = 2;
/** Values of one request: enough to be few requests, and few enough that the newest are soon there. */
const CHUNK = 24;
/** Tensors that are kept though nobody wants them now. */
const KEPT = 500;
const RETRY_MS = 3000;

interface Chunk {
  readonly run: string;
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
}

export class TensorLoader {
  readonly #options: TensorLoaderOptions;
  #tensors = new Map<string, Tensor | null>();
  #wanted: readonly WantedTensor[] = [];
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
    const { run } = this.#wanted[first]!;
    const members: WantedTensor[] = [];
    for (let i = first; i < this.#wanted.length && members.length < CHUNK; i++) {
      const item = this.#wanted[i]!;
      if (item.run !== run || !missing(item)) break;
      members.push(item);
    }
    const steps = members.map(({ step }) => step);
    return {
      run,
      from: Math.min(...steps),
      to: Math.max(...steps),
      keys: members.map(({ key }) => key),
    };
  }

  async #request(chunk: Chunk): Promise<void> {
    const abort = new AbortController();
    this.#flights.set(abort, chunk);
    const { run, from, to, keys } = chunk;
    try {
      const answer = await this.#options.fetch({ runs: [run], from, to }, abort.signal);
      if (!this.#flights.delete(abort)) return;
      this.#keep(keys, answer);
      this.error = null;
      this.#pump();
    } catch (error) {
      if (!this.#flights.delete(abort)) return;
      this.error = this.#options.describeError(error);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#pump(), RETRY_MS);
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
    for (const key of next.keys()) {
      if (spare <= 0) break;
      if (wanted.has(key)) continue;
      next.delete(key);
      spare--;
    }
    this.#tensors = next;
  }
}
