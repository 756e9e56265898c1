/** Scalars: a number per step. */

import type { Response } from "express";
import { badRequest, notFound } from "../http/errors.ts";
import { Entries, sendJson } from "../http/json.ts";
import { Budget } from "../http/limits.ts";
import { allowOnly } from "../http/methods.ts";
import { form, optional, required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { toCsv } from "./csv.ts";
import type { DataProvider, Datum } from "./data-provider.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";

export const scalars: Plugin = {
  name: "scalars",
  tabName: "scalars",
  loading: customElement("tf-scalar-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      sendJson(response, await tagIndex(data, "scalars", DataClass.DATA_CLASS_SCALAR, displayOf));
    });

    router.get("/scalars", (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      new Budget("the same in parts from /api/v1/series").take(data.countScalars(run, tag));
      const series = data.scalars(run, tag);
      if (!series) throw notFound(`no scalars of tag "${tag}" in run "${run}"`);
      sendScalars(response, series, optional(request, "format"));
    });

    router.post("/scalars_multirun", async (request, response) => {
      const fields = await form(request);
      const [tag, ...more] = fields.get("tag") ?? [];
      if (tag === undefined || more.length > 0) throw badRequest("tag must be specified exactly once");
      const runs = new Set(fields.get("runs"));
      const budget = new Budget("fewer runs");
      for (const run of runs) budget.take(data.countScalars(run, tag));
      sendJson(
        response,
        scalarsByRun(data, tag, runs, (series) => series.map(scalarRow)),
      );
    });
    allowOnly(router, "/scalars_multirun", "POST");
  },
};

/** Scalars of the runs that have the tag, each run's made when its turn comes to be written. */
export function scalarsByRun(
  data: DataProvider,
  tag: string,
  runs: Iterable<string>,
  form: (series: readonly Datum<number>[]) => unknown,
): Entries {
  return new Entries(function* () {
    for (const run of runs) {
      const series = data.scalars(run, tag);
      if (series) yield [run, form(series)] as const;
    }
  });
}

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
