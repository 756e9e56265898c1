/** Which scalars stand in which chart: the custom scalars dashboard. */
import { pb } from "../../proto/codec.ts";
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, EVENT_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";

/**
 * A chart of every tag that matches.
 *
 * @example
 * const losses: MultilineChart = { title: "Losses", tags: ["loss/.*"] };
 * writer.customScalars([{ title: "Training", charts: [losses] }]);
 */
export interface MultilineChart {
  readonly title: string;
  /** Regular expressions. */
  readonly tags: readonly string[];
}

/**
 * A chart of values with a band around each.
 *
 * @example
 * const band: MarginChart = {
 *   title: "Loss over five seeds",
 *   series: [{ value: "loss/mean", lower: "loss/least", upper: "loss/most" }],
 * };
 * writer.customScalars([{ title: "Seeds", charts: [band] }]);
 */
export interface MarginChart {
  readonly title: string;
  /** Tags. */
  readonly series: readonly { readonly value: string; readonly lower: string; readonly upper: string }[];
}

/**
 * Charts under one heading.
 *
 * @example
 * const category: ScalarCategory = {
 *   title: "Losses",
 *   charts: [{ title: "All", tags: ["loss/.*"] }],
 *   closed: true,
 * };
 * writer.customScalars([category]);
 */
export interface ScalarCategory {
  readonly title: string;
  readonly charts: readonly (MultilineChart | MarginChart)[];
  /** Whether it is folded at first. Default false. */
  readonly closed?: boolean | undefined;
}

const CUSTOM_SCALARS: Plugin = { name: "custom_scalars" };
const DEFAULTS: EventOptions = {};

/**
 * Writes the layout of a run's custom scalars; one for each run.
 *
 * @param categories from the top
 * @param options `step` is 0 by default
 * @returns whether it was kept
 * @throws ValueError when it is not an array of categories, or a chart has neither tags nor series; StepError
 * @example
 * for (const tag of ["loss/train", "loss/test"]) writer.scalar(tag, 0.5, { step: 0 });
 * writer.customScalars([{ title: "Losses", charts: [{ title: "Both", tags: ["loss/.*"] }] }]);
 */
export function customScalars(
  recorder: Recorder,
  categories: readonly ScalarCategory[],
  options: EventOptions = DEFAULTS,
): boolean {
  checkOptions(options, EVENT_OPTIONS, () => "custom scalars");
  if (!Array.isArray(categories))
    throw new ValueError(`categories are an array, not ${describe(categories)}`);
  const layout = pb.Layout.encode({ category: categories.map(toCategory) }).finish();
  const tensor = encodeTensor([layout], []);
  return recorder.tensor("custom_scalars__config__", CUSTOM_SCALARS, tensor, { step: 0, ...options });
}

function toCategory({ title, charts, closed = false }: ScalarCategory): pb.Category.$Properties {
  if (!Array.isArray(charts))
    throw new ValueError(`the charts of category "${title}" are an array, not ${describe(charts)}`);
  return { title, chart: charts.map(toChart), closed };
}

function toChart(chart: MultilineChart | MarginChart): pb.Chart.$Properties {
  const { title } = chart;
  if ("tags" in chart && Array.isArray(chart.tags)) return { title, multiline: { tag: [...chart.tags] } };
  if ("series" in chart && Array.isArray(chart.series))
    return { title, margin: { series: [...chart.series] } };
  throw new ValueError(`chart "${title}" has neither an array of tags nor one of series`);
}
