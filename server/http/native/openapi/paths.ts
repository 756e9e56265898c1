/** The routes of the native API, described one by one. */
import { aggregateFields } from "../aggregate-query.ts";
import { blobsFields } from "../blobs.ts";
import { embeddingFields, embeddingsFields, vectorsFields } from "../embeddings/queries.ts";
import { schemaOf } from "../fields.ts";
import { lastFields } from "../last-query.ts";
import { recordsFields } from "../records-query.ts";
import type { Schema } from "../schema.ts";
import { seriesFields } from "../series-query.ts";
import {
  aggregate,
  catalog,
  embeddings,
  ingestAnswer,
  last,
  pointMetadata,
  records,
  renderedText,
  series,
  status,
} from "./components.ts";
import { graphPaths } from "./graph-paths.ts";
import { hparams } from "./hparams-components.ts";
import { layout, layouts, meshes } from "./layout-components.ts";
import {
  type Answer,
  failures,
  type Operation,
  type Parameter,
  type PathItem,
  plainQuery,
  plainQueryPath,
  queryPath,
} from "./operations.ts";

const json = (schema: Schema) => ({ "application/json": { schema } });

const inQuery = (name: string, description: string, schema: Schema, required = false): Parameter => ({
  name,
  in: "query",
  required,
  description,
  schema,
});

const etag = { ETag: { description: "Changes with the answer.", schema: { type: "string" } as const } };
const unchanged: Answer = { description: "Nothing has changed since the ETag in If-None-Match was given." };

const bytes: Answer = {
  description:
    "The bytes: an image or a sound where they are one that browsers show, else bytes. Strings of tensors are UTF-8.",
  headers: {
    "Tensor-Dtype": {
      description: "Of a numeric tensor: its type; the bytes are its numbers, little-endian and row-major.",
      schema: { type: "string" },
    },
    "Tensor-Shape": {
      description: "Of a numeric tensor: its dimensions, with commas between.",
      schema: { type: "string" },
    },
  },
  content: Object.fromEntries(
    [
      "image/png",
      "image/jpeg",
      "image/gif",
      "image/bmp",
      "image/webp",
      "audio/wav",
      "audio/ogg",
      "audio/flac",
      "audio/mpeg",
      "audio/mp4",
      "audio/aiff",
      "application/octet-stream",
    ].map((type) => [type, {}]),
  ),
};

const statusPath: Operation = {
  operationId: "status",
  summary: "What the server reads, how far it has come, and what is wrong with the logs",
  responses: { 200: { description: "The status.", content: json(status) }, 403: failures[403] },
};

const catalogPath: Operation = {
  operationId: "catalog",
  summary: "Every run and tag",
  responses: {
    200: { description: "The catalog.", headers: etag, content: json(catalog) },
    304: unchanged,
    403: failures[403],
  },
};

const eventsPath: Operation = {
  operationId: "events",
  summary: "What is new, as server-sent events",
  description:
    "The data of each event is JSON: that property of `LiveEvents` which has the event's name. `hello` comes first: where its instance is not the one known, everything is to be fetched again.",
  responses: {
    200: {
      description: "Events, until the client goes.",
      content: { "text/event-stream": { schema: { type: "string" } } },
    },
    403: failures[403],
  },
};

const blobPath: Operation = {
  operationId: "blob",
  summary: "The bytes of one value, by run, tag and step",
  parameters: [
    inQuery("run", "Name of the run.", { type: "string" }, true),
    inQuery("tag", "The tag.", { type: "string" }, true),
    inQuery("step", "The step; the newest value when left out.", { type: "integer" }),
    inQuery("index", "Which of the value's blobs, from 0 (default).", { type: "integer", minimum: 0 }),
  ],
  responses: {
    200: { ...bytes, headers: { ...bytes.headers, ...etag } },
    304: unchanged,
    400: failures[400],
    403: failures[403],
    404: failures[404],
  },
};

const blobByKeyPath: Operation = {
  operationId: "blobByKey",
  summary: "The bytes of one value, by the key that `records` gave",
  description: "They never change, and may be kept for good.",
  parameters: [
    { name: "key", in: "path", required: true, schema: { type: "string" } },
    {
      name: "index",
      in: "path",
      required: true,
      description: "Which of the value's blobs, from 0; of a numeric tensor, 0 is all of it.",
      schema: { type: "integer", minimum: 0 },
    },
  ],
  responses: { 200: bytes, 400: failures[400], 403: failures[403], 404: failures[404] },
};

const blobsPath: Operation = {
  operationId: "blobs",
  summary: "The bytes of several values in one answer, by the keys that `records` gave",
  description:
    "The answer begins with a little-endian uint32: the length of the JSON that follows, `BlobsHead` in UTF-8. After that come the bytes themselves, in the same order, with nothing between them. What is not there (any more), or would make all bytes together more than 16 MB, is told in its place, and the rest is given.",
  requestBody: { required: true, content: json(schemaOf(blobsFields)) },
  responses: {
    200: { description: "Head and bytes.", content: { "application/octet-stream": {} } },
    400: failures[400],
    403: failures[403],
    413: failures[413],
  },
};

const hparamsPath: Operation = {
  operationId: "hparams",
  summary: "Sessions with their hyperparameters and metrics",
  responses: {
    200: { description: "The table.", content: json(hparams) },
    400: failures[400],
    403: failures[403],
  },
};

const meshesPath: Operation = {
  operationId: "meshes",
  summary: "Which series make a mesh",
  responses: { 200: { description: "The meshes.", content: json(meshes) }, 403: failures[403] },
};

const layoutsPath: Operation = {
  operationId: "layouts",
  summary: "Layouts of custom scalars",
  responses: { 200: { description: "The layouts.", content: json(layouts) }, 403: failures[403] },
};

const layoutFilePath: Operation = {
  operationId: "layoutFile",
  summary: "An event file that holds a layout",
  description:
    "In a folder of the logs, it has every reader of them show the layout. Nothing is written by this.",
  requestBody: { required: true, content: json(layout) },
  responses: {
    200: { description: "The file.", content: { "application/octet-stream": {} } },
    400: failures[400],
    403: failures[403],
    413: failures[413],
  },
};

const renderedPath: Operation = {
  operationId: "rendered",
  summary: "A text as HTML, by the key that `records` gave",
  description:
    "Its Markdown is rendered, and made safe to show; vectors and matrices of text are tables. It never changes, and may be kept for good.",
  parameters: [{ name: "key", in: "path", required: true, schema: { type: "string" } }],
  responses: {
    200: { description: "The text.", content: json(renderedText) },
    403: failures[403],
    404: failures[404],
  },
};

const openApiPath: Operation = {
  operationId: "openApi",
  summary: "This document",
  responses: { 200: { description: "The document.", content: json({ type: "object" }) }, 403: failures[403] },
};

const ingestPath: Operation = {
  operationId: "ingestEvents",
  summary: "Takes records of an event file; only where the server was started with --ingest",
  description: "Records that are there already are not written again, so a request may be repeated.",
  security: [{ token: [] }],
  parameters: [
    inQuery("run", "Name of the run.", { type: "string" }, true),
    inQuery(
      "writer",
      "8 to 64 letters, digits, `-` and `_` that tell writers apart.",
      { type: "string" },
      true,
    ),
    inQuery("started", "When the writer started, whole seconds since the epoch.", {
      type: "integer",
      minimum: 0,
    }),
    {
      name: "Upload-Offset",
      in: "header",
      required: true,
      description: "Bytes that the writer wrote before these.",
      schema: { type: "integer", minimum: 0 },
    },
  ],
  requestBody: {
    required: true,
    description: "Whole records (TFRecord frames) of the event file that the writer writes.",
    content: { "application/octet-stream": {} },
  },
  responses: {
    200: { description: "They are there.", content: json(ingestAnswer) },
    400: failures[400],
    401: { ...failures[403], description: "The token is missing or wrong." },
    403: { ...failures[403], description: "Neither this machine nor this origin may write here." },
    404: { ...failures[404], description: "This server takes no events." },
    409: { description: "Bytes are missing in between.", content: json(ingestAnswer) },
    413: failures[413],
    507: { ...failures[413], description: "The disk is full." },
  },
};

const vectorsAnswer: Answer = {
  description: "Float32, little-endian, row by row.",
  headers: {
    "Tensor-Shape": {
      description: "Rows and columns of the answer, with a comma between.",
      schema: { type: "string" },
    },
    "Total-Rows": { description: "Rows that there are in all.", schema: { type: "integer" } },
    Problems: {
      description:
        "What is wrong with the file, as an escaped list in JSON. Rows that do not fit are there, and NaN.",
      schema: { type: "string" },
    },
  },
  content: { "application/octet-stream": {} },
};

const spriteAnswer: Answer = {
  description: "The image, in which those of the points stand row by row.",
  content: Object.fromEntries(
    ["image/png", "image/jpeg", "image/gif", "image/bmp", "application/octet-stream"].map((type) => [
      type,
      {},
    ]),
  ),
};

export const paths: Readonly<Record<string, PathItem>> = {
  "/status": { get: statusPath },
  "/catalog": { get: catalogPath },
  "/series": queryPath({
    name: "series",
    summary: "Points of a tag over runs",
    description:
      "Reduced to a pixel budget, so that the line looks the same and a spike never vanishes; or all of them.",
    fields: seriesFields,
    answer: series,
    forms: {
      arrow:
        "columns `run`, `branch` (with `overtaken`), `step`, `wall_time`, `value`, `smoothed` (with `smoothing`); the schema's metadata `tsboard` has the totals as JSON.",
      csv: "columns Run, Branch (with `overtaken`), Wall time, Step, Value.",
    },
  }),
  "/aggregate": queryPath({
    name: "aggregate",
    summary: "Mean, standard deviation, extremes and quantiles of a tag over runs",
    description:
      "With `match=steps` there is a row for every step that any of the runs has, over those that have it. With `match=buckets` a run's value in a bucket is the mean of its points there, or, where it has points before and after but none in it, where the line between those passes the bucket's middle; `min` and `max` are still those of points. NaN counts in `nans` only. Points that restarts overtook do not count.",
    fields: aggregateFields,
    answer: aggregate,
    forms: {
      arrow: "columns `x`, `count`, `nans`, `mean`, `std`, `min`, `max`, and `q0.5` and so on for quantiles.",
      csv: "the same columns.",
    },
  }),
  "/last": queryPath({
    name: "last",
    summary: "Newest, smallest, largest and first value of each series of scalars",
    description: "For picking the best run, or for what runs did over a range.",
    fields: lastFields,
    answer: last,
    forms: {
      arrow:
        "columns `tag`, `run`, `points`, `value`, `step`, `wall_time`, `min`, `min_step`, `min_wall_time`, `max`, `max_step`, `max_wall_time`, `first`, `first_step`, `first_wall_time`.",
      csv: "the same columns.",
    },
  }),
  "/records": queryPath({
    name: "records",
    summary: "Values other than scalars, of a tag in runs between two steps",
    description:
      "What is known of them without reading; with `values` also the tensors themselves. Blobs (images, sounds, graphs) have addresses of their own: `/blob/{key}/{index}`.",
    fields: recordsFields,
    answer: records,
    forms: {
      arrow:
        "columns `run`, `step`, `wall_time`, `bytes`, `blobs`, `key`; with `values` also `dtype`, `shape`, and `data` or `text`.",
    },
    failures: [413],
  }),
  "/embeddings": queryPath({
    name: "embeddings",
    summary: "Runs with embeddings, and what there is of each",
    description: "What the config of a run, or its latest checkpoint, holds for the projector.",
    fields: embeddingsFields,
    answer: embeddings,
    forms: {},
  }),
  "/embeddings/vectors": plainQueryPath({
    name: "vectors",
    summary: "Vectors of an embedding, all of them or a range of rows",
    fields: vectorsFields,
    answer: vectorsAnswer,
  }),
  "/embeddings/metadata": queryPath({
    name: "pointMetadata",
    summary: "What is known of the points of an embedding, column by column",
    description: "Read as TensorBoard's page reads it: a tab in the first line makes it a header.",
    fields: embeddingFields,
    answer: pointMetadata,
    forms: {
      arrow: "the table's own columns; the schema's metadata `tsboard` has rows and problems as JSON.",
    },
    failures: [500],
  }),
  "/embeddings/sprite": {
    get: plainQuery({
      name: "sprite",
      summary: "Images of an embedding's points, in one",
      fields: embeddingFields,
      answer: spriteAnswer,
    }),
  },
  "/embeddings/bookmarks": {
    get: plainQuery({
      name: "bookmarks",
      summary: "Saved views of an embedding, as stock TensorBoard's page writes them",
      fields: embeddingFields,
      answer: { description: "The file.", content: json({}) },
    }),
  },
  ...graphPaths,
  "/blob": { get: blobPath },
  "/blob/{key}/{index}": { get: blobByKeyPath },
  "/blobs": { post: blobsPath },
  "/rendered/{key}": { get: renderedPath },
  "/hparams": { get: hparamsPath },
  "/meshes": { get: meshesPath },
  "/layouts": { get: layoutsPath },
  "/layouts/file": { post: layoutFilePath },
  "/events": { get: eventsPath },
  "/openapi.json": { get: openApiPath },
  "/ingest/events": { post: ingestPath },
};
