/**
 * Keeps what a card has of each run as asked for: what is wanted may change at any time, points arrive all the time, and
 * one request at a time brings what is missing. A change of a few runs asks for those runs only. The first news is
 * fetched at once; what follows while a request is under way is fetched together after it.
 */

/** One run's part of an answer: its series, its records. */
export interface OfRun {
  readonly run: string;
}

/** `Shape` is a query without its runs. */
export interface LoaderOptions<Shape extends object, Part extends OfRun> {
  fetch(query: Shape & { readonly runs?: readonly string[] }, signal: AbortSignal): Promise<readonly Part[]>;
  /**
   * Whether an answer to `before` is worth waiting for though `after` is wanted now: the same points, smoothed otherwise,
   * while a slider is dragged that would else give up every request before it ends. Default: never.
   */
  isWorthWaiting?(before: Shape, after: Shape): boolean;
  /** Data, error or busy changed. */
  onChange(): void;
  /** Milliseconds until the next request may start; `askedAt` is when the last one did, -Infinity if none before is of use. */
  wait(askedAt: number): number;
  describeError(error: unknown): string;
}

const RETRY_MS = 3000;

export class RunLoader<Shape extends object, Part extends OfRun> {
  readonly #options: LoaderOptions<Shape, Part>;
  #data = new Map<string, Part>();
  #shape: Shape | null = null;
  #shapeKey = "";
  #wanted: ReadonlySet<string> = new Set();
  /** The wanted runs are all there are, so that they need not be named. */
  #wantsAll = false;
  #dirty = new Set<string>();
  #asked = new Set<string>();
  /** Runs of which an answer has told, with data or without. */
  readonly #answered = new Set<string>();
  #flight: AbortController | null = null;
  #startedAt = Number.NEGATIVE_INFINITY;
  /** After a failure: when to try again. */
  #retryAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;
  error: string | null = null;

  constructor(options: LoaderOptions<Shape, Part>) {
    this.#options = options;
  }

  /** Parts by run; replaced, never changed. */
  get data(): ReadonlyMap<string, Part> {
    return this.#data;
  }

  /** True while nothing has been answered yet for what is wanted. */
  get waiting(): boolean {
    return this.#data.size === 0 && (this.#flight !== null || this.#dirty.size > 0);
  }

  /** Runs that are wanted, of which the server has nothing to give. */
  get absent(): readonly string[] {
    return [...this.#wanted].filter((run) => this.#answered.has(run) && !this.#data.has(run));
  }

  /** Says what is wanted from now on; `allRuns` that these runs are all there are, so that they need not be named. */
  want(shape: Shape, runs: readonly string[], allRuns: boolean): void {
    const key = JSON.stringify(shape);
    this.#wanted = new Set(runs);
    this.#wantsAll = allRuns;
    if (key !== this.#shapeKey) {
      const before = this.#shape;
      this.#shape = shape;
      this.#shapeKey = key;
      const waits = this.#flight && before && this.#options.isWorthWaiting?.(before, shape);
      if (waits) this.#dirty = new Set(this.#wanted);
      else this.refresh();
      return;
    }
    for (const run of runs) if (!this.#asked.has(run)) this.#dirty.add(run);
    for (const run of this.#asked)
      if (!this.#wanted.has(run)) {
        this.#asked.delete(run);
        this.#answered.delete(run);
      }
    this.#drop();
    this.#pump();
  }

  /** These runs have new points. */
  invalidate(runs: Iterable<string>): void {
    for (const run of runs) if (this.#wanted.has(run)) this.#dirty.add(run);
    this.#pump();
  }

  /** Asks for everything again, giving up what is under way. */
  refresh(): void {
    this.#flight?.abort();
    this.#flight = null;
    this.#dirty = new Set(this.#wanted);
    this.#startedAt = Number.NEGATIVE_INFINITY;
    this.#retryAt = 0;
    this.#drop();
    this.#pump();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#flight?.abort();
    this.#data = new Map();
  }

  #drop(): void {
    const kept = [...this.#data].filter(([run]) => this.#wanted.has(run));
    if (kept.length === this.#data.size) return;
    this.#data = new Map(kept);
    this.#options.onChange();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    if (this.#disposed || this.#flight || this.#dirty.size === 0 || !this.#shape) return;
    const pause = this.#retryAt - Date.now();
    const wait = pause > 0 ? pause : this.#options.wait(this.#startedAt);
    if (wait > 0) this.#timer = setTimeout(() => this.#pump(), wait);
    else void this.#request(this.#shape);
  }

  async #request(shape: Shape): Promise<void> {
    const flight = new AbortController();
    const runs = [...this.#dirty].filter((run) => this.#wanted.has(run));
    const everything = this.#wantsAll && runs.length === this.#wanted.size;
    this.#flight = flight;
    this.#startedAt = Date.now();
    this.#dirty.clear();
    if (runs.length === 0) {
      this.#flight = null;
      return;
    }
    for (const run of runs) this.#asked.add(run);
    try {
      const answer = await this.#options.fetch(everything ? shape : { ...shape, runs }, flight.signal);
      if (this.#flight !== flight) return;
      this.#data = merged(this.#data, runs, answer, this.#wanted);
      for (const run of runs) this.#answered.add(run);
      this.error = null;
    } catch (error) {
      if (this.#flight !== flight) return;
      this.error = this.#options.describeError(error);
      for (const run of runs) this.#dirty.add(run);
      this.#retryAt = Date.now() + RETRY_MS;
    }
    this.#flight = null;
    this.#options.onChange();
    this.#pump();
  }
}

/** The parts with those of `asked` replaced by the answer; a run that the answer leaves out is gone. */
export function merged<Part extends OfRun>(
  data: ReadonlyMap<string, Part>,
  asked: readonly string[],
  answer: readonly Part[],
  wanted: ReadonlySet<string>,
): Map<string, Part> {
  const next = new Map(data);
  for (const run of asked) next.delete(run);
  for (const part of answer) if (wanted.has(part.run)) next.set(part.run, part);
  return next;
}
