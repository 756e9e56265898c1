/**
 * The images that cards show or will soon: fetched a few at a time, those in sight before those of neighbouring steps,
 * given up when nobody wants them any more, and kept for a while after.
 */
import { count, formatBytes, formatStep } from "../../app/format.ts";
import { type ImageHeader, imageHeader } from "./image-header.ts";

export interface LoadedImage {
  readonly header: ImageHeader;
  readonly blob: Blob;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For the `src` of an image element. */
  readonly url: string;
}

export type ImageState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly image: LoadedImage }
  | { readonly kind: "bad"; readonly reason: string; readonly blob: Blob | null };

export interface CacheOptions {
  fetch(key: string, index: number, signal: AbortSignal): Promise<Blob>;
  describeError(error: unknown): string;
}

/** Requests at a time; the browser gives a server six connections, one of which brings the news. */
const FLIGHTS = 4;
/** Bytes of images that are kept though nobody wants them now. */
const KEPT_BYTES = 48e6;
const TRIM_MS = 1000;
/** More pixels take gigabytes to decode, and the page with them. */
const MOST_PIXELS = 100e6;

interface Entry {
  readonly key: string;
  readonly index: number;
  state: ImageState;
  /** Who wants it: functions to call when it has come. */
  readonly wanting: Set<() => void>;
  abort: AbortController | null;
}

export class ImageCache {
  readonly #options: CacheOptions;
  /** In the order in which they were last wanted. */
  readonly #entries = new Map<string, Entry>();
  /** What waits to be fetched: what is in sight, and what will be. */
  readonly #urgent = new Set<Entry>();
  readonly #ahead = new Set<Entry>();
  #flights = 0;
  #trimming = false;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** What is known of an image now. */
  peek(key: string, index: number): ImageState {
    return this.#entries.get(name(key, index))?.state ?? { kind: "loading" };
  }

  /** Wants an image until the returned function is called; `onChange` when it has come. */
  want(key: string, index: number, urgent: boolean, onChange: () => void = () => {}): () => void {
    const id = name(key, index);
    const entry = this.#entries.get(id) ?? {
      key,
      index,
      state: { kind: "loading" },
      wanting: new Set(),
      abort: null,
    };
    const listener = (): void => onChange();
    entry.wanting.add(listener);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    if (entry.state.kind === "loading" && entry.abort === null) {
      if (urgent) this.#ahead.delete(entry);
      if (urgent || !this.#urgent.has(entry)) (urgent ? this.#urgent : this.#ahead).add(entry);
      this.#pump();
    }
    return () => {
      entry.wanting.delete(listener);
      if (entry.wanting.size > 0) return;
      if (entry.state.kind === "loading") this.#giveUp(id, entry);
      else this.#trimSoon();
    };
  }

  #giveUp(id: string, entry: Entry): void {
    entry.abort?.abort();
    this.#urgent.delete(entry);
    this.#ahead.delete(entry);
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
  }

  #pump(): void {
    while (this.#flights < FLIGHTS) {
      const [next] = this.#urgent.size > 0 ? this.#urgent : this.#ahead;
      if (!next) return;
      this.#urgent.delete(next);
      this.#ahead.delete(next);
      void this.#load(next);
    }
  }

  async #load(entry: Entry): Promise<void> {
    const abort = new AbortController();
    entry.abort = abort;
    this.#flights++;
    try {
      const blob = await this.#options.fetch(entry.key, entry.index, abort.signal);
      entry.state = loaded(blob, new Uint8Array(await blob.arrayBuffer()));
    } catch (error) {
      if (!abort.signal.aborted)
        entry.state = { kind: "bad", reason: this.#options.describeError(error), blob: null };
    }
    this.#flights--;
    for (const listener of entry.wanting) listener();
    this.#pump();
  }

  #trimSoon(): void {
    if (this.#trimming) return;
    this.#trimming = true;
    setTimeout(() => {
      this.#trimming = false;
      this.#trim();
    }, TRIM_MS);
  }

  #trim(): void {
    const idle = [...this.#entries].filter(
      ([, { state, wanting }]) => wanting.size === 0 && state.kind !== "loading",
    );
    let bytes = idle.reduce((sum, [, { state }]) => sum + size(state), 0);
    for (const [id, { state }] of idle) {
      if (bytes <= KEPT_BYTES) return;
      bytes -= size(state);
      if (state.kind === "ready") URL.revokeObjectURL(state.image.url);
      this.#entries.delete(id);
    }
  }
}

function name(key: string, index: number): string {
  return `${index}/${key}`;
}

function size(state: ImageState): number {
  return state.kind === "ready" ? state.image.bytes.length : 0;
}

function loaded(blob: Blob, bytes: Uint8Array<ArrayBuffer>): ImageState {
  const header = imageHeader(bytes);
  if (!header)
    return {
      kind: "bad",
      reason: `${bytes.length === 0 ? "Empty" : formatBytes(bytes.length)}: not a PNG, JPEG, GIF, BMP or WebP image, or one that breaks off`,
      blob,
    };
  const { width, height, type } = header;
  if (width < 1 || height < 1) return { kind: "bad", reason: `A ${type} image without pixels`, blob };
  if (width * height > MOST_PIXELS)
    return {
      kind: "bad",
      reason: `${formatStep(width)} × ${formatStep(height)} pixels: more than the ${count(MOST_PIXELS / 1e6, "megapixel")} that this page draws`,
      blob,
    };
  return { kind: "ready", image: { header, blob, bytes, url: URL.createObjectURL(blob) } };
}
