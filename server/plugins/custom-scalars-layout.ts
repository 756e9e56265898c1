/** Layouts of custom scalars: the layouts of several runs as one, and a layout as JSON. */
import type { pb } from "../../proto/index.ts";
import type { LayoutCategory, LayoutChart } from "../api/types.ts";

type Category = pb.Category.$Properties;
type Chart = pb.Chart.$Properties;

/**
 * One layout of several, in the given order: categories of the same title become one, with each chart once.
 *
 * @param asStock whether what a third layout adds to a category that the second brought is left out, as TensorBoard has
 *   it: there only the first layout's categories grow
 */
export function mergeLayouts(
  layouts: readonly pb.Layout.$Properties[],
  asStock: boolean,
): pb.Layout.$Properties | null {
  const [first, ...others] = layouts;
  if (!first) return null;
  const categories = (first.category ?? []).map(grown);
  const byTitle = new Map(categories.map((category) => [category.title ?? "", category]));
  for (const { category: added = [] } of others.map((layout) => ({ category: layout.category ?? [] })))
    for (const category of added) {
      const title = category.title ?? "";
      const known = byTitle.get(title);
      if (known) for (const chart of newCharts(known.chart, category.chart ?? [])) known.chart.push(chart);
      else {
        const shown = grown(category);
        categories.push(shown);
        byTitle.set(title, asStock ? grown(category) : shown);
      }
    }
  return { ...first, category: categories };
}

type Grown = Category & { chart: Chart[] };
const grown = (category: Category): Grown => ({ ...category, chart: [...(category.chart ?? [])] });

function newCharts(known: readonly Chart[], added: readonly Chart[]): Chart[] {
  const seen = new Set(known.map((chart) => JSON.stringify(chartJson(chart))));
  return added.filter((chart) => !seen.has(JSON.stringify(chartJson(chart))));
}

/** A layout in protobuf's JSON form, with the defaults of fields that are not set. */
export function layoutJson({ version, category }: pb.Layout.$Properties): object {
  return { version: version ?? 0, category: categoriesJson(category ?? []) };
}

export function categoriesJson(categories: readonly Category[]): LayoutCategory[] {
  return categories.map(({ title, chart, closed }) => ({
    title: title ?? "",
    chart: (chart ?? []).map(chartJson),
    closed: closed ?? false,
  }));
}

function chartJson({ title, multiline, margin }: Chart): LayoutChart {
  return {
    title: title ?? "",
    ...(multiline && { multiline: { tag: multiline.tag ?? [] } }),
    ...(margin && {
      margin: {
        series: (margin.series ?? []).map(({ value, lower, upper }) => ({
          value: value ?? "",
          lower: lower ?? "",
          upper: upper ?? "",
        })),
      },
    }),
  };
}
