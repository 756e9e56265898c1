/**
 * Keeps one card's data as asked for: what is wanted may change at any time, points arrive all the time, and one
 * request at a time brings what is missing. A change of a few runs asks for those runs only. The first news is
 * fetched at once; what follows while a request is under way is fetched together after it.
 */

import type { RunSeries } from "../../../client/series-table.ts";
import type { SeriesQuery } from "../../../server/api/types.ts";

/** A query without its runs. */
export type SeriesShape = Omit<SeriesQuery, "runs">;

export interface LoaderOptions {
  fetch(query: SeriesQuery, signal: AbortSignal): Promise<RunSeries[]>;
  /** Data, error or busy changed. */
  onChange(): void;
  /** Least time between the starts of two requests, ms. */
  interval(): number;
  describeError(error: unknown): string;
}

const RETRY_MS = 3000;

export class SeriesLoader {
  readonly #options: LoaderOptions;
  #data = new Map<string, RunSeries>();
  #shape: SeriesShape | null = null;
  #shapeKey = "";
  #wanted: ReadonlySet<string> = new Set();
  /** The wanted runs are all there are, so that they need not be named. */
  #wantsAll = false;
  #dirty = new Set<string>();
  #asked = new Set<string>();
  #flight: AbortController | null = null;
  #startedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;
  error: string | null = null;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Series by run; replaced, never changed. */
  get data(): ReadonlyMap<string, RunSeries> {
    return this.#data;
  }

  /** True while nothing has been answered yet for what is wanted. */
  get waiting(): boolean {
    return this.#data.size === 0 && (this.#flight !== null || this.#dirty.size > 0);
  }

  want(shape: SeriesShape, runs: readonly string[], allRuns: boolean): void {
    const key = JSON.stringify(shape);
    this.#wanted = new Set(runs);
    this.#wantsAll = allRuns;
    if (key !== this.#shapeKey) {
      const before = this.#shape;
      this.#shape = shape;
      this.#shapeKey = key;
      // Another smoothing shows the same points: an answer on its way is worth seeing, and a slider that is
      // dragged would otherwise give up every request before it ends.
      if (this.#flight && before && samePoints(before, shape)) this.#dirty = new Set(this.#wanted);
      else this.refresh();
      return;
    }
    for (const run of runs) if (!this.#asked.has(run)) this.#dirty.add(run);
    for (const run of this.#asked) if (!this.#wanted.has(run)) this.#asked.delete(run);
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
    const wait = this.#startedAt + this.#options.interval() - Date.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#pump(), wait);
    else void this.#request(this.#shape);
  }

  async #request(shape: SeriesShape): Promise<void> {
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
      this.error = null;
    } catch (error) {
      if (this.#flight !== flight) return;
      this.error = this.#options.describeError(error);
      for (const run of runs) this.#dirty.add(run);
      this.#startedAt = Date.now() + RETRY_MS;
    }
    this.#flight = null;
    this.#options.onChange();
    this.#pump();
  }
}

function samePoints(a: SeriesShape, b: SeriesShape): boolean {
  return JSON.stringify({ ...a, smoothing: 0 }) === JSON.stringify({ ...b, smoothing: 0 });
}

/** The series with those of `asked` replaced by the answer; a run that the answer leaves out is gone. */
export function merged(
  data: ReadonlyMap<string, RunSeries>,
  asked: readonly string[],
  answer: readonly RunSeries[],
  wanted: ReadonlySet<string>,
): Map<string, RunSeries> {
  const next = new Map(data);
  for (const run of asked) next.delete(run);
  for (const series of answer) if (wanted.has(series.run)) next.set(series.run, series);
  return next;
}
