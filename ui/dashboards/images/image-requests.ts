/**
 * Images on their way: several in a request, as many as make about a megabyte, and those in sight before those of
 * neighbouring steps. What nobody waits for any more is given up.
 */

export interface ImagePlace {
  readonly key: string;
  readonly index: number;
}

/** What was fetched: bytes, and of what type the server says that they are. */
export interface FetchedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Why one was not given, in words; 413: its answer had no room for it. */
export interface RefusedImage {
  readonly problem: string;
  readonly status: number;
}

/** Of images in the order in which they are named. A problem with one is that one's; all fail when this throws. */
export type FetchImages = (
  places: readonly ImagePlace[],
  signal: AbortSignal,
) => Promise<readonly (FetchedImage | RefusedImage)[]>;

/** An image that is asked for. */
export interface Awaited extends ImagePlace {
  /** Whether anybody waits for it. */
  isWanted(): boolean;
  came(image: FetchedImage): void;
  failed(error: unknown): void;
  /** Nobody waited for it: nothing comes of it. */
  gaveUp(): void;
}

/** Requests at a time; the browser gives a server six connections, one of which brings the news. */
const FLIGHTS = 4;
/** With so many on their way, the last is left to what comes into sight. */
const FLIGHTS_AHEAD = FLIGHTS - 1;
/** What a request is to bring, and of how many images at most. */
const REQUEST_BYTES = 1e6;
const MOST_IMAGES = 64;

interface Flight {
  readonly images: readonly Awaited[];
  readonly abort: AbortController;
  readonly isUrgent: boolean;
}

export class ImageRequests {
  readonly #fetch: FetchImages;
  /** What waits: what is in sight, and what will be. */
  readonly #urgent = new Set<Awaited>();
  readonly #ahead = new Set<Awaited>();
  /** What no answer had room for among others. */
  readonly #alone = new WeakSet<Awaited>();
  readonly #flights = new Set<Flight>();
  /** Bytes of an image, by the latest requests; null before any came. */
  #average: number | null = null;
  #settling = false;

  constructor(fetch: FetchImages) {
    this.#fetch = fetch;
  }

  /** Asks for an image, or for one that waits ahead of others. */
  add(image: Awaited, urgent: boolean): void {
    if (this.#isFlying(image)) return;
    if (urgent) this.#ahead.delete(image);
    if (urgent || !this.#urgent.has(image)) (urgent ? this.#urgent : this.#ahead).add(image);
    this.#settleSoon();
  }

  /** To be called when nobody wants an image any more: a request goes on while anybody wants any of its others. */
  leave(image: Awaited): void {
    if (this.#urgent.delete(image) || this.#ahead.delete(image)) image.gaveUp();
    else this.#settleSoon();
  }

  #isFlying(image: Awaited): boolean {
    for (const { images } of this.#flights) if (images.includes(image)) return true;
    return false;
  }

  /** Once all that is asked for in the same moment is known. */
  #settleSoon(): void {
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      for (const flight of this.#flights)
        if (!flight.images.some((image) => image.isWanted())) this.#giveUp(flight);
      this.#depart();
    });
  }

  #giveUp(flight: Flight): void {
    this.#flights.delete(flight);
    flight.abort.abort();
    for (const image of flight.images) image.gaveUp();
  }

  #depart(): void {
    while (this.#flights.size < FLIGHTS) {
      const isUrgent = this.#urgent.size > 0;
      if (!isUrgent && (this.#ahead.size === 0 || this.#flights.size >= FLIGHTS_AHEAD)) return;
      const images = this.#take(isUrgent ? this.#urgent : this.#ahead);
      void this.#fly({ images, abort: new AbortController(), isUrgent });
    }
  }

  /** What goes with one request. While nobody knows how large images are, one goes alone. */
  #take(waiting: Set<Awaited>): readonly Awaited[] {
    const most = this.#average === null ? 1 : Math.min(MOST_IMAGES, REQUEST_BYTES / this.#average);
    const taken: Awaited[] = [];
    for (const image of waiting) {
      const isAlone = this.#alone.has(image);
      if (taken.length > 0 && (isAlone || taken.length + 1 > most)) break;
      taken.push(image);
      waiting.delete(image);
      if (isAlone) break;
    }
    return taken;
  }

  async #fly(flight: Flight): Promise<void> {
    const { images, abort } = flight;
    this.#flights.add(flight);
    try {
      const answers = await this.#fetch(images, abort.signal);
      if (abort.signal.aborted) return;
      this.#flights.delete(flight);
      this.#learn(answers);
      for (const [i, image] of images.entries()) this.#land(image, answers[i], flight);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#flights.delete(flight);
      for (const image of images) image.failed(error);
    }
    this.#settleSoon();
  }

  #land(image: Awaited, answer: FetchedImage | RefusedImage | undefined, { images, isUrgent }: Flight): void {
    if (answer && "bytes" in answer) image.came(answer);
    else if (answer?.status === 413 && images.length > 1) {
      this.#alone.add(image);
      if (image.isWanted()) this.add(image, isUrgent);
      else image.gaveUp();
    } else image.failed(new Error(answer?.problem ?? "the server's answer lacks it"));
  }

  /** The latest count as much as all before: images of another tag may be of another size. */
  #learn(answers: readonly (FetchedImage | RefusedImage)[]): void {
    const sizes = answers.flatMap((answer) => ("bytes" in answer ? [answer.bytes.length] : []));
    if (sizes.length === 0) return;
    const mean = sizes.reduce((sum, size) => sum + size) / sizes.length;
    this.#average = this.#average === null ? mean : (this.#average + mean) / 2;
  }
}
