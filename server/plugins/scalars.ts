/** Scalars: a number per step. */

import type { Response } from "express";
import { badRequest, notFound } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { allowOnly } from "../http/methods.ts";
import { form, optional, required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { toCsv } from "./csv.ts";
import type { Datum } from "./data-provider.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";

export const scalars: Plugin = {
  name: "scalars",
  tabName: "scalars",
  loading: customElement("tf-scalar-dashboard"),
  routes(router, data) {
    router.get("/tags", (_request, response) => {
      sendJson(response, tagIndex(data, "scalars", DataClass.DATA_CLASS_SCALAR, displayOf));
    });

    router.get("/scalars", (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const series = data.scalars(run, tag);
      if (!series) throw notFound(`no scalars of tag "${tag}" in run "${run}"`);
      sendScalars(response, series, optional(request, "format"));
    });

    router.post("/scalars_multirun", async (request, response) => {
      const fields = await form(request);
      const [tag, ...more] = fields.get("tag") ?? [];
      if (tag === undefined || more.length > 0) throw badRequest("tag must be specified exactly once");
      const answer = new Map<string, unknown>();
      for (const run of fields.get("runs") ?? []) {
        const series = data.scalars(run, tag);
        if (series) answer.set(run, series.map(scalarRow));
      }
      sendJson(response, answer);
    });
    allowOnly(router, "/scalars_multirun", "POST");
  },
};

/** A point as answers have it: wall time, step, value. */
export const scalarRow = ({ wallTime, step, value }: Datum<number>): [number, number | bigint, number] => [
  wallTime,
  step,
  value,
];

/** The points as JSON, or as CSV where `format` says so. */
export function sendScalars(
  response: Response,
  series: readonly Datum<number>[],
  format: string | undefined,
): void {
  if (format === "csv") response.type("text/csv").send(scalarsCsv(series));
  else sendJson(response, series.map(scalarRow));
}

function scalarsCsv(series: readonly Datum<number>[]): string {
  return toCsv(
    ["Wall time", "Step", "Value"],
    series.map(({ wallTime, step, value }) => [{ float: wallTime }, step, { float: value }]),
  );
}
