/** Decodes the answer of `/api/v1/hparams`. */
import type {
  HParamColumn,
  HParamsJson,
  HParamsSession,
  MetricColumn,
  SessionMetric,
} from "../server/api/types.ts";
import { type Decoder, fail, list, nullable, number, oneOf, record, text } from "./decoder.ts";

const value: Decoder<string | number | boolean | null> = (given, path) =>
  given === null || typeof given === "string" || typeof given === "number" || typeof given === "boolean"
    ? given
    : fail("text, number or truth value", path);

const table = record<HParamsJson>({
  hparams: list(record<HParamColumn>({ name: text, display_name: text, description: text })),
  metrics: list(record<MetricColumn>({ tag: text, group: text, display_name: text, description: text })),
  sessions: list(
    record<HParamsSession>({
      run: text,
      trial: text,
      status: oneOf("unknown", "success", "failure", "running"),
      start_time: nullable(number),
      end_time: nullable(number),
      values: list(value),
      metrics: list(
        nullable(
          record<SessionMetric>({
            last: nullable(number),
            step: number,
            min: nullable(number),
            max: nullable(number),
          }),
        ),
      ),
    }),
  ),
});

export const decodeHParams = (given: unknown): HParamsJson => table(given, "hyperparameters");
