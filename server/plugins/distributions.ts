/** Distributions: histograms seen from above, as nine quantiles per step. */

import { quantilePoints } from "../../values/quantiles.ts";
import { brokenData, notFound } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { histogramBins } from "./histogram-bins.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";

/** Distributions shown of a series, where that many are kept. */
const DISTRIBUTIONS = 501;

export const distributions: Plugin = {
  name: "distributions",
  tabName: "distributions",
  loading: customElement("tf-distribution-dashboard"),
  dataPlugins: ["histograms"],
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      sendJson(response, await tagIndex(data, "histograms", DataClass.DATA_CLASS_TENSOR, displayOf));
    });

    router.get("/distributions", async (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const series = await data.tensors("histograms", run, tag, DISTRIBUTIONS);
      if (!series) throw notFound(`no histograms of tag "${tag}" in run "${run}"`);
      const rows = series.map(({ wallTime, step, value }) => {
        const bins = histogramBins(value);
        if (bins === null)
          throw brokenData(
            `"${tag}" in run "${run}" has a value of shape [${value.shape.join(", ")}] at step ${step}, ` +
              "not [buckets, 3]",
          );
        return [wallTime, step, quantilePoints(bins)];
      });
      sendJson(response, rows);
    });
  },
};
