/** Schemas of `/api/v1/hparams`. */
import type {
  HParamColumn,
  HParamsJson,
  HParamsSession,
  MetricColumn,
  SessionMetric,
} from "../../../api/types.ts";
import { list, named, number, object, oneOf, orNull, type SchemaOf, text, whole } from "./describe.ts";

const value: SchemaOf<string | number | boolean | null> = {
  anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }, { type: "null" }],
};

const hparamColumn = named(
  "HParamColumn",
  object<HParamColumn>("A hyperparameter.", {
    name: text(),
    display_name: text("Empty where there is none."),
    description: text("Sanitised HTML; empty where there is none."),
  }),
);

const metricColumn = named(
  "MetricColumn",
  object<MetricColumn>("A scalar that tells sessions apart.", {
    tag: text(),
    group: text("Run of the scalar below the session's; empty for the session's own."),
    display_name: text("Empty where there is none."),
    description: text("Sanitised HTML; empty where there is none."),
  }),
);

const metric = named(
  "SessionMetric",
  object<SessionMetric>("A scalar's newest value and its extremes; null where they are not finite.", {
    last: orNull(number()),
    step: whole("Of the newest value."),
    min: orNull(number()),
    max: orNull(number()),
  }),
);

const session = named(
  "HParamsSession",
  object<HParamsSession>("One training of an experiment.", {
    run: text("Name of its run."),
    trial: text("Sessions of one trial have the same hyperparameters."),
    status: oneOf(["unknown", "success", "failure", "running"]),
    start_time: orNull(number("Seconds since the epoch.")),
    end_time: orNull(number("Seconds since the epoch.")),
    values: list(value, "In the order of `hparams`; null where the session was not given one."),
    metrics: list(orNull(metric), "In the order of `metrics`; null where the session has none."),
  }),
);

export const hparams = named(
  "HParamsJson",
  object<HParamsJson>("Sessions of all experiments with their hyperparameters and metrics.", {
    hparams: list(hparamColumn, "Those that differ between sessions first."),
    metrics: list(metricColumn),
    sessions: list(session),
  }),
);
