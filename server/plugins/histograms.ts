/** Histograms: buckets of a tensor's values per step. */
import { notFound } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";
import { tensorList } from "./tensor-list.ts";

/** Histograms shown of a series: fifty intervals between the first step and the last. */
export const HISTOGRAMS = 51;

export const histograms: Plugin = {
  name: "histograms",
  tabName: "histograms",
  loading: customElement("tf-histogram-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      sendJson(response, await tagIndex(data, "histograms", DataClass.DATA_CLASS_TENSOR, displayOf));
    });

    router.get("/histograms", async (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const series = await data.tensors("histograms", run, tag, HISTOGRAMS);
      if (!series) throw notFound(`no histograms of tag "${tag}" in run "${run}"`);
      sendJson(
        response,
        series.map(({ wallTime, step, value }) => [wallTime, step, tensorList(value)]),
      );
    });
  },
};
