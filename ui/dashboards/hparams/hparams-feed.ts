/**
 * The experiment's sessions, kept fresh without asking for all of them at every step of a training: news of scalars asks
 * for the newest values of those tags and runs, and puts them into the table; the whole table is asked for only when runs
 * or tags came or went, and the more it costs the more rarely.
 */
import type { Last } from "../../../client/last-table.ts";
import type { HParamsJson, SessionMetric } from "../../../server/api/types.ts";

export interface HParamsFeedOptions {
  fetchTable(signal: AbortSignal): Promise<HParamsJson>;
  fetchLast(
    query: { readonly tags: readonly string[]; readonly runs: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly Last[]>;
  describeError(error: unknown): string;
  /** Data or error changed. */
  onChange(): void;
  /** Resolves when what changed has been drawn; at once when left out. */
  drawn?(): Promise<void>;
  now(): number;
}

/** After a table, and after what failed. */
const PAUSE_MS = 1000;
/** Share of the time that asking for tables may take. */
const SHARE = 0.1;
/** After values: a single one shows at once, and a page that draws a thousand sessions anew has time for all else. */
const VALUES = { leastPauseMs: 60, mostPauseMs: 1000, share: 0.3 } as const;

export class HParamsFeed {
  data: HParamsJson | null = null;
  error: string | null = null;
  readonly #options: HParamsFeedOptions;
  readonly #stop = new AbortController();
  /** Where a metric's run and tag stand in the table: `[session, metric]`. */
  #places = new Map<string, readonly [session: number, metric: number]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #wantsTable = true;
  #tableAt = Number.NEGATIVE_INFINITY;
  /** Runs with news, by tag. */
  #news = new Map<string, Set<string>>();

  constructor(options: HParamsFeedOptions) {
    this.#options = options;
    this.#pump();
  }

  /** Runs or tags have changed: all is asked for again. */
  wantTable(): void {
    this.#wantsTable = true;
    this.#pump();
  }

  /** A tag has got points in some runs. */
  wantValues(tag: string, runs: Iterable<string>): void {
    for (const run of runs) {
      if (!this.#places.has(placeKey(run, tag))) continue;
      const known = this.#news.get(tag);
      if (known) known.add(run);
      else this.#news.set(tag, new Set([run]));
    }
    this.#pump();
  }

  dispose(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #pump(): void {
    if (this.#busy || this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    const wait = this.#tableAt - this.#options.now();
    if (this.#wantsTable && wait <= 0) void this.#ask(() => this.#askTable());
    else if (this.#news.size > 0) void this.#ask(() => this.#askValues());
    else if (this.#wantsTable) this.#timer = setTimeout(() => this.#pump(), wait);
  }

  async #ask(question: () => Promise<void>): Promise<void> {
    this.#busy = true;
    const started = this.#options.now();
    try {
      await question();
      this.error = null;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.error = this.#options.describeError(error);
      this.#wantsTable = true;
      this.#tableAt = this.#options.now() + PAUSE_MS;
    }
    if (this.#stop.signal.aborted) return;
    this.#options.onChange();
    await this.#options.drawn?.();
    if (this.#stop.signal.aborted) return;
    const took = this.#options.now() - started;
    const pause = Math.min(VALUES.mostPauseMs, Math.max(VALUES.leastPauseMs, took / VALUES.share - took));
    this.#timer = setTimeout(
      () => {
        this.#busy = false;
        this.#pump();
      },
      this.error === null ? pause : PAUSE_MS,
    );
  }

  async #askTable(): Promise<void> {
    const started = this.#options.now();
    this.#wantsTable = false;
    this.#news.clear();
    this.data = await this.#options.fetchTable(this.#stop.signal);
    this.#places = placesOf(this.data);
    const took = this.#options.now() - started;
    this.#tableAt = started + took + Math.max(PAUSE_MS, took / SHARE);
  }

  async #askValues(): Promise<void> {
    const tags = [...this.#news.keys()];
    const runs = [...new Set([...this.#news.values()].flatMap((of) => [...of]))];
    this.#news.clear();
    const values = await this.#options.fetchLast({ tags, runs }, this.#stop.signal);
    if (this.data) this.data = withValues(this.data, this.#places, values);
  }
}

const placeKey = (run: string, tag: string): string => `${run}\n${tag}`;

function placesOf({ metrics, sessions }: HParamsJson): Map<string, readonly [number, number]> {
  const places = new Map<string, readonly [number, number]>();
  for (const [s, { run }] of sessions.entries())
    for (const [m, { tag, group }] of metrics.entries())
      places.set(placeKey(metricRun(run, group), tag), [s, m]);
  return places;
}

/** The run that a session's metric is in. */
function metricRun(session: string, group: string): string {
  return group === "" ? session : `${session}/${group}`;
}

/** The table with newer values of some metrics; sessions that have none of them stay the same objects. */
export function withValues(
  data: HParamsJson,
  places: ReadonlyMap<string, readonly [session: number, metric: number]>,
  values: readonly Last[],
): HParamsJson {
  const sessions = [...data.sessions];
  const changed = new Set<number>();
  for (const value of values) {
    const [s, m] = places.get(placeKey(value.run, value.tag)) ?? [];
    if (s === undefined || m === undefined) continue;
    if (!changed.has(s)) sessions[s] = { ...sessions[s]!, metrics: [...sessions[s]!.metrics] };
    changed.add(s);
    (sessions[s]!.metrics as (SessionMetric | null)[])[m] = {
      last: finite(value.last.value),
      step: Number(value.last.step),
      min: finite(value.min?.value),
      max: finite(value.max?.value),
    };
  }
  return changed.size === 0 ? data : { ...data, sessions };
}

/** As the table has it: no value where it is no number. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
