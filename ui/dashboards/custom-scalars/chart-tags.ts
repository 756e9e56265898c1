/** Which tags a chart of a layout is of, and what is wrong with it in words. */
import type { LayoutChart, LayoutMargin } from "../../../server/api/types.ts";
import { count, words } from "../../app/format.ts";
import { tagExpression } from "../../app/tag-expression.ts";

export interface ChartTags {
  /** In the order in which they are known; of a margin chart the values and bounds that there are. */
  readonly tags: readonly string[];
  /** Of margin charts: values whose bounds are there as well. */
  readonly margins: readonly LayoutMargin[];
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

/** More would be a picture of nothing. */
const MOST_TAGS = 60;

export function chartTags(chart: LayoutChart, known: readonly string[]): ChartTags {
  if (chart.margin) return marginTags(chart.margin.series, new Set(known));
  if (chart.multiline) return matchingTags(chart.multiline.tag, known);
  return { tags: [], margins: [], problems: ["It has neither expressions nor margins"] };
}

/** Tags that any of the expressions matches. A bad one is said, and the others hold. */
export function matchingTags(sources: readonly string[], known: readonly string[]): ChartTags {
  const problems: string[] = [];
  // As with TensorBoard: alone, an expression of no characters matches nothing; beside others, everything.
  if (sources.every((source) => source === "")) problems.push("Its expression is empty");
  const tests = problems.length > 0 ? [] : sources.map((source) => ({ source, ...tagExpression(source) }));
  for (const { source, error } of tests) if (error) problems.push(`${source}: ${error}`);
  const matching = known.filter((tag) => tests.some(({ error, test }) => error === null && test(tag)));
  if (matching.length > MOST_TAGS)
    problems.push(`${count(matching.length, "tag")} match, of which the first ${MOST_TAGS} are shown`);
  if (matching.length === 0 && problems.length === 0) problems.push(`No tag matches ${words(sources)}`);
  return { tags: matching.slice(0, MOST_TAGS), margins: [], problems };
}

function marginTags(series: readonly LayoutMargin[], known: ReadonlySet<string>): ChartTags {
  const missing = series.flatMap(({ value, lower, upper }) =>
    [value, lower, upper].filter((tag) => !known.has(tag)),
  );
  const margins = series.filter(({ value, lower, upper }) =>
    [value, lower, upper].every((tag) => known.has(tag)),
  );
  const problems = missing.length > 0 ? [`These tags are not there: ${words([...new Set(missing)])}`] : [];
  if (series.length === 0) problems.push("It has no margins");
  return {
    tags: [...new Set(margins.flatMap(({ value, lower, upper }) => [value, lower, upper]))],
    margins,
    problems,
  };
}
