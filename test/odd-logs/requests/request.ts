/** A request that is put to stock TensorBoard and to us, and the answer in a form that can be saved and compared. */
import { type Answer, ask, type SavedRequest } from "../../tools/stock-answers.ts";

export interface OddRequest extends SavedRequest {
  /** A listing whose row's `query` (or `imageId`) comes behind the URL: keys of blobs are each server's own. */
  readonly key?: { readonly listing: SavedRequest; readonly row: number };
}

/** A request in a line, for messages. */
export function nameOf({ url, body = "", key }: OddRequest): string {
  return `${url} ${body}${key ? ` of row ${key.row} of ${nameOf(key.listing)}` : ""}`.trim();
}

/** What a server answers. */
export async function answerTo(base: string, request: OddRequest): Promise<Answer> {
  if (!request.key) return ask(base, request);
  const { listing, row } = request.key;
  const { body } = await ask(base, listing);
  const query = keysIn(JSON.parse(body.toString()))[row];
  if (query === undefined) throw new Error(`row ${row} of ${listing.url} has no blob`);
  return ask(base, { ...request, url: `${request.url}?${query}` });
}

/** The queries that stand for blobs in a listing, in order. */
export function keysIn(listing: unknown): string[] {
  if (Array.isArray(listing)) return listing.flatMap(keysIn);
  if (typeof listing !== "object" || listing === null) return [];
  return Object.entries(listing).flatMap(([name, value]) => {
    if (name === "query" && typeof value === "string") return [value];
    if (name === "imageId" && typeof value === "string") return [`imageId=${encodeURIComponent(value)}`];
    return keysIn(value);
  });
}

const DATA = "data/plugin/";

/** A GET below `data/plugin/`. */
export function get(route: string, parameters: Record<string, string | number> = {}): OddRequest {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return { url: `${DATA}${route}${query === "" ? "" : `?${query}`}` };
}

/** A POST of a form. */
export function form(route: string, ...fields: (readonly [string, string])[]): OddRequest {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  return { url: DATA + route, body, type: "application/x-www-form-urlencoded" };
}

/** A POST of JSON. */
export function post(route: string, content: unknown): OddRequest {
  return { url: DATA + route, body: JSON.stringify(content), type: "application/json" };
}

/** A server that is asked what there is, to be asked about it. */
export class Asked {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** What it answers as JSON; undefined where it fails. */
  async json(request: OddRequest): Promise<unknown> {
    const { status, body } = await answerTo(this.base, request);
    return status === 200 ? JSON.parse(body.toString()) : undefined;
  }

  /** [run, tag, what is said of it] of a plugin's `tags`. */
  async tags(plugin: string): Promise<[run: string, tag: string, about: Record<string, unknown>][]> {
    const runs = (await this.json(get(`${plugin}/tags`))) as Record<string, unknown> | undefined;
    return Object.entries(runs ?? {}).flatMap(([run, tags]) =>
      Array.isArray(tags)
        ? tags.map((tag): [string, string, Record<string, unknown>] => [run, String(tag), {}])
        : Object.entries(tags as Record<string, Record<string, unknown>>).map(
            ([tag, about]): [string, string, Record<string, unknown>] => [run, tag, about],
          ),
    );
  }
}
