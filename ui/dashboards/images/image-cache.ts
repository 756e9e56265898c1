/** The images that cards show or will soon: what is known of each, and what is kept for a while after. */
import { count, formatBytes, formatStep } from "../../app/format.ts";
import { type ImageHeader, imageHeader } from "./image-header.ts";
import { type FetchedImage, type FetchImages, ImageRequests } from "./image-requests.ts";

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
  readonly fetch: FetchImages;
  describeError(error: unknown): string;
}

/** Bytes of images that are kept though nobody wants them now. */
const KEPT_BYTES = 48e6;
const TRIM_MS = 1000;
/** More pixels take gigabytes to decode, and the page with them. */
const MOST_PIXELS = 100e6;

/** An image that is wanted, or was. */
class Entry {
  state: ImageState = { kind: "loading" };
  /** Who wants it: functions to call when it has come. */
  readonly wanting = new Set<() => void>();
  readonly key: string;
  readonly index: number;
  readonly #describeError: (error: unknown) => string;
  readonly #onEnd: (entry: Entry) => void;

  /** @param onEnd called when it has come, or nothing comes of it */
  constructor(
    key: string,
    index: number,
    describeError: (error: unknown) => string,
    onEnd: (entry: Entry) => void,
  ) {
    this.key = key;
    this.index = index;
    this.#describeError = describeError;
    this.#onEnd = onEnd;
  }

  isWanted(): boolean {
    return this.wanting.size > 0;
  }

  came(image: FetchedImage): void {
    this.#end(loaded(image));
  }

  failed(error: unknown): void {
    this.#end({ kind: "bad", reason: this.#describeError(error), blob: null });
  }

  gaveUp(): void {
    this.#onEnd(this);
  }

  #end(state: ImageState): void {
    this.state = state;
    for (const listener of this.wanting) listener();
    this.#onEnd(this);
  }
}

export class ImageCache {
  readonly #describeError: (error: unknown) => string;
  readonly #requests: ImageRequests;
  /** In the order in which they were last wanted. */
  readonly #entries = new Map<string, Entry>();
  #trimming = false;

  constructor({ fetch, describeError }: CacheOptions) {
    this.#requests = new ImageRequests(fetch);
    this.#describeError = describeError;
  }

  /** What is known of an image now. */
  peek(key: string, index: number): ImageState {
    return this.#entries.get(name(key, index))?.state ?? { kind: "loading" };
  }

  /** Wants an image until the returned function is called; `onChange` when it has come. */
  want(key: string, index: number, urgent: boolean, onChange: () => void = () => {}): () => void {
    const id = name(key, index);
    const entry =
      this.#entries.get(id) ?? new Entry(key, index, this.#describeError, (ended) => this.#ended(id, ended));
    const listener = (): void => onChange();
    entry.wanting.add(listener);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    if (entry.state.kind === "loading") this.#requests.add(entry, urgent);
    return () => {
      entry.wanting.delete(listener);
      if (entry.isWanted()) return;
      if (entry.state.kind === "loading") this.#requests.leave(entry);
      else this.#trimSoon();
    };
  }

  #ended(id: string, entry: Entry): void {
    if (entry.state.kind !== "loading") {
      if (!entry.isWanted()) this.#trimSoon();
    } else if (this.#entries.get(id) === entry) this.#entries.delete(id);
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

function loaded({ bytes, type: said }: FetchedImage): ImageState {
  const blob = new Blob([bytes], { type: said });
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
