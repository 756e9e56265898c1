/**
 * When the cards of a page ask for what is new, and when they show it: all at the same moments. A frame of the browser
 * costs the same however little changed in it, so that twelve cards that each keep their own time cost twice as much.
 */

/** A question joins a wave that began so long ago: those of one wave are sent one after the other. */
const JOIN_MS = 25;

/** Waves of questions, some time apart; what comes after a pause is asked at once. */
export class Waves {
  readonly #interval: () => number;
  readonly #now: () => number;
  #began = Number.NEGATIVE_INFINITY;

  /** @param interval least time between the beginnings of two waves, ms */
  constructor(interval: () => number, now: () => number = Date.now) {
    this.#interval = interval;
    this.#now = now;
  }

  /** Milliseconds until somebody may ask again who asked at `askedAt`, ms; 0 for now, which begins a wave or joins it. */
  wait(askedAt: number): number {
    const now = this.#now();
    // Whoever never asked has nothing to show meanwhile.
    if (askedAt === Number.NEGATIVE_INFINITY) return 0;
    const next = this.#began + this.#interval();
    if (now >= next) {
      this.#began = now;
      return 0;
    }
    return askedAt < this.#began && now < this.#began + JOIN_MS ? 0 : next - now;
  }
}

/** Changes of one wave are made together: once no question is open, or the first has waited long enough. */
export class Together {
  readonly #atOnce: (makeAll: () => void) => void;
  readonly #longest: number;
  #open = 0;
  #changes: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param atOnce calls what it is given, so that all changes made meanwhile are seen as one
   * @param longest milliseconds that a change waits at most
   */
  constructor(atOnce: (makeAll: () => void) => void, longest: number) {
    this.#atOnce = atOnce;
    this.#longest = longest;
  }

  /** Counts a question as open until it is answered or fails. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    this.#open++;
    try {
      return await question();
    } finally {
      this.#open--;
    }
  }

  /** Makes a change that an answer led to. */
  change(make: () => void): void {
    this.#changes.push(make);
    if (this.#open === 0) this.#makeAll();
    else this.#timer ??= setTimeout(() => this.#makeAll(), this.#longest);
  }

  #makeAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#changes;
    this.#changes = [];
    this.#atOnce(() => {
      for (const make of changes) make();
    });
  }
}
