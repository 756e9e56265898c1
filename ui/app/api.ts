/** The client of the native API. Addresses are relative to the page, so any path prefix works. */
import type { Catalog, SeriesQuery, Status } from "../../server/api/types.ts";
import { decodeCatalog, decodeStatus } from "./decode.ts";
import { decodeSeriesTable, type RunSeries } from "./series-table.ts";

const BASE = "api/v1/";
export const EVENTS_ADDRESS = `${BASE}events`;

const MEDIA_TYPES = {
  arrow: "application/vnd.apache.arrow.stream",
  csv: "text/csv",
  json: "application/json",
} as const;

/** An answer other than 2xx, with the server's own words where it gave any. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = (await response.text()).slice(0, 500).trim();
  throw new ApiError(response.status, sentence(body) ?? `the server answered ${response.status}`);
}

/** Takes `error` or `message` out of a JSON body, or the body itself when it is plain text. */
function sentence(body: string): string | undefined {
  if (body === "" || body.startsWith("<")) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return body;
    const fields = new Map<string, unknown>(Object.entries(parsed));
    const text = fields.get("error") ?? fields.get("message");
    return typeof text === "string" ? text : undefined;
  } catch {
    return body;
  }
}

export async function fetchStatus(signal?: AbortSignal): Promise<Status> {
  const response = await checked(await fetch(`${BASE}status`, { cache: "no-store", signal: signal ?? null }));
  return decodeStatus(await response.json());
}

let etag: string | null = null;

/** The catalog, or null when it has not changed since the last call that gave one. */
export async function fetchCatalog(force: boolean): Promise<Catalog | null> {
  const headers = new Headers();
  if (etag !== null && !force) headers.set("If-None-Match", etag);
  const response = await fetch(`${BASE}catalog`, { cache: "no-store", headers });
  if (response.status === 304) return null;
  await checked(response);
  etag = response.headers.get("ETag");
  return decodeCatalog(await response.json());
}

async function postSeries(query: SeriesQuery, form: keyof typeof MEDIA_TYPES, signal?: AbortSignal) {
  const response = await fetch(`${BASE}series`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: MEDIA_TYPES[form] },
    body: JSON.stringify(query),
    signal: signal ?? null,
  });
  return checked(response);
}

export async function fetchSeries(query: SeriesQuery, signal?: AbortSignal): Promise<RunSeries[]> {
  const response = await postSeries(query, "arrow", signal);
  return decodeSeriesTable(new Uint8Array(await response.arrayBuffer()));
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
