/**
 * The native API (`/api/v1/…`): the shapes that the UI and people's own tools exchange with the server.
 * Types only, so the UI may import this file; the routes are in `server/http/native/`.
 *
 * | method, path          | answer                                                                          |
 * | --------------------- | ------------------------------------------------------------------------------- |
 * | GET  status           | {@link Status}                                                                  |
 * | GET  catalog          | {@link Catalog}: every run and tag (ETag; 304 when nothing was added)            |
 * | GET, POST series      | columns of a tag over runs: {@link SeriesJson}, Arrow or CSV                    |
 * | GET, POST aggregate   | mean, spread and quantiles of a tag over runs: {@link AggregateJson}, Arrow, CSV |
 * | GET, POST last        | newest, smallest and largest values: {@link LastJson}, Arrow or CSV             |
 * | GET, POST records     | values that are not scalars: {@link RecordsJson} or Arrow                       |
 * | GET  graph            | graphs and steps of all runs; below it scopes, nodes, tables: `graphs.ts`        |
 * | GET  blob             | the bytes of one such value, by run, tag and step                               |
 * | GET  blob/KEY/INDEX   | the same by the key that `records` gives; never changes, so it may be kept      |
 * | POST blobs            | the bytes of several: {@link BlobsHead}, then the bytes one after the other      |
 * | GET, POST embeddings  | runs with embeddings: {@link EmbeddingsJson}; below it their parts:              |
 * | .../vectors           | float32 of {@link VectorsQuery}                                                 |
 * | .../metadata          | {@link PointMetadataJson} or Arrow                                              |
 * | .../sprite, bookmarks | the image, the JSON as the file has it                                          |
 * | GET  hparams          | what sessions were given and how they ended: {@link HParamsJson}                 |
 * | GET  meshes           | which series make a mesh: {@link MeshesJson}                                     |
 * | GET  layouts          | which scalars stand in which chart: {@link LayoutsJson}                          |
 * | POST layouts/file     | an event file of a {@link LayoutJson}                                           |
 * | GET  rendered/KEY     | a text as HTML that is safe to show: {@link RenderedText}; may be kept for good  |
 * | GET  events           | server-sent events, see {@link LiveEvents}                                      |
 * | GET  openapi.json     | all of this as an OpenAPI document                                              |
 * | POST ingest/events    | takes records of an event file, see {@link IngestAnswer}; with `--ingest` only  |
 *
 * The form of an answer is what the parameter `format` says (`json`, `arrow`, `csv`), else what the header Accept does.
 * Queries have the same names as parameters of GET, where lists are repeated in the singular (`run=a&run=b`), and in the
 * JSON of POST. Steps beyond 2^53 are written digit by digit in JSON, which JavaScript's own parser rounds.
 */
import type { DataClassName } from "./records.ts";

export type * from "./aggregate.ts";
export type * from "./blobs.ts";
export type * from "./embeddings.ts";
export type * from "./graphs.ts";
export type * from "./hparams.ts";
export type * from "./last.ts";
export type * from "./layouts.ts";
export type * from "./meshes.ts";
export type * from "./records.ts";
export type * from "./series.ts";

/**
 * What the server reads and how far it has come.
 *
 * @example
 * const { logdir_readable, loading }: Status = await client.status();
 * console.log(logdir_readable, loading.loading, loading.files); // true false 2
 */
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

/**
 * Something wrong with an input, in words: which file, where, and what was kept.
 *
 * @example
 * const line = ({ file, offset, message }: Problem) => `${file}${offset === null ? "" : `, byte ${offset}`}: ${message}`;
 * console.log((await client.status()).problems.map(line).length); // 0
 */
export interface Problem {
  readonly file: string;
  /** Byte offset in the file, where one applies. */
  readonly offset: number | null;
  readonly message: string;
}

/**
 * Runs and tags. Ids are small integers, stable for the life of the server instance.
 *
 * @example
 * const { runs, tags }: Catalog = await client.catalog();
 * console.log(runs.length, tags.map(({ tag }) => tag).sort()); // 2 loss,note,weights
 */
export interface Catalog {
  readonly instance: string;
  /** Grows with every change of the catalog. */
  readonly version: number;
  readonly runs: readonly RunInfo[];
  readonly tags: readonly TagInfo[];
}

/**
 * A run: a directory that has event files.
 *
 * @example
 * const byAge = (a: RunInfo, b: RunInfo) => (a.start_time ?? 0) - (b.start_time ?? 0);
 * const { runs } = await client.catalog();
 * console.log([...runs].sort(byAge)[0]?.name); // rate-0.1
 */
export interface RunInfo {
  readonly id: number;
  /** Directory relative to the log directory, `/`-separated; `.` for the root. */
  readonly name: string;
  /** Further names by which links inside the log directory lead to it, as `latest`; its values are shown once. */
  readonly aliases: readonly string[];
  /** Wall time of the earliest event, seconds since the epoch; null until an event was read. */
  readonly start_time: number | null;
}

/**
 * A tag of one plugin, over all runs that have it. The same tag name under two plugins is two entries.
 *
 * @example
 * const isScalar = ({ data_class }: TagInfo) => data_class === "scalar";
 * const { tags } = await client.catalog();
 * console.log(tags.filter(isScalar).map(({ tag, plugin }) => `${plugin}/${tag}`)); // scalars/loss
 */
export interface TagInfo {
  readonly id: number;
  readonly tag: string;
  /** `scalars`, `histograms`, `images`, `text`, … as in SummaryMetadata.plugin_data.plugin_name. */
  readonly plugin: string;
  readonly display_name: string;
  /** What its values are: scalars are asked for with `series`, all else with `records`. */
  readonly data_class: DataClassName;
  /** Sanitised HTML rendered from the Markdown description; empty when there is none. */
  readonly description: string;
  /** Ids of the runs that have this tag, in catalog order. */
  readonly runs: readonly number[];
}

/**
 * Server-sent events of `/api/v1/events`: the event name is the key, the data is JSON of the value.
 *
 * @example
 * const onPoints = ({ changed }: LiveEvents["points"]) => changed.map(([run]) => run);
 * console.log(onPoints({ changed: [[0, [1, 2]]] })); // 0
 */
export interface LiveEvents {
  /**
   * First on every connection. If `instance` is not the one known, everything is to be fetched again. A client that
   * lagged so far behind that news were passed over is greeted anew: what it shows is to be fetched again.
   */
  readonly hello: { readonly instance: string; readonly catalog_version: number };
  /** Runs or tags were added or removed: fetch the catalog again. */
  readonly catalog: { readonly version: number };
  /** Series that changed, by id: `[run, [tag, …]]`. Several flushes within a few ms are one event. */
  readonly points: { readonly changed: readonly (readonly [run: number, tags: readonly number[]])[] };
  /** Loading progressed, or a problem was found. */
  readonly status: Status;
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
