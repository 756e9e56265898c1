/** Questions to stock's HTTP API about a kind of summary, and what of an answer does not depend on who wrote. */
import { decode as decodePng } from "fast-png";
import { type Answer, ask, type SavedRequest } from "../tools/stock-answers.ts";

/** A route below `data/plugin/`, and how it is asked about a run and those below it. */
export interface Route {
  readonly path: string;
  /** What of its answer is compared, as Markdown. */
  readonly compared: string;
  /** By request, what was answered. */
  readonly answers: (server: string, run: string) => Promise<Answers>;
}

export type Answers = Readonly<Record<string, unknown>>;

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;

/** A route that answers by run. RustBoard lists tags in the order of its hash maps, another in every process. */
export function byRun(path: string, compared: string): Route {
  const answers = async (server: string, run: string) => {
    const runs = Object.entries(await runsOf(server, path, run)).map(([name, tags]) => [
      name,
      Array.isArray(tags) && tags.every((tag) => typeof tag === "string") ? [...tags].sort() : timeless(tags),
    ]);
    return { [path]: Object.fromEntries(runs) };
  };
  return { path, compared, answers };
}

/** The plugin's tags with their descriptions. */
export function tagsOf(plugin: string): Route {
  return byRun(`${plugin}/tags`, "tags, names, rendered descriptions");
}

/** The time series dashboard's own answer for every tag of a plugin. */
export function timeSeries(plugin: string, compared: string, sample?: number): Route {
  const path = "timeseries/timeSeries";
  const answers = async (server: string, run: string) => {
    const requests = (await runsAndTags(server, `${plugin}/tags`, run)).map((where) => {
      const asked = { plugin, sample, ...Object.fromEntries(new URLSearchParams(where)) };
      return form(path, { requests: JSON.stringify([asked]) });
    });
    return answerAll(server, requests, withoutTimes);
  };
  return { path, compared, answers };
}

/** A POST of a form. */
export function form(url: string, fields: Record<string, string>): SavedRequest {
  const body = new URLSearchParams(fields).toString();
  return { url, body, type: "application/x-www-form-urlencoded" };
}

/** A POST of JSON. */
export function post(url: string, content: object): SavedRequest {
  return { url, body: JSON.stringify(content), type: "application/json" };
}

/** A route asked for every tag that `tagsPath` lists; `parameters` go with each request, one request each. */
export function perTag(
  path: string,
  compared: string,
  options: { tagsPath?: string; parameters?: readonly string[]; compare?: (answer: Answer) => unknown } = {},
): Route {
  const { tagsPath = `${path.split("/")[0]}/tags`, parameters = [""], compare = withoutTimes } = options;
  const answers = async (server: string, run: string) => {
    const requests = (await runsAndTags(server, tagsPath, run)).flatMap((where) =>
      parameters.map((extra) => `${path}?${where}${extra}`),
    );
    return answerAll(
      server,
      requests.map((url) => ({ url })),
      compare,
    );
  };
  return { path, compared, answers };
}

/** Blobs (images, sounds) behind the `query` of each point that a route answers. */
export function blobs(
  path: string,
  pointsPath: string,
  compared: string,
  compare: (answer: Answer) => unknown,
): Route {
  const answers = async (server: string, run: string) => {
    const all: Record<string, unknown> = {};
    for (const where of await runsAndTags(server, `${pointsPath.split("/")[0]}/tags`, run))
      for (const sample of [0, 1, 2]) {
        const points = await json(server, { url: `${pointsPath}?${where}&sample=${sample}` });
        for (const [i, point] of (Array.isArray(points) ? points : []).entries())
          all[`${where}, sample ${sample}, point ${i}`] = compare(
            await get(server, { url: `${path}?${field(point, "query")}` }),
          );
      }
    return all;
  };
  return { path, compared, answers };
}

/** Requests that are the same for every run. */
export function fixed(
  path: string,
  compared: string,
  requests: readonly SavedRequest[],
  compare: (answer: Answer) => unknown = withoutTimes,
): Route {
  return { path, compared, answers: (server) => answerAll(server, requests, compare) };
}

/** JSON as it is, but for wall times and the keys of blobs, which each writer and server makes up. */
export function withoutTimes({ status, body, type }: Answer): unknown {
  if (type === "application/json") return { status, json: timeless(JSON.parse(body.toString())) };
  return { status, type, body: body.toString("base64") };
}

/** A list of [wall time, step, …]. */
export function points({ status, body }: Answer): unknown {
  const rows: unknown = JSON.parse(body.toString());
  return { status, points: Array.isArray(rows) ? rows.map((row: unknown[]) => row.slice(1)) : rows };
}

/** The same by run or tag: `[wall time, step, …]` anywhere within. */
export function pointsWithin({ body, ...others }: Answer): unknown {
  return withoutTimes({ ...others, body: Buffer.from(body.toString().replace(/\[\d+(\.\d+)?, /g, "[")) });
}

/** CSV whose first column is a wall time. */
export function csv({ status, body }: Answer): unknown {
  const lines = body.toString().split("\r\n");
  return { status, lines: lines.map((line) => line.replace(/^[\d.]+,/, "")) };
}

/** A PNG as its pixels, since encoders differ; other images byte by byte. */
export function pixels({ status, type, body }: Answer): unknown {
  if (type !== "image/png") return { status, type, body: body.toString("base64") };
  const { width, height, channels, data } = decodePng(body);
  return { status, type, width, height, channels, data: Buffer.from(data).toString("base64") };
}

async function answerAll(
  server: string,
  requests: readonly SavedRequest[],
  compare: (answer: Answer) => unknown,
): Promise<Answers> {
  const entries = requests.map(async (request) => {
    const name = request.body === undefined ? request.url : `${request.url} ${request.body}`;
    return [name, compare(await get(server, request))];
  });
  return Object.fromEntries(await Promise.all(entries));
}

export function get(server: string, request: SavedRequest): Promise<Answer> {
  return ask(server, { ...request, url: `data/plugin/${request.url}` });
}

async function json(server: string, request: SavedRequest): Promise<Json> {
  const { status, body } = await get(server, request);
  return status === 200 ? JSON.parse(body.toString()) : null;
}

/** Of an answer by run, the run and those below it. */
export async function runsOf(server: string, path: string, run: string): Promise<Record<string, Json>> {
  const all = await json(server, { url: path });
  const mine = Object.entries(all ?? {}).filter(([name]) => name === run || name.startsWith(`${run}/`));
  return Object.fromEntries(mine);
}

/** `run=…&tag=…` of every tag of the run and those below it. */
async function runsAndTags(server: string, path: string, run: string): Promise<string[]> {
  return Object.entries(await runsOf(server, path, run)).flatMap(([name, tags]) => {
    const list = Array.isArray(tags) ? tags : Object.keys(tags ?? {});
    return list.map((tag) => `run=${encodeURIComponent(name)}&tag=${encodeURIComponent(String(tag))}`);
  });
}

const MADE_UP = new Set(["wall_time", "wallTime", "wallTimeSecs", "query", "imageId", "blob_key"]);

function timeless(value: Json): Json {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !MADE_UP.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, timeless(item)]));
}

function field(value: Json, name: string): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? ((value as { readonly [key: string]: Json })[name] ?? null)
    : null;
}
