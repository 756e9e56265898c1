/** Queries of `/api/v1/series`, answered from the store. */
import type { Request, Response } from "express";
import type { SeriesQuery } from "../../api/types.ts";
import { originOf } from "../../store/axis.ts";
import { branchesOf } from "../../store/branches.ts";
import { gather } from "../../store/gather.ts";
import type { PointArrays } from "../../store/points.ts";
import { reduceSeries } from "../../store/reduce.ts";
import type { ScalarSeries } from "../../store/scalar-series.ts";
import { smoothAt } from "../../store/smooth.ts";
import type { Store } from "../../store/store.ts";
import { Breather } from "../../util/breather.ts";
import type { ServerContext } from "../context.ts";
import { Budget } from "../limits.ts";
import { checkAsker } from "../pieces.ts";
import { type Fields, flag, number, oneOf, readQuery, required, text, texts } from "./fields.ts";
import { sendForm } from "./forms.ts";
import { toArrow, toSeriesCsv, toSeriesJson } from "./series-formats.ts";

/** Columns of one run's series, or of one of its branches, reduced to what was asked for. */
export interface SeriesColumns extends PointArrays {
  readonly run: string;
  /** Which branch; undefined for the series itself. */
  readonly branch: number | undefined;
  /** Points in the series, and in the range before reduction. */
  readonly total: number;
  readonly inRange: number;
  /** Wall time of the series' first point. */
  readonly origin: number;
  readonly smoothed: Float32Array | null;
}

/** Fields that other queries along an axis have as well. */
export const axisFields = {
  tag: required(text("The tag.")),
  runs: texts("run", "Names of runs; all that have the tag when left out. Unknown names are passed over."),
  axis: oneOf(
    ["step", "wall_time", "relative"],
    "The axis: steps (default), seconds since the epoch, or seconds since the run's first point of the tag.",
  ),
  from: number("Start of the range on the axis, inclusive."),
  to: number("End of the range, inclusive."),
  scale: oneOf(["linear", "log"], "Whether buckets are even in x (default) or in log10 x."),
} satisfies Partial<Fields<SeriesQuery>>;

export const seriesFields: Fields<SeriesQuery> = {
  ...axisFields,
  pixels: number(
    "The range is cut into so many buckets, and of each the points of smallest and of largest value and one NaN stay. 0 (default): every point.",
    { least: 0, most: 100_000 },
  ),
  smoothing: number("Weight of TensorBoard's smoothing: adds `smoothed`. 0 (default): none.", {
    least: 0,
    most: 0.99999,
  }),
  overtaken: flag("Instead of the series, what restarts overtook of it, branch by branch."),
};

export async function answerSeries(
  { store }: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const query = await readQuery(request, seriesFields);
  const answer = await answerWhileAsked(store, query, response);
  sendForm(request, response, {
    json: () => toSeriesJson(query.tag, answer),
    arrow: () => toArrow(query.tag, answer),
    csv: () => toSeriesCsv(answer),
  });
}

/** The whole answer, at once. @throws HttpError 413 when it is more than an answer holds */
export function answerQuery(store: Store, query: SeriesQuery): SeriesColumns[] {
  return [...columnsByRun(store, query)];
}

/** Others have the thread in between. */
async function answerWhileAsked(
  store: Store,
  query: SeriesQuery,
  response: Response,
): Promise<SeriesColumns[]> {
  const breather = new Breather();
  const answer: SeriesColumns[] = [];
  for (const columns of columnsByRun(store, query)) {
    answer.push(columns);
    await breather.pause();
    checkAsker(response);
  }
  return answer;
}

function* columnsByRun(store: Store, query: SeriesQuery): Generator<SeriesColumns> {
  const budget = new Budget('fewer runs, a range ("from", "to"), or "pixels"');
  for (const run of new Set(query.runs ?? store.runs().map(({ name }) => name))) {
    const series = store.run(run)?.scalars(query.tag);
    if (!series || series.length === 0) continue;
    const origin = originOf(series);
    if (!query.overtaken) yield columnsOf(run, undefined, series, origin, query, budget);
    else
      for (const [i, branch] of branchesOf(series).entries())
        yield columnsOf(run, i, branch, origin, query, budget);
  }
}

function columnsOf(
  run: string,
  branch: number | undefined,
  series: ScalarSeries,
  origin: number,
  query: SeriesQuery,
  budget: Budget,
): SeriesColumns {
  const { rows, inRange } = reduceSeries(series, {
    axis: query.axis ?? "step",
    from: query.from ?? Number.NEGATIVE_INFINITY,
    to: query.to ?? Number.POSITIVE_INFINITY,
    pixels: query.pixels ?? 0,
    scale: query.scale ?? "linear",
    origin,
  });
  budget.take(rows.length);
  const smoothed = query.smoothing ? smoothAt(series, rows, query.smoothing) : null;
  return { run, branch, total: series.length, inRange, origin, ...gather(series, rows), smoothed };
}
