/** Queries of `/api/v1/aggregate`, answered from the store. */
import type { Request, Response } from "express";
import type { AggregateHead, AggregateQuery } from "../../api/types.ts";
import { type AggregateOptions, type AggregateRow, aggregate } from "../../store/aggregate/index.ts";
import type { Store } from "../../store/store.ts";
import type { ServerContext } from "../context.ts";
import { badRequest, HttpError } from "../errors.ts";
import { checkAsker } from "../pieces.ts";
import { toAggregateArrow, toAggregateCsv, toAggregateJson } from "./aggregate-formats.ts";
import { type Fields, number, numbers, oneOf, readQuery } from "./fields.ts";
import { sendForm } from "./forms.ts";
import { axisFields } from "./series-query.ts";

export interface AggregateAnswer extends AggregateHead {
  readonly shares: readonly number[];
  readonly rows: readonly AggregateRow[];
}

export const aggregateFields: Fields<AggregateQuery> = {
  ...axisFields,
  match: oneOf(
    ["steps", "buckets"],
    "Whether runs are compared at the same steps (default on the step axis) or in the same buckets (default on the time axes, on which nothing else will do).",
  ),
  pixels: number(
    "Of matched steps, a budget: the range is cut into so many buckets, and of each the rows of smallest `min`, of largest `max`, and of smallest and largest `mean` stay; 0 (default): every row. Of buckets, how many: default 1,000.",
    { least: 0, most: 100_000, whole: true },
  ),
  quantiles: numbers("quantile", "Shares of which quantiles are wanted: 0.5 is the median.", {
    least: 0,
    most: 1,
    atMost: 32,
  }),
};

const DEFAULT_BUCKETS = 1000;
/** Most values of runs in buckets that are held in memory at a time. */
const MOST_IN_BUCKETS = 1 << 24;

export async function answerAggregate(
  { store }: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const query = await readQuery(request, aggregateFields);
  const answer = await aggregateOf(store, query, () => checkAsker(response));
  sendForm(request, response, {
    json: () => toAggregateJson(answer),
    arrow: () => toAggregateArrow(answer),
    csv: () => toAggregateCsv(answer),
  });
}

/** Most rows where every row is asked for: of each there are several numbers. */
const MOST_ROWS = 1 << 19;

/**
 * @param check called now and then; what it throws ends the work
 * @throws HttpError 400 where the options do not go together, 413 when it is more than an answer holds
 */
export async function aggregateOf(
  store: Store,
  query: AggregateQuery,
  check: () => void = () => {},
): Promise<AggregateAnswer> {
  const options = optionsOf(query);
  const names = new Set(query.runs ?? store.runs().map(({ name }) => name));
  const found = [...names].flatMap((name) => {
    const series = store.run(name)?.scalars(query.tag);
    return series && series.length > 0 ? [{ name, series }] : [];
  });
  if (options.match === "buckets" && found.length * options.pixels > MOST_IN_BUCKETS)
    throw badRequest(
      `${options.pixels} buckets of ${found.length} runs are too many: "pixels" times runs may be ${MOST_IN_BUCKETS}`,
    );
  const { rows, total } = await aggregate(
    found.map(({ series }) => series),
    options,
    (rows) => {
      check();
      if (rows > MOST_ROWS)
        throw new HttpError(
          413,
          `this answer would have more than ${MOST_ROWS} rows, and none has: ask for a range ("from", "to"), or "pixels"`,
        );
    },
  );
  const { axis, match, quantiles: shares } = options;
  return { tag: query.tag, axis, match, runs: found.map(({ name }) => name), total, shares, rows };
}

function optionsOf({ axis = "step", match, pixels = 0, ...query }: AggregateQuery): AggregateOptions {
  const matched = match ?? (axis === "step" ? "steps" : "buckets");
  if (matched === "steps" && axis !== "step")
    throw badRequest('"match" must be buckets on the time axes: no two runs have the same times');
  return {
    axis,
    match: matched,
    pixels: matched === "buckets" && pixels === 0 ? DEFAULT_BUCKETS : pixels,
    from: query.from ?? Number.NEGATIVE_INFINITY,
    to: query.to ?? Number.POSITIVE_INFINITY,
    scale: query.scale ?? "linear",
    quantiles: query.quantiles ?? [],
  };
}
