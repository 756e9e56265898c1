/** Graphs: what a run computes, as TensorFlow built it, as a traced function ran it, and as Keras sees its layers. */
import type { Request } from "express";
import { GraphError } from "../../../graph/graph-error.ts";
import { printText } from "../../../proto/text-format.ts";
import { type AttrLimit, withoutLargeAttrs } from "../../graphs/large-attrs.ts";
import { GRAPH_PLUGINS } from "../../graphs/plugins.ts";
import { type GraphSource, readGraph, readRunMetadata } from "../../graphs/read.ts";
import { badRequest, HttpError, notFound } from "../../http/errors.ts";
import { sendJson } from "../../http/json.ts";
import { optional, required } from "../../http/parameters.ts";
import { customElement, type Plugin } from "../plugin.ts";
import { graphsInfo } from "./info.ts";

/** Protobuf text, as stock has it. */
const PBTXT = "text/x-protobuf; charset=utf-8";

export const graphs: Plugin = {
  name: "graphs",
  tabName: "graphs",
  loading: customElement("tf-graph-dashboard"),
  disableReload: true,
  dataPlugins: GRAPH_PLUGINS,
  routes(router, data) {
    router.get("/info", (_request, response) => sendJson(response, graphsInfo(data)));

    router.get("/graph", async (request, response) => {
      const limit = attrLimit(request);
      const graph = await found(readGraph(data, graphSource(request)), request);
      const shown = limit ? withoutLargeAttrs(graph, limit) : graph;
      response.setHeader("Content-Type", PBTXT);
      response.send(printText("tensorboard.GraphDef", shown, "str"));
    });

    router.get("/run_metadata", async (request, response) => {
      const tag = required(request, "tag");
      const metadata = await found(readRunMetadata(data, required(request, "run"), tag), request);
      response.setHeader("Content-Type", PBTXT);
      response.send(printText("tensorboard.RunMetadata", metadata, "str"));
    });
  },
};

function graphSource(request: Request): GraphSource {
  const run = required(request, "run");
  const tag = optional(request, "tag");
  const conceptual = optional(request, "conceptual") === "true";
  return { run, tag, conceptual };
}

/** @throws HttpError 404 when there is no such value, 500 in words when its bytes are not what they should be */
async function found<T>(reading: Promise<T | undefined>, request: Request): Promise<T> {
  const value = await reading.catch((error: unknown) => {
    throw error instanceof GraphError ? new HttpError(500, error.message) : error;
  });
  if (value !== undefined) return value;
  const tag = optional(request, "tag");
  const what = tag === undefined ? "graph" : `graph or metadata of tag "${tag}"`;
  throw notFound(`no ${what} in run "${optional(request, "run")}"`);
}

/** @throws HttpError 400 when the limit is no size, or nothing says where the names of large ones go */
function attrLimit(request: Request): AttrLimit | undefined {
  const size = optional(request, "limit_attr_size");
  if (size === undefined) return undefined;
  const bytes = Number(size);
  if (!/^\s*[+-]?\d+\s*$/.test(size)) throw badRequest('parameter "limit_attr_size" is not a whole number');
  if (bytes <= 0) throw badRequest('parameter "limit_attr_size" must be more than 0');
  return { bytes, key: required(request, "large_attrs_key") };
}
