/** Parses what the server sends, once, at the edge: JSON of unknown shape in, the types of the native API out. */
import type {
  Catalog,
  LiveEvents,
  Loading,
  Problem,
  RunInfo,
  SeriesArrowMetadata,
  Status,
  TagInfo,
} from "../../server/api/types.ts";

type Decoder<T> = (value: unknown, path: string) => T;

function fail(expected: string, path: string): never {
  throw new TypeError(`the server's answer has no ${expected} at ${path}`);
}

const text: Decoder<string> = (value, path) => (typeof value === "string" ? value : fail("text", path));
const number: Decoder<number> = (value, path) => (typeof value === "number" ? value : fail("number", path));
const flag: Decoder<boolean> = (value, path) =>
  typeof value === "boolean" ? value : fail("true or false", path);

function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null || value === undefined ? null : decode(value, path));
}

function list<T>(decode: Decoder<T>): Decoder<T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item, i) => decode(item, `${path}[${i}]`)) : fail("list", path);
}

function record<T>(fields: { [K in keyof T]-?: Decoder<T[K]> }): Decoder<T> {
  return (value, path) => {
    if (typeof value !== "object" || value === null) return fail("object", path);
    const source = new Map<string, unknown>(Object.entries(value));
    const result: Partial<T> = {};
    for (const key in fields) result[key] = fields[key](source.get(key), `${path}.${key}`);
    return result as T; // every key of T was decoded in the loop above
  };
}

const loading = record<Loading>({
  loading: flag,
  files: number,
  files_read: number,
  bytes: number,
  bytes_read: number,
  points: number,
});

const problem = record<Problem>({ file: text, offset: nullable(number), message: text });

const status = record<Status>({
  version: text,
  instance: text,
  logdir: text,
  window_title: text,
  logdir_readable: flag,
  logdir_problem: nullable(text),
  loading,
  problems: list(problem),
});

const run = record<RunInfo>({ id: number, name: text, start_time: nullable(number) });

const tag = record<TagInfo>({
  id: number,
  tag: text,
  plugin: text,
  display_name: text,
  description: text,
  runs: list(number),
});

const catalog = record<Catalog>({ instance: text, version: number, runs: list(run), tags: list(tag) });

const change: Decoder<[number, number[]]> = (value, path) =>
  Array.isArray(value) && value.length === 2
    ? [number(value[0], `${path}[0]`), list(number)(value[1], `${path}[1]`)]
    : fail("pair", path);

const arrowMetadata = record<SeriesArrowMetadata>({
  tag: text,
  series: list(record({ run: text, rows: number, total: number, in_range: number, origin: number })),
});

export const decodeStatus = (value: unknown): Status => status(value, "status");
export const decodeCatalog = (value: unknown): Catalog => catalog(value, "catalog");
export const decodeSeriesMetadata = (value: unknown): SeriesArrowMetadata => arrowMetadata(value, "series");

/** The payloads of server-sent events by name. */
export const decodeEvent: { [K in keyof LiveEvents]: (value: unknown) => LiveEvents[K] } = {
  hello: (value) => record<LiveEvents["hello"]>({ instance: text, catalog_version: number })(value, "hello"),
  catalog: (value) => record<LiveEvents["catalog"]>({ version: number })(value, "catalog"),
  points: (value) => record<LiveEvents["points"]>({ changed: list(change) })(value, "points"),
  status: decodeStatus,
};
