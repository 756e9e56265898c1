/** HParams: sessions of an experiment side by side, by their hyperparameters and metrics. */
import type { Request } from "express";
import { experimentOf } from "../../hparams/experiment.ts";
import { metricRun } from "../../hparams/metric-names.ts";
import { badRequest, notFound } from "../../http/errors.ts";
import { sendJson } from "../../http/json.ts";
import { optional, required } from "../../http/parameters.ts";
import { customElement, type Plugin } from "../plugin.ts";
import { scalarRow } from "../scalars.ts";
import { formatTable, tableOf } from "./download.ts";
import { experimentJson } from "./experiment-json.ts";
import {
  readExperimentRequest,
  readMetricEvalsRequest,
  readSessionGroupsRequest,
  requestJson,
} from "./request.ts";
import { sessionGroups } from "./session-groups.ts";
import { sessionGroupsJson } from "./session-groups-json.ts";

export const hparams: Plugin = {
  name: "hparams",
  tabName: "hparams",
  loading: customElement("tf-hparams-dashboard"),
  routes(router, data) {
    router.all("/experiment", async (request, response) => {
      const asked = readExperimentRequest(await requestJson(request));
      sendJson(response, experimentJson(experimentOf(data, asked)));
    });

    router.all("/session_groups", async (request, response) => {
      const asked = readSessionGroupsRequest(await requestJson(request));
      sendJson(response, sessionGroupsJson(sessionGroups(data, asked)));
    });

    router.all("/metric_evals", async (request, response) => {
      const { session, metric } = readMetricEvalsRequest(await requestJson(request));
      const run = metricRun(session, metric.group);
      const series = data.scalars(run, metric.tag);
      if (!series) throw notFound(`no scalars of tag "${metric.tag}" in run "${run}"`);
      sendJson(response, series.map(scalarRow));
    });

    router.all("/download_data", async (request, response) => {
      const visibility = readVisibility(request);
      const asked = readSessionGroupsRequest(await requestJson(request));
      const { groups } = sessionGroups(data, asked);
      const { includeMetrics } = asked;
      const experiment = experimentOf(data, { includeMetrics, hparamsLimit: 0 });
      const { body, type } = formatTable(
        tableOf(experiment, groups, visibility),
        optional(request, "format"),
      );
      response.type(type).send(body);
    });
  },
};

/** Which columns of the table to show: a JSON list of truth values. */
function readVisibility(request: Request): unknown[] {
  const text = required(request, "columnsVisibility");
  let visibility: unknown;
  try {
    visibility = JSON.parse(text);
  } catch {
    visibility = undefined;
  }
  if (!Array.isArray(visibility)) throw badRequest('parameter "columnsVisibility" is no JSON list');
  return visibility;
}
