/**
 * What the page asks the server for: the parts of `client/` that it needs. Addresses are relative to the page, so any
 * path prefix works.
 */
import { ApiError, checked } from "../../client/api-error.ts";
import { blobsRequest, decodeBlobs, type FoundBlob, type MissingBlob } from "../../client/blobs.ts";
import { decodeCatalog, decodeRendered, decodeStatus } from "../../client/decode.ts";
import { queryRequest } from "../../client/forms.ts";
import { decodeHParams } from "../../client/hparams.ts";
import { decodeLastTable, type Last } from "../../client/last-table.ts";
import { decodeLayouts, decodeMeshes } from "../../client/layouts.ts";
import { decodeRecordsTable, type RunRecords } from "../../client/records-table.ts";
import { decodeSeriesTable, type RunSeries } from "../../client/series-table.ts";
import type {
  BlobPlace,
  Catalog,
  HParamsJson,
  LastQuery,
  LayoutJson,
  LayoutsJson,
  MeshesJson,
  RecordsQuery,
  SeriesQuery,
  Status,
} from "../../server/api/types.ts";
import { BASE, fetchApi } from "../early/asked.ts";

export const EVENTS_ADDRESS = `${BASE}events`;

export async function fetchStatus(signal?: AbortSignal): Promise<Status> {
  const response = await checked(await fetchApi("status", { cache: "no-store", signal: signal ?? null }));
  return decodeStatus(await response.json());
}

let etag: string | null = null;

/** The catalog, or null when it has not changed since the last call that gave one. */
export async function fetchCatalog(force: boolean): Promise<Catalog | null> {
  const headers = new Headers();
  if (etag !== null && !force) headers.set("If-None-Match", etag);
  const response = await fetchApi("catalog", { cache: "no-store", headers });
  if (response.status === 304) return null;
  await checked(response);
  etag = response.headers.get("ETag");
  return decodeCatalog(await response.json());
}

async function postSeries(query: SeriesQuery, form: "arrow" | "csv" | "json", signal?: AbortSignal) {
  return checked(await fetchApi("series", queryRequest(query, form, signal)));
}

export async function fetchSeries(query: SeriesQuery, signal?: AbortSignal): Promise<RunSeries[]> {
  const response = await postSeries(query, "arrow", signal);
  return decodeSeriesTable(new Uint8Array(await response.arrayBuffer()));
}

/** First, newest, smallest and largest values of series of scalars, or of a range of them. */
export async function fetchLast(query: LastQuery, signal?: AbortSignal): Promise<Last[]> {
  const response = await checked(await fetchApi("last", queryRequest(query, "arrow", signal)));
  return decodeLastTable(new Uint8Array(await response.arrayBuffer()));
}

/** Values that are not scalars. */
export async function fetchRecords(query: RecordsQuery, signal?: AbortSignal): Promise<RunRecords[]> {
  const response = await checked(await fetchApi("records", queryRequest(query, "arrow", signal)));
  return decodeRecordsTable(new Uint8Array(await response.arrayBuffer()));
}

/** The address of a value's bytes; what is there never changes. */
export function blobUrl(key: string, index = 0): string {
  return BASE + blobPath(key, index);
}

const blobPath = (key: string, index: number): string => `blob/${encodeURIComponent(key)}/${index}`;

/** Sessions with their hyperparameters and metrics. */
export async function fetchHParams(signal?: AbortSignal): Promise<HParamsJson> {
  return decodeHParams(await (await checked(await fetchApi("hparams", { signal: signal ?? null }))).json());
}

/** Which series make a mesh. */
export async function fetchMeshes(signal?: AbortSignal): Promise<MeshesJson> {
  return decodeMeshes(await (await checked(await fetchApi("meshes", { signal: signal ?? null }))).json());
}

/** Which scalars stand in which chart, as the logs say it. */
export async function fetchLayouts(signal?: AbortSignal): Promise<LayoutsJson> {
  return decodeLayouts(await (await checked(await fetchApi("layouts", { signal: signal ?? null }))).json());
}

/** An event file that says it, for the log directory. */
export async function fetchLayoutFile(layout: LayoutJson): Promise<Blob> {
  return (await checked(await fetchApi("layouts/file", queryRequest(layout, "json")))).blob();
}

/** A text as HTML that is safe to show, as the API promises. */
export async function fetchRendered(key: string, signal?: AbortSignal): Promise<string> {
  const path = `rendered/${encodeURIComponent(key)}`;
  return decodeRendered(await (await checked(await fetchApi(path, { signal: signal ?? null }))).json());
}

/** A value's bytes. */
export async function fetchBlob(key: string, index = 0, signal?: AbortSignal): Promise<Blob> {
  return (await checked(await fetchApi(blobPath(key, index), { signal: signal ?? null }))).blob();
}

/** Bytes of several values, or what is wrong with one in its place. One alone comes by its address, which may be kept. */
export async function fetchBlobs(
  places: readonly Required<BlobPlace>[],
  signal?: AbortSignal,
): Promise<readonly (FoundBlob | MissingBlob)[]> {
  const [first] = places;
  if (places.length === 1 && first) {
    const path = blobPath(first.key, first.index);
    const response = await checked(await fetchApi(path, { signal: signal ?? null }));
    const type = response.headers.get("Content-Type") ?? "";
    return [{ bytes: new Uint8Array(await response.arrayBuffer()), type }];
  }
  const response = await checked(await fetchApi("blobs", blobsRequest(places, signal)));
  return decodeBlobs(await response.arrayBuffer());
}

/** Every point as a file. */
export async function fetchSeriesFile(query: SeriesQuery, form: "csv" | "json"): Promise<Blob> {
  return (await postSeries(query, form)).blob();
}

/** An error as a sentence for a person. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return "the server cannot be reached";
  return error instanceof Error ? error.message : String(error);
}
