/** Parses what the server sends, once, at the edge: JSON of unknown shape in, the types of the native API out. */
import type {
  Catalog,
  DataClassName,
  LiveEvents,
  Loading,
  Problem,
  RenderedText,
  RunInfo,
  Status,
  TagInfo,
} from "../server/api/types.ts";
import { type Decoder, fail, flag, list, nullable, number, oneOf, record, text } from "./decoder.ts";

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

const run = record<RunInfo>({
  id: number,
  name: text,
  aliases: list(text),
  start_time: nullable(number),
});

export const dataClass = oneOf<DataClassName>("scalar", "tensor", "blob_sequence", "unknown");

const tag = record<TagInfo>({
  id: number,
  tag: text,
  plugin: text,
  display_name: text,
  data_class: dataClass,
  description: text,
  runs: list(number),
});

const catalog = record<Catalog>({ instance: text, version: number, runs: list(run), tags: list(tag) });

const change: Decoder<readonly [number, readonly number[]]> = (value, path) =>
  Array.isArray(value) && value.length === 2
    ? [number(value[0], `${path}[0]`), list(number)(value[1], `${path}[1]`)]
    : fail("pair", path);

export const decodeStatus = (value: unknown): Status => status(value, "status");
export const decodeCatalog = (value: unknown): Catalog => catalog(value, "catalog");

const renderedText = record<RenderedText>({ html: text });

export const decodeRendered = (value: unknown): string => renderedText(value, "rendered text").html;

/** The payloads of server-sent events by name. */
export const decodeEvent: { [K in keyof LiveEvents]: (value: unknown) => LiveEvents[K] } = {
  hello: (value) => record<LiveEvents["hello"]>({ instance: text, catalog_version: number })(value, "hello"),
  catalog: (value) => record<LiveEvents["catalog"]>({ version: number })(value, "catalog"),
  points: (value) => record<LiveEvents["points"]>({ changed: list(change) })(value, "points"),
  status: decodeStatus,
};
