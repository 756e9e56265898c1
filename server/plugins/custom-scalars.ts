/** Custom scalars: charts of several tags, laid out by the program that wrote the logs. */
import { notFound } from "../http/errors.ts";
import { Entries, sendJson } from "../http/json.ts";
import { Budget } from "../http/limits.ts";
import { optional, required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { newestLayouts } from "./custom-scalars-found.ts";
import { layoutJson, mergeLayouts } from "./custom-scalars-layout.ts";
import type { DataProvider } from "./data-provider.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { ExpressionBudget, pythonExpression } from "./python-regexp.ts";
import { scalarRow, sendScalars } from "./scalars.ts";

export const customScalars: Plugin = {
  name: "custom_scalars",
  tabName: "Custom Scalars",
  loading: customElement("tf-custom-scalar-dashboard"),
  routes(router, data) {
    router.get("/layout", async (_request, response) => {
      const found = (await newestLayouts(data)).flatMap(({ layout }) => layout ?? []);
      const merged = mergeLayouts(found, true);
      sendJson(response, merged ? layoutJson(merged) : {});
    });

    router.get("/scalars", (request, response) => {
      const source = optional(request, "tag");
      const expression = source ? pythonExpression(source, new ExpressionBudget()) : null;
      if (!expression) {
        sendJson(response, { regex_valid: false, tag_to_events: {} });
        return;
      }
      const run = required(request, "run");
      // A match at the start, of whatever length.
      const matching = scalarTags(data, run).filter((tag) => expression.match(tag));
      const budget = new Budget("an expression that fewer tags match");
      for (const tag of matching) budget.take(data.countScalars(run, tag));
      sendJson(response, { regex_valid: true, tag_to_events: scalarsByTag(data, run, matching) });
    });

    router.get("/download_data", (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const series = data.scalars(run, tag);
      if (!series) throw notFound(`no scalars of tag "${tag}" in run "${run}"`);
      sendScalars(response, series, optional(request, "format"));
    });
  },
};

function scalarsByTag(data: DataProvider, run: string, tags: readonly string[]): Entries {
  return new Entries(function* () {
    for (const tag of tags) yield [tag, data.scalars(run, tag)?.map(scalarRow) ?? []] as const;
  });
}

function scalarTags(data: DataProvider, runName: string): string[] {
  const tags: string[] = [];
  for (const { run, tag } of data.list("scalars", DataClass.DATA_CLASS_SCALAR))
    if (run.name === runName) tags.push(tag);
  return tags;
}
