/** PR curves: precision and recall at every threshold, per step. */
import { DataType, type TensorValue } from "../../proto/index.ts";
import { PR_CURVE_ROWS as ROWS, thresholds } from "../../values/pr-curve.ts";
import { badRequest, brokenData } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { Budget } from "../http/limits.ts";
import { all, required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import type { Datum } from "./data-provider.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";
import { tensorList } from "./tensor-list.ts";

export const prCurves: Plugin = {
  name: "pr_curves",
  tabName: "PR Curves",
  loading: customElement("tf-pr-curve-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      sendJson(response, await tagIndex(data, "pr_curves", DataClass.DATA_CLASS_TENSOR, displayOf));
    });

    router.get("/pr_curves", async (request, response) => {
      const runs = new Set(all(request, "run"));
      if (runs.size === 0) throw badRequest('parameter "run" is missing');
      const tag = required(request, "tag");
      const budget = new Budget("fewer runs");
      const curves = new Map<string, unknown>();
      for (const run of runs) {
        const series = await data.tensors("pr_curves", run, tag, undefined, budget);
        if (!series) throw badRequest(`no PR curves of tag "${tag}" in run "${run}"`);
        curves.set(run, series.map(curve));
      }
      sendJson(response, curves);
    });
  },
};

/**
 * A curve's rows up to the last threshold at which anything is predicted positive: beyond it precision is not
 * defined.
 */
function curve({ wallTime, step, value }: Datum<TensorValue>): object {
  const { dtype, shape } = value;
  if (shape.length !== 2 || shape[0]! < ROWS.length || dtype === DataType.DT_STRING)
    throw brokenData(`the PR curve at step ${step} has shape [${shape.join(", ")}], not [6, thresholds]`);
  const list = tensorList(value) as (number | bigint)[][];
  const rows = Object.fromEntries(ROWS.map((name, i) => [name, list[i]!])) as Record<
    (typeof ROWS)[number],
    (number | bigint)[]
  >;
  const tp = counts(rows.true_positives, step);
  const fp = counts(rows.false_positives, step);
  let last = tp.length - 1;
  while (last > 0 && tp[last]! + fp[last]! === 0) last--;
  const upTo = <T>(items: readonly T[]): T[] => items.slice(0, last + 1);
  return {
    wall_time: wallTime,
    step,
    precision: upTo(rows.precision),
    recall: upTo(rows.recall),
    true_positives: upTo(tp),
    false_positives: upTo(fp),
    true_negatives: upTo(counts(rows.true_negatives, step)),
    false_negatives: upTo(counts(rows.false_negatives, step)),
    thresholds: upTo(thresholds(tp.length)),
  };
}

function counts(values: readonly (number | bigint)[], step: number | bigint): number[] {
  return values.map((value) => {
    const count = Math.trunc(Number(value));
    if (!Number.isFinite(count)) throw brokenData(`the PR curve at step ${step} counts ${value}`);
    // Not -0, which JSON would show.
    return count + 0;
  });
}
