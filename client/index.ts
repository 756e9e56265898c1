/** `tsboard/client`: asks a running server for runs, tags and values, in Node and in browsers. */
import type {
  AggregateQuery,
  BlobPlace,
  Catalog,
  EmbeddingQuery,
  EmbeddingsQuery,
  HParamsJson,
  LastQuery,
  LayoutJson,
  LayoutsJson,
  MeshesJson,
  RecordsQuery,
  SeriesQuery,
  Status,
  VectorsQuery,
} from "../server/api/types.ts";
import { type Aggregate, decodeAggregateTable } from "./aggregate-table.ts";
import { checked } from "./api-error.ts";
import { blobsRequest, decodeBlobs, type FoundBlob, type MissingBlob } from "./blobs.ts";
import { decodeCatalog, decodeRendered, decodeStatus } from "./decode.ts";
import {
  decodeEmbeddings,
  decodePointMetadata,
  decodeVectorsHead,
  type PointMetadata,
  type RunEmbeddings,
  type Vectors,
} from "./embeddings.ts";
import { queryRequest } from "./forms.ts";
import { Graphs } from "./graphs.ts";
import { decodeHParams } from "./hparams.ts";
import { decodeLastTable, type Last } from "./last-table.ts";
import { decodeLayouts, decodeMeshes } from "./layouts.ts";
import { type LiveEvent, liveEvents } from "./live-events.ts";
import { decodeRecordsTable, type RunRecords } from "./records-table.ts";
import { decodeSeriesTable, type RunSeries } from "./series-table.ts";

export type {
  AggregateQuery,
  BlobPlace,
  Catalog,
  EmbeddingQuery,
  EmbeddingsQuery,
  GraphAttributeQuery,
  GraphDiff,
  GraphListing,
  GraphMemory,
  GraphNameQuery,
  GraphNode,
  GraphPairQuery,
  GraphQuery,
  GraphScope,
  GraphSearch,
  GraphStats,
  GraphStepDiff,
  GraphTable,
  GraphTableQuery,
  GraphTextQuery,
  GraphTimeline,
  GraphTraceQuery,
  HParamsJson,
  LastQuery,
  LayoutJson,
  LayoutsJson,
  LiveEvents,
  MeshesJson,
  Problem,
  RecordsQuery,
  RunInfo,
  SeriesAxis,
  SeriesQuery,
  Status,
  TagInfo,
  VectorsQuery,
} from "../server/api/types.ts";
export type { Aggregate } from "./aggregate-table.ts";
export { ApiError } from "./api-error.ts";
export type { FoundBlob, MissingBlob } from "./blobs.ts";
export type { Embedding, PointColumn, PointMetadata, RunEmbeddings, Vectors } from "./embeddings.ts";
export { Graphs } from "./graphs.ts";
export type { Last, Point } from "./last-table.ts";
export type { LiveEvent } from "./live-events.ts";
export type { RunRecords, Tensor, TensorNumbers } from "./records-table.ts";
export type { RunSeries } from "./series-table.ts";

/**
 * How {@link connect} asks.
 *
 * @example
 * const options: ConnectOptions = { headers: { Authorization: "Bearer of-the-proxy" } };
 * console.log(connect("https://lab.example/board/", options).blobUrl("k")); // https://lab.example/board/api/v1/blob/k/0
 */
export interface ConnectOptions {
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Sent with every request: for a proxy in front that wants to know who asks. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What every method takes beside its query.
 *
 * @example
 * const options: RequestOptions = { signal: AbortSignal.timeout(10_000) };
 * console.log((await client.status(options)).loading.points); // 204
 */
export interface RequestOptions {
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

/**
 * A client of the server whose page is at `address`. Nothing is asked until a method is called.
 *
 * Every method throws {@link ApiError} with the server's words when it answers an error, and the error of `fetch` when
 * it cannot be reached.
 *
 * @param address as the command prints it, path prefix and all; in a page, relative to the page
 * @throws TypeError when it is no address
 * @example
 * const board = connect(server.url);
 * const { runs } = await board.catalog();
 * console.log(runs.map(({ name }) => name)); // rate-0.1,rate-0.2
 * console.log(client === board); // false
 */
export function connect(address: string | URL, options: ConnectOptions = {}): Client {
  const page = pageOf(address);
  if (!page.pathname.endsWith("/")) page.pathname += "/";
  return new Client(new URL("api/v1/", page), options);
}

/** @throws TypeError when it is no address of a server: "localhost:6006" is one of the scheme "localhost" */
function pageOf(address: string | URL): URL {
  const base = pageAddress();
  if (URL.canParse(String(address), base)) {
    const page = new URL(address, base);
    if (/^https?:$/.test(page.protocol)) return page;
  }
  throw new TypeError(`a server's address is like http://localhost:6006/, not "${address}"`);
}

/**
 * What {@link connect} gives.
 *
 * @example
 * const [slow, fast] = await client.series({ tag: "loss" });
 * console.log(slow?.run, slow?.value.length, slow?.value[0]); // rate-0.1 100 1
 * console.log((fast?.value[10] ?? 1) < (slow?.value[10] ?? 0)); // true
 *
 * const [weights] = await client.records({ tag: "weights", runs: ["rate-0.1"], values: true });
 * console.log(weights?.tensors?.[0]?.shape); // 30,3
 */
export class Client {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #headers: Readonly<Record<string, string>>;
  /** The last catalog that came, and its ETag. */
  #catalog: { readonly etag: string; readonly catalog: Catalog } | null = null;

  /** @param base address of the API: that of the page and `api/v1/` */
  constructor(base: URL, { fetch: own = globalThis.fetch, headers = {} }: ConnectOptions) {
    this.#base = base;
    // Browsers' own wants to be called as a function of the window.
    this.#fetch = (...given) => own(...given);
    this.#headers = headers;
  }

  /** What the server reads, how far it has come, and what is wrong with the logs. */
  async status({ signal }: RequestOptions = {}): Promise<Status> {
    const response = await this.#ask("status", { signal: signal ?? null });
    return decodeStatus(await response.json());
  }

  /** Every run and tag. The same object as the last time where nothing has changed since. */
  async catalog({ signal }: RequestOptions = {}): Promise<Catalog> {
    const known = this.#catalog;
    const response = await this.#fetch(new URL("catalog", this.#base), {
      headers: { ...this.#headers, ...(known && { "If-None-Match": known.etag }) },
      signal: signal ?? null,
    });
    if (known && response.status === 304) return known.catalog;
    await checked(response);
    const catalog = decodeCatalog(await response.json());
    const etag = response.headers.get("ETag");
    this.#catalog = etag === null ? null : { etag, catalog };
    return catalog;
  }

  /** Points of a tag: one object a run that has it, or a branch that a restart overtook. */
  async series(query: SeriesQuery, options?: RequestOptions): Promise<RunSeries[]> {
    return decodeSeriesTable(await this.#query("series", query, options));
  }

  /** Mean, standard deviation, extremes and quantiles of a tag over runs. */
  async aggregate(query: AggregateQuery, options?: RequestOptions): Promise<Aggregate> {
    return decodeAggregateTable(await this.#query("aggregate", query, options));
  }

  /** Newest, smallest, largest and first values of scalars, or of a range of them: one object a tag and run. */
  async last(query: LastQuery = {}, options?: RequestOptions): Promise<Last[]> {
    return decodeLastTable(await this.#query("last", query, options));
  }

  /** Every session with its hyperparameters and metrics, those of all experiments together. */
  async hparams({ signal }: RequestOptions = {}): Promise<HParamsJson> {
    const response = await this.#ask("hparams", { signal: signal ?? null });
    return decodeHParams(await response.json());
  }

  /** Which series make a mesh; what they are of is in no name of theirs. */
  async meshes({ signal }: RequestOptions = {}): Promise<MeshesJson> {
    const response = await this.#ask("meshes", { signal: signal ?? null });
    return decodeMeshes(await response.json());
  }

  /** Which scalars stand in which chart, as the runs say it. */
  async layouts({ signal }: RequestOptions = {}): Promise<LayoutsJson> {
    const response = await this.#ask("layouts", { signal: signal ?? null });
    return decodeLayouts(await response.json());
  }

  /** An event file of a layout: in a folder of the logs, every reader of them shows it. Nothing is written by this. */
  async layoutFile(layout: LayoutJson, { signal }: RequestOptions = {}): Promise<Blob> {
    return (await this.#ask("layouts/file", queryRequest(layout, "json", signal))).blob();
  }

  /** Graphs of runs: scopes, nodes, time and memory of steps, differences. */
  get graphs(): Graphs {
    return new Graphs((path, request) => this.#ask(path, request));
  }

  /** Values that are not scalars: one object a run that has the tag. Tensors themselves with `values: true`. */
  async records(query: RecordsQuery, options?: RequestOptions): Promise<RunRecords[]> {
    return decodeRecordsTable(await this.#query("records", query, options));
  }

  /**
   * The bytes of one value, with their content type: an image, a clip, a graph; of a numeric tensor all its numbers,
   * little-endian.
   *
   * @param key of {@link RunRecords.keys}
   * @param index which of the value's blobs
   */
  async blob(key: string, index = 0, { signal }: RequestOptions = {}): Promise<Blob> {
    return (await this.#ask(this.blobUrl(key, index), { signal: signal ?? null })).blob();
  }

  /**
   * The bytes of several values with one request, in the order in which they are named, 256 at most. What is not there
   * (any more) is told in its place, and so is what would make the answer larger than 16 MB: `blob` gives it by itself.
   */
  async blobs(
    places: readonly BlobPlace[],
    { signal }: RequestOptions = {},
  ): Promise<(FoundBlob | MissingBlob)[]> {
    const response = await this.#ask("blobs", blobsRequest(places, signal));
    return decodeBlobs(await response.arrayBuffer());
  }

  /** The address of these bytes, for the `src` of an image; what is there never changes. */
  blobUrl(key: string, index = 0): string {
    return new URL(`blob/${encodeURIComponent(key)}/${index}`, this.#base).href;
  }

  /**
   * A text as HTML that is safe to show: its Markdown rendered, vectors and matrices as tables.
   *
   * @param key as `records` gives it
   */
  async rendered(key: string, { signal }: RequestOptions = {}): Promise<string> {
    const response = await this.#ask(`rendered/${encodeURIComponent(key)}`, { signal: signal ?? null });
    return decodeRendered(await response.json());
  }

  /** Runs with embeddings: what there is for the projector. */
  async embeddings(
    query: EmbeddingsQuery = {},
    { signal }: RequestOptions = {},
  ): Promise<readonly RunEmbeddings[]> {
    const response = await this.#ask("embeddings", queryRequest(query, "json", signal));
    return decodeEmbeddings(await response.json());
  }

  /** Vectors of an embedding, all of them or a range of rows. */
  async vectors(query: VectorsQuery, { signal }: RequestOptions = {}): Promise<Vectors> {
    const response = await this.#ask("embeddings/vectors", queryRequest(query, "json", signal));
    return { ...decodeVectorsHead(response), data: new Float32Array(await response.arrayBuffer()) };
  }

  /** What is known of the points of an embedding. */
  async pointMetadata(query: EmbeddingQuery, options?: RequestOptions): Promise<PointMetadata> {
    return decodePointMetadata(await this.#query("embeddings/metadata", query, options));
  }

  /** The address of the image that holds those of an embedding's points, row by row. */
  spriteUrl({ run, name }: EmbeddingQuery): string {
    return new URL(`embeddings/sprite?${new URLSearchParams({ run, name })}`, this.#base).href;
  }

  /** Saved views of an embedding, as the file has them. */
  async bookmarks({ run, name }: EmbeddingQuery, { signal }: RequestOptions = {}): Promise<unknown> {
    const path = `embeddings/bookmarks?${new URLSearchParams({ run, name })}`;
    return (await this.#ask(path, { signal: signal ?? null })).json();
  }

  /**
   * What is new, as it comes: `for await (const { name, data } of client.events())`. Begins with `hello`, and goes on
   * until the loop is left or `signal` ends it. Where the connection is lost it is made anew, with `hello` again: its
   * instance tells whether the server is still the same.
   */
  events({ signal }: RequestOptions = {}): AsyncGenerator<LiveEvent, void, void> {
    return liveEvents(
      (own) =>
        this.#fetch(new URL("events", this.#base), {
          headers: { ...this.#headers, Accept: "text/event-stream" },
          signal: own,
        }),
      signal,
    );
  }

  async #query(path: string, query: object, { signal }: RequestOptions = {}): Promise<Uint8Array> {
    const response = await this.#ask(path, queryRequest(query, "arrow", signal));
    return new Uint8Array(await response.arrayBuffer());
  }

  async #ask(path: string, request: RequestInit): Promise<Response> {
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries(this.#headers)) headers.set(name, value);
    return checked(await this.#fetch(new URL(path, this.#base), { ...request, headers }));
  }
}

/** Where the page is that this runs in; undefined in Node. */
function pageAddress(): string | undefined {
  const location: unknown = Reflect.get(globalThis, "location");
  return location === undefined || location === null ? undefined : String(location);
}
