/** Requests of the hparams routes, parsed. Messages: `api.proto` of TensorBoard's hparams plugin. */
import type { Request } from "express";
import { pb } from "../../../proto/index.ts";
import type { ExperimentOptions } from "../../hparams/experiment.ts";
import type { MetricName } from "../../hparams/metric-names.ts";
import { badRequest } from "../../http/errors.ts";
import { body, required } from "../../http/parameters.ts";
import { JsonMessage } from "./json-message.ts";

export interface SessionGroupsRequest {
  /** Numbers of `pb.hparams.Status`. */
  readonly allowedStatuses: readonly number[];
  readonly columns: readonly Column[];
  /** A number of {@link Aggregation}, or one that is not known. */
  readonly aggregation: number;
  readonly aggregationMetric: MetricName;
  readonly startIndex: number;
  readonly sliceSize: number;
  readonly includeMetrics: boolean;
}

export interface MetricEvalsRequest {
  readonly session: string;
  readonly metric: MetricName;
}

/** A hyperparameter or a metric, and what the choice and the order of the session groups owe to it. */
export interface Column {
  readonly name: ColumnName;
  /** A number of {@link Order}, or one that is not known. */
  readonly order: number;
  readonly missingValuesFirst: boolean;
  readonly filter: Filter | null;
  readonly excludeMissingValues: boolean;
  /** Undefined when nothing is said. */
  readonly includeInResult: boolean | undefined;
}

export type ColumnName =
  | { readonly kind: "hparam"; readonly hparam: string }
  | { readonly kind: "metric"; readonly metric: MetricName };

export type Filter =
  | { readonly kind: "regexp"; readonly source: string }
  | { readonly kind: "interval"; readonly min: number; readonly max: number }
  /** Any JSON; what is no text, number or truth value equals nothing. */
  | { readonly kind: "discrete"; readonly values: readonly unknown[] };

export const Order = { ORDER_UNSPECIFIED: 0, ORDER_ASC: 1, ORDER_DESC: 2 } as const;

export const Aggregation = {
  AGGREGATION_UNSET: 0,
  AGGREGATION_AVG: 1,
  AGGREGATION_MEDIAN: 2,
  AGGREGATION_MIN: 3,
  AGGREGATION_MAX: 4,
} as const;

/** The JSON of a request: the body of a POST, else the parameter `request`. @throws HttpError 400 when it is none */
export async function requestJson(request: Request): Promise<unknown> {
  const text =
    request.method === "POST" ? (await body(request)).toString("utf8") : required(request, "request");
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("the request is not JSON");
  }
}

/** Most columns of a request: groups are put in order by each. */
const MOST_COLUMNS = 2000;

export function readExperimentRequest(value: unknown): ExperimentOptions {
  const message = new JsonMessage(value, "the request", ["experimentName", "includeMetrics", "hparamsLimit"]);
  message.string("experimentName");
  return { includeMetrics: includeMetrics(message), hparamsLimit: message.int32("hparamsLimit") };
}

export function readSessionGroupsRequest(value: unknown): SessionGroupsRequest {
  const message = new JsonMessage(value, "the request", [
    "experimentName",
    "allowedStatuses",
    "colParams",
    "aggregationType",
    "aggregationMetric",
    "startIndex",
    "sliceSize",
    "includeMetrics",
  ]);
  message.string("experimentName");
  const columns = message.list("colParams");
  if (columns.length > MOST_COLUMNS)
    throw badRequest(`"colParams" has ${columns.length} columns, and ${MOST_COLUMNS} are the most`);
  return {
    allowedStatuses: message.enumerations("allowedStatuses", pb.hparams.Status),
    columns: columns.map(readColumn),
    aggregation: message.enumeration("aggregationType", Aggregation),
    aggregationMetric: message.message("aggregationMetric", readMetricName) ?? { group: "", tag: "" },
    startIndex: message.int32("startIndex"),
    sliceSize: message.int32("sliceSize"),
    includeMetrics: includeMetrics(message),
  };
}

export function readMetricEvalsRequest(value: unknown): MetricEvalsRequest {
  const message = new JsonMessage(value, "the request", ["experimentName", "sessionName", "metricName"]);
  message.string("experimentName");
  return {
    session: message.string("sessionName"),
    metric: message.message("metricName", readMetricName) ?? { group: "", tag: "" },
  };
}

/** Metrics are included unless the request says that they are not. */
const includeMetrics = (message: JsonMessage): boolean =>
  !message.has("includeMetrics") || message.boolean("includeMetrics");

function readMetricName(value: unknown): MetricName {
  const message = new JsonMessage(value, "a metric's name", ["group", "tag"]);
  return { group: message.string("group"), tag: message.string("tag") };
}

function readColumn(value: unknown): Column {
  const message = new JsonMessage(value, "a column", [
    "metric",
    "hparam",
    "order",
    "missingValuesFirst",
    "filterRegexp",
    "filterInterval",
    "filterDiscrete",
    "excludeMissingValues",
    "includeInResult",
  ]);
  return {
    name: readColumnName(message),
    order: message.enumeration("order", Order),
    missingValuesFirst: message.boolean("missingValuesFirst"),
    filter: readFilter(message),
    excludeMissingValues: message.boolean("excludeMissingValues"),
    includeInResult: message.has("includeInResult") ? message.boolean("includeInResult") : undefined,
  };
}

function readColumnName(message: JsonMessage): ColumnName {
  message.oneOf("metric", "hparam");
  const metric = message.message("metric", readMetricName);
  if (metric) return { kind: "metric", metric };
  if (!message.has("hparam")) throw badRequest('a column has neither "metric" nor "hparam"');
  return { kind: "hparam", hparam: message.string("hparam") };
}

function readFilter(message: JsonMessage): Filter | null {
  message.oneOf("filterRegexp", "filterInterval", "filterDiscrete");
  if (message.has("filterRegexp")) return { kind: "regexp", source: message.string("filterRegexp") };
  if (message.has("filterDiscrete")) return { kind: "discrete", values: message.list("filterDiscrete") };
  const interval = message.message(
    "filterInterval",
    (value) => new JsonMessage(value, "an interval", ["minValue", "maxValue"]),
  );
  return interval
    ? { kind: "interval", min: interval.double("minValue"), max: interval.double("maxValue") }
    : null;
}
