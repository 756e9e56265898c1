/**
 * The native API (`/api/v1/…`): the shapes that the UI and people's own tools exchange with the server.
 * Types only, so the UI may import this file; the routes are in `server/http/native/`.
 *
 * | method, path          | answer                                                                          |
 * | --------------------- | ------------------------------------------------------------------------------- |
 * | GET  status           | {@link Status}                                                                  |
 * | GET  catalog          | {@link Catalog}: every run and tag (ETag; 304 when nothing was added)            |
 * | GET, POST series      | columns of a tag over runs; JSON {@link SeriesJson}, Arrow IPC or CSV by Accept  |
 * | GET  events           | server-sent events, see {@link LiveEvents}                                      |
 * | POST ingest/events    | takes records of an event file, see {@link IngestAnswer}; with `--ingest` only  |
 */

/** What the server reads and how far it has come. */
export interface Status {
  readonly version: string;
  /** Changes when the server process does: ids are stable within one instance only. */
  readonly instance: string;
  /** The log directory as given on the command line. */
  readonly logdir: string;
  readonly window_title: string;
  /** False while the log directory does not exist or cannot be read; `logdir_problem` says why, in words. */
  readonly logdir_readable: boolean;
  readonly logdir_problem: string | null;
  readonly loading: Loading;
  readonly problems: readonly Problem[];
}

/** Progress of reading what is on disk. `loading` is false once every byte present has been read. */
export interface Loading {
  readonly loading: boolean;
  readonly files: number;
  readonly files_read: number;
  readonly bytes: number;
  readonly bytes_read: number;
  readonly points: number;
}

/** Something wrong with an input, in words: which file, where, and what was kept. */
export interface Problem {
  readonly file: string;
  /** Byte offset in the file, where one applies. */
  readonly offset: number | null;
  readonly message: string;
}

/** Runs and tags. Ids are small integers, stable for the life of the server instance. */
export interface Catalog {
  readonly instance: string;
  /** Grows with every change of the catalog. */
  readonly version: number;
  readonly runs: readonly RunInfo[];
  readonly tags: readonly TagInfo[];
}

export interface RunInfo {
  readonly id: number;
  /** Directory relative to the log directory, `/`-separated; `.` for the root. */
  readonly name: string;
  /** Wall time of the earliest event, seconds since the epoch; null until an event was read. */
  readonly start_time: number | null;
}

/** A tag of one plugin, over all runs that have it. The same tag name under two plugins is two entries. */
export interface TagInfo {
  readonly id: number;
  readonly tag: string;
  /** `scalars`, `histograms`, `images`, `text`, … as in SummaryMetadata.plugin_data.plugin_name. */
  readonly plugin: string;
  readonly display_name: string;
  /** Sanitised HTML rendered from the Markdown description; empty when there is none. */
  readonly description: string;
  /** Ids of the runs that have this tag, in catalog order. */
  readonly runs: readonly number[];
}

/** Axis along which ranges are given and buckets are cut. `relative` is seconds since the run's first point of the tag. */
export type SeriesAxis = "step" | "wall_time" | "relative";

/**
 * Query of `/api/v1/series`. As GET: the same names as parameters (`run` repeated for runs by name).
 * As POST: JSON.
 */
export interface SeriesQuery {
  readonly tag: string;
  /** Run names; all runs that have the tag when left out. Unknown names are left out of the answer. */
  readonly runs?: readonly string[];
  /** Default `step`. */
  readonly axis?: SeriesAxis;
  /** Inclusive range on the axis; a point on either side is added so that lines run to the edge. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Pixel budget: the range is cut into this many buckets, and of each bucket the points of smallest and of
   * largest value are kept (NaN once), so a spike never vanishes. 0 or absent: every point.
   */
  readonly pixels?: number;
  /** Buckets are even in x (`linear`, default) or in log10 x (`log`). */
  readonly scale?: "linear" | "log";
  /** Smoothing weight in [0, 1): adds the column `smoothed`, computed over the full series. Default 0: absent. */
  readonly smoothing?: number;
}

/** JSON form of a series answer. NaN and infinities are the strings "NaN", "Infinity", "-Infinity". */
export interface SeriesJson {
  readonly tag: string;
  readonly series: readonly {
    readonly run: string;
    /** Points in the whole series and in the range, before reduction. */
    readonly total: number;
    readonly in_range: number;
    /** Wall time of the series' first point: the origin of the relative axis. */
    readonly origin: number;
    readonly step: readonly number[];
    readonly wall_time: readonly number[];
    readonly value: readonly (number | string)[];
    readonly smoothed?: readonly (number | string)[];
  }[];
}

/**
 * Arrow form (`Accept: application/vnd.apache.arrow.stream`): one table, rows grouped by run, columns
 * `run` (int32, index into metadata `runs`), `step` (float64, or int64 when a step passes 2^53),
 * `wall_time` (float64), `value` (float32), and `smoothed` (float32) when asked for.
 * Schema metadata `tsboard` is this object as JSON.
 */
export interface SeriesArrowMetadata {
  readonly tag: string;
  readonly series: readonly { run: string; rows: number; total: number; in_range: number; origin: number }[];
}

/** Server-sent events of `/api/v1/events`: the event name is the key, the data is JSON of the value. */
export interface LiveEvents {
  /** First on every connection. If `instance` is not the one known, everything is to be fetched again. */
  hello: { instance: string; catalog_version: number };
  /** Runs or tags were added or removed: fetch the catalog again. */
  catalog: { version: number };
  /** Series that changed, by id: `[run, [tag, …]]`. Several flushes within a few ms are one event. */
  points: { changed: [run: number, tags: number[]][] };
  /** Loading progressed, or a problem was found. */
  status: Status;
}

/**
 * Answer of `POST /api/v1/ingest/events?run=…&writer=…&started=…` with the headers `Authorization: Bearer TOKEN` and
 * `Upload-Offset: N`. The body is whole records (TFRecord frames) of the event file that the writer writes: N bytes came
 * before them; `writer` (8 to 64 letters, digits, `-`, `_`) and `started` (seconds since the epoch) say whose file it is.
 * Records that are there already are not written again, so a request may be repeated.
 */
export interface IngestAnswer {
  /** Bytes of the writer's file that are there now. */
  readonly offset: number;
  /** With status 409, when bytes are missing in between: what is wrong, in words. To be sent again from `offset` on. */
  readonly problem?: string;
}
