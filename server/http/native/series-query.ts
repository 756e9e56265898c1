/** Queries of `/api/v1/series`: parsed from parameters or JSON, and answered from the store. */
import type { Request } from "express";
import type { SeriesAxis, SeriesQuery } from "../../api/types.ts";
import { reduceSeries } from "../../store/reduce.ts";
import type { ScalarSeries } from "../../store/scalar-series.ts";
import { smoothAt } from "../../store/smooth.ts";
import type { Store } from "../../store/store.ts";
import { badRequest } from "../errors.ts";
import { all, json, optional } from "../parameters.ts";

/** Columns of one run's series, reduced to what was asked for. */
export interface SeriesColumns {
  readonly run: string;
  /** Points in the series, and in the range before reduction. */
  readonly total: number;
  readonly inRange: number;
  /** Wall time of the series' first point. */
  readonly origin: number;
  readonly steps: readonly (number | bigint)[];
  readonly walls: Float64Array;
  readonly values: Float32Array;
  readonly smoothed: Float32Array | null;
}

export function answerQuery(store: Store, query: SeriesQuery): SeriesColumns[] {
  const answer: SeriesColumns[] = [];
  for (const run of query.runs ?? store.runs().map((r) => r.name)) {
    const series = store.run(run)?.scalars(query.tag);
    if (series && series.length > 0) answer.push(columnsOf(run, series, query));
  }
  return answer;
}

function columnsOf(run: string, series: ScalarSeries, query: SeriesQuery): SeriesColumns {
  const { rows, inRange } = reduceSeries(series, {
    axis: query.axis ?? "step",
    from: query.from ?? Number.NEGATIVE_INFINITY,
    to: query.to ?? Number.POSITIVE_INFINITY,
    pixels: query.pixels ?? 0,
    scale: query.scale ?? "linear",
  });
  const steps: (number | bigint)[] = new Array(rows.length);
  const walls = new Float64Array(rows.length);
  const values = new Float32Array(rows.length);
  let stretch = series.stretchAt(rows[0] ?? 0);
  for (const [i, row] of rows.entries()) {
    if (row >= stretch.start + stretch.rows.count) stretch = series.stretchAt(row);
    const at = row - stretch.start;
    steps[i] = stretch.rows.stepAt(at);
    walls[i] = stretch.rows.wallAt(at);
    values[i] = stretch.rows.valueAt(at);
  }
  return {
    run,
    total: series.length,
    inRange,
    origin: series.stretch(0).rows.wallAt(0),
    steps,
    walls,
    values,
    smoothed: query.smoothing ? smoothAt(series, rows, query.smoothing) : null,
  };
}

/** The query of a GET or POST request. @throws HttpError 400 in words, when something does not fit */
export async function readQuery(request: Request): Promise<SeriesQuery> {
  const given = request.method === "POST" ? await json(request) : fromParameters(request);
  return checkQuery(given);
}

function fromParameters(request: Request): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const name of ["tag", "axis", "scale"]) query[name] = optional(request, name);
  for (const name of ["from", "to", "pixels", "smoothing"]) {
    const text = optional(request, name);
    if (text !== undefined) query[name] = Number(text);
  }
  const runs = all(request, "run");
  if (runs.length > 0) query.runs = runs;
  return query;
}

function checkQuery(given: unknown): SeriesQuery {
  if (typeof given !== "object" || given === null) throw badRequest("the query is not an object");
  const { tag, runs, axis, from, to, pixels, scale, smoothing } = given as Record<string, unknown>;
  if (typeof tag !== "string") throw badRequest('"tag" must be a string');
  if (runs !== undefined && !isStrings(runs)) throw badRequest('"runs" must be a list of run names');
  return {
    tag,
    ...(runs !== undefined && { runs }),
    ...(axis !== undefined && { axis: oneOf("axis", axis, ["step", "wall_time", "relative"] as const) }),
    ...(scale !== undefined && { scale: oneOf("scale", scale, ["linear", "log"] as const) }),
    ...(from !== undefined && { from: number("from", from) }),
    ...(to !== undefined && { to: number("to", to) }),
    ...(pixels !== undefined && { pixels: within("pixels", number("pixels", pixels), 0, 100_000) }),
    ...(smoothing !== undefined && {
      smoothing: within("smoothing", number("smoothing", smoothing), 0, 0.99999),
    }),
  } satisfies SeriesQuery & { axis?: SeriesAxis };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function oneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw badRequest(`"${name}" must be one of ${allowed.join(", ")}`);
  return found;
}

function number(name: string, value: unknown): number {
  if (typeof value !== "number" || Number.isNaN(value)) throw badRequest(`"${name}" must be a number`);
  return value;
}

function within(name: string, value: number, low: number, high: number): number {
  if (value < low || value > high) throw badRequest(`"${name}" must be between ${low} and ${high}`);
  return value;
}
