/** The OpenAPI document against the routes and their answers: it says what there is, and nothing else. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Router } from "express";
import { describe, expect, test } from "vitest";
import type { RecordsJson } from "../../../../server/api/types.ts";
import type { ServerContext } from "../../../../server/http/context.ts";
import { ingestRouter } from "../../../../server/http/native/ingest.ts";
import { document, type OpenApiDocument } from "../../../../server/http/native/openapi/index.ts";
import { nativeRouter } from "../../../../server/http/native/router.ts";
import { Loader } from "../../../../server/ingest/loader.ts";
import { defaultOptions } from "../../../../server/options.ts";
import { StatusSignal } from "../../../../server/status-signal.ts";
import { Store } from "../../../../server/store/store.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);

/** `METHOD path` of every route, with parts of the path in braces. */
function routesOf(router: Router, prefix = ""): string[] {
  return router.stack.flatMap(({ route }) =>
    (route?.stack ?? [])
      .filter(({ method }) => method !== undefined)
      .map(({ method }) => `${method} ${prefix}${route!.path.replace(/:(\w+)/g, "{$1}")}`),
  );
}

function describedRoutes({ paths }: OpenApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
}

function context(): ServerContext {
  const store = new Store();
  const options = { ...defaultOptions, sources: [], logdir: "", ingest: { token: "0123456789abcdef" } };
  return {
    store,
    loader: new Loader(store, [], { reloadInterval: 5, checksum: true, indexCache: null }),
    options,
  };
}

test("every route is described, and every described route is there", () => {
  const routes = [
    ...routesOf(nativeRouter(context(), new StatusSignal())),
    ...routesOf(ingestRouter(context()), "/ingest"),
  ];
  expect(routes.length).toBeGreaterThan(12);
  // Where a route has several handlers, it is there several times.
  expect([...new Set(routes)].sort()).toEqual(describedRoutes(document).sort());
});

test("it is an OpenAPI 3.1 document, and served", async () => {
  const served = await api.getJson<Record<string, unknown>>("openapi.json");
  expect(served).toEqual(JSON.parse(JSON.stringify(document)));
  const { valid, errors } = await new Validator().validate(served);
  expect([valid, errors]).toEqual([true, undefined]);
});

test("operations have names of their own", () => {
  const names = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
ajv.addVocabulary(["openapi", "info", "servers", "paths", "components"]);
ajv.addSchema({ ...JSON.parse(JSON.stringify(document)), $id: "tsboard" });

/** What is wrong with a value, by the schema at a place in the document. */
function complaints(place: readonly string[], value: unknown): unknown {
  const pointer = place
    .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
    .map(encodeURIComponent);
  const validate = ajv.compile({ $ref: `tsboard#/${pointer.join("/")}` });
  validate(value);
  return validate.errors ?? [];
}

const GRAPH = "run=v1_graph";
const ROOT = `${GRAPH}&name=`;
const NODE = `${GRAPH}&name=layer1/MatMul/(MatMul)`;
const STEP = `${GRAPH}&step_tag=step010`;

describe("answers are what it says", () => {
  const parts = [
    "tag=loss",
    "tag=odd/special",
    "tag=loss&overtaken=1",
    "tag=loss&pixels=5&smoothing=0.6",
    "tag=none",
  ];
  const requests: readonly (readonly [path: string, queries: readonly string[]])[] = [
    ["/status", [""]],
    ["/catalog", [""]],
    ["/series", parts],
    [
      "/aggregate",
      ["tag=loss&quantile=0.5", "tag=odd/special&quantile=0", "tag=loss&axis=relative&pixels=9", "tag=none"],
    ],
    ["/last", ["", "tag=odd/special", "run=none", "tag=loss&axis=relative&from=0&to=1"]],
    [
      "/records",
      ["weights/conv1", "examples/digits", "notes/log", "pr", "mesh_1", "keras", "none"].flatMap((tag) => [
        `tag=${tag}`,
        `tag=${tag}&values=1`,
      ]),
    ],
    ["/hparams", [""]],
    ["/meshes", [""]],
    ["/layouts", [""]],
    ["/embeddings", ["", "first=1"]],
    ["/graph", [""]],
    [
      "/graph/scope",
      [ROOT, `${ROOT}&step_tag=step010`, "run=keras/train&tag=keras&type=conceptual&name=sequential"],
    ],
    ["/graph/node", [NODE, `${NODE}&step_tag=step010`, "run=v1_graph&name=layer1"]],
    ["/graph/attribute", [`${NODE}&attribute=T`]],
    ["/graph/search", [`${GRAPH}&text=matmul`, `${GRAPH}&text=T&where=attribute&limit=3`]],
    ["/graph/trace", [`${NODE}&direction=inputs`, `${GRAPH}&name=layer1&direction=both`]],
    ["/graph/table", [STEP, `${STEP}&by=op`]],
    ["/graph/timeline", [STEP]],
    ["/graph/memory", [STEP]],
    ["/graph/diff", [GRAPH, `${GRAPH}&other_run=trace&other_tag=net_trace&other_type=traced`]],
    ["/graph/step_diff", [`${STEP}&other_step_tag=step020`]],
    ["/embeddings/metadata", ["run=tbx/all&name=emb:00003"]],
    ["/openapi.json", [""]],
  ];

  test.each(requests)("%s", async (path, queries) => {
    for (const query of queries) {
      const response = await api.get(`${path.slice(1)}?${query}`);
      expect(response.status).toBe(200);
      const place = ["paths", path, "get", "responses", "200", "content", "application/json", "schema"];
      expect([query, complaints(place, await response.json())]).toEqual([query, []]);
    }
  });

  /** Where it is not the tag that a query must have. */
  const queryFor = new Map([
    ["/embeddings", ""],
    ["/embeddings/metadata", "run=tbx/all&name=emb:00003"],
    ["/graph/scope", ROOT],
    ["/graph/node", NODE],
    ["/graph/attribute", `${NODE}&attribute=T`],
    ["/graph/search", `${GRAPH}&text=matmul`],
    ["/graph/trace", `${NODE}&direction=outputs`],
    ["/graph/table", STEP],
    ["/graph/timeline", STEP],
    ["/graph/memory", STEP],
    ["/graph/diff", GRAPH],
    ["/graph/step_diff", STEP],
  ]);

  test("in every form that it names", async () => {
    for (const [path, { get }] of Object.entries(document.paths))
      for (const [type] of Object.entries(get?.responses[200]?.content ?? {})) {
        if (!get?.parameters?.some(({ name }) => name === "format")) continue;
        const query = queryFor.get(path) ?? "tag=loss";
        const response = await api.get(`${path.slice(1)}?${query}`, { Accept: type });
        expect([path, response.status, response.headers.get("content-type")?.split(";")[0]]).toEqual([
          path,
          200,
          type,
        ]);
      }
  });

  test.each(["examples/digits", "audio/tone", "weights/conv1", "notes/table"])("bytes of %s", async (tag) => {
    const types = Object.keys(document.paths["/blob"]?.get?.responses[200]?.content ?? {});
    const { headers } = await api.get(`blob?run=tf2/train&tag=${tag}`);
    expect(types).toContain(headers.get("content-type"));
  });

  test("and so is what stands before several", async () => {
    const { series } = await api.getJson<RecordsJson>("records?tag=weights/conv1&run=tf2/train");
    const blobs = [{ key: series[0]!.key[0]! }, { key: "none" }];
    const answer = Buffer.from(await (await api.post("blobs", { blobs })).arrayBuffer());
    const head = JSON.parse(answer.toString("utf8", 4, 4 + answer.readUInt32LE(0)));
    expect(head).toHaveLength(2);
    expect(complaints(["components", "schemas", "BlobsHead"], head)).toEqual([]);
  });

  test("and so are events", async () => {
    const stop = new AbortController();
    const response = await fetch(new URL("api/v1/events", api.url), { signal: stop.signal });
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes("event: status")) break;
    }
    stop.abort();
    const events = [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)];
    expect(events.map(([, name]) => name)).toEqual(["hello", "status"]);
    for (const [, name, data] of events)
      expect(
        complaints(["components", "schemas", "LiveEvents", "properties", name!], JSON.parse(data!)),
      ).toEqual([]);
  });

  test("a wrong answer would be found", () => {
    const place = ["components", "schemas", "Loading"];
    const right = { loading: false, files: 1, files_read: 1, bytes: 2, bytes_read: 2, points: 3 };
    expect(complaints(place, right)).toEqual([]);
    expect(complaints(place, { ...right, points: "3" })).toHaveLength(1);
    expect(complaints(place, { ...right, more: 1 })).toHaveLength(1);
  });
});

describe("requests are what it says", () => {
  const queries = [
    [
      "/series",
      {
        tag: "loss",
        runs: ["a"],
        axis: "step",
        from: 1,
        to: 2,
        pixels: 3,
        scale: "log",
        smoothing: 0.5,
        overtaken: true,
      },
    ],
    [
      "/aggregate",
      {
        tag: "loss",
        runs: [],
        axis: "relative",
        from: 0,
        to: 9,
        match: "buckets",
        pixels: 7,
        scale: "linear",
        quantiles: [0.5],
      },
    ],
    ["/last", { tags: ["loss"], runs: [], axis: "step", from: 0, to: 1 }],
    ["/blobs", { blobs: [{ key: "k", index: 1 }, { key: "k" }] }],
    [
      "/records",
      { tag: "pr", runs: [], plugin: "pr_curves", from: 0, to: 1, limit: 2, values: true, overtaken: false },
    ],
  ] as const;
  const wrong = [
    ["/series", { runs: ["a"] }],
    ["/series", { tag: "loss", pixels: -1 }],
    ["/series", { tag: "loss", unknown: 1 }],
    ["/aggregate", { tag: "loss", quantiles: [1.5] }],
    ["/last", { tags: "loss" }],
    ["/blobs", { blobs: [{ index: 1 }] }],
    ["/records", { tag: "pr", limit: 0 }],
  ] as const;
  const place = (path: string) => [
    "paths",
    path,
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  ];

  test.each(queries)("%s takes every field by POST", async (path, query) => {
    expect(complaints(place(path), query)).toEqual([]);
    expect((await api.post(path.slice(1), query)).status).toBe(200);
    expect(Object.keys(query).sort()).toEqual(fieldsOf(path));
  });

  test.each(wrong)("%s refuses %j", async (path, query) => {
    expect(complaints(place(path), query)).not.toEqual([]);
    expect((await api.post(path.slice(1), query)).status).toBe(400);
  });

  function fieldsOf(path: string): string[] {
    const schema = document.paths[path]?.post?.requestBody?.content["application/json"]?.schema;
    return Object.keys(schema?.properties ?? {}).sort();
  }
});
