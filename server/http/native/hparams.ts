/** `/api/v1/hparams`: the sessions of all experiments with what they were given and what came of it. */
import type { Request, Response } from "express";
import { pb } from "../../../proto/index.ts";
import type { HParamsJson, HParamsSession, SessionMetric } from "../../api/types.ts";
import { allExperiments } from "../../hparams/all-experiments.ts";
import { type Session, sessions } from "../../hparams/metadata.ts";
import { metricRun } from "../../hparams/metric-names.ts";
import { scalarOf } from "../../hparams/value.ts";
import { renderMarkdown } from "../../markdown/index.ts";
import { DataProvider } from "../../plugins/data-provider.ts";
import { endsOf, type Point } from "../../store/series-ends.ts";
import { Breather } from "../../util/breather.ts";
import type { ServerContext } from "../context.ts";

export async function answerHParams(
  context: ServerContext,
  _request: Request,
  response: Response,
): Promise<void> {
  const data = new DataProvider(context);
  const all = sessions(data);
  const experiments = allExperiments(data, all);
  const hparams = experiments.hparams.map(({ name, displayName, description }) => ({
    name: name ?? "",
    display_name: displayName ?? "",
    description: renderMarkdown(description ?? ""),
  }));
  const metrics = experiments.metrics.map(({ name, displayName, description }) => ({
    tag: name?.tag ?? "",
    group: name?.group ?? "",
    display_name: displayName ?? "",
    description: renderMarkdown(description ?? ""),
  }));
  const found: HParamsSession[] = [];
  const breather = new Breather();
  for (const session of all) {
    found.push({
      ...about(session),
      values: hparams.map(({ name }) => finite(scalarOf(session.hparams.get(name)))),
      metrics: metrics.map(({ tag, group }) => metricOf(context, metricRun(session.name, group), tag)),
    });
    await breather.pause();
  }
  const answer: HParamsJson = { hparams, metrics, sessions: found };
  response.json(answer);
}

const { Status } = pb.hparams;
const STATUSES = {
  [Status.STATUS_UNKNOWN]: "unknown",
  [Status.STATUS_SUCCESS]: "success",
  [Status.STATUS_FAILURE]: "failure",
  [Status.STATUS_RUNNING]: "running",
} as const;

function about({ name, start, end }: Session) {
  // One that never said that it ended may run still, or have been killed.
  const status: pb.hparams.Status = end?.status ?? Status.STATUS_UNKNOWN;
  return {
    run: name,
    trial: start.groupName || name,
    status: STATUSES[status] ?? "unknown",
    start_time: start.startTimeSecs || null,
    end_time: end?.endTimeSecs || null,
  };
}

/** NaN and infinities have no form in JSON. */
function finite<T>(value: T): T | null {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function metricOf({ store }: ServerContext, run: string, tag: string): SessionMetric | null {
  const series = store.run(run)?.series.get(tag);
  if (series?.kind !== "scalars") return null;
  const ends = endsOf(series.data);
  if (!ends) return null;
  const numberAt = (point: Point | null) => finite(point?.value ?? null);
  return {
    last: numberAt(ends.last),
    step: Number(ends.last.step),
    min: numberAt(ends.min),
    max: numberAt(ends.max),
  };
}
