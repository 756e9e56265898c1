/** A session group's metrics: the mean of its sessions', or those of the session that one metric picks. */
import { badRequest } from "../../http/errors.ts";
import { findMetric } from "./columns.ts";
import { Aggregation, type SessionGroupsRequest } from "./request.ts";
import type { MeasuredSession, MetricValue } from "./session-groups.ts";

type How = Pick<SessionGroupsRequest, "aggregation" | "aggregationMetric">;

/**
 * Minimum, maximum and median pick a session by `aggregationMetric`; a group without it gets no metrics.
 *
 * @throws HttpError 400 when the aggregation is not known
 */
export function aggregateMetrics(
  sessions: readonly MeasuredSession[],
  { aggregation, aggregationMetric }: How,
): readonly MetricValue[] {
  const measured = sessions.flatMap((session) => {
    const metric = findMetric(session, aggregationMetric);
    return metric ? [{ session, value: metric.value }] : [];
  });
  switch (aggregation) {
    case Aggregation.AGGREGATION_UNSET:
    case Aggregation.AGGREGATION_AVG:
      return means(sessions);
    case Aggregation.AGGREGATION_MEDIAN: {
      const sorted = measured.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
      return sorted[(sorted.length - 1) >> 1]?.session.metricValues ?? [];
    }
    case Aggregation.AGGREGATION_MIN:
      return first(measured, (a, b) => a < b);
    case Aggregation.AGGREGATION_MAX:
      return first(measured, (a, b) => a > b);
    default:
      throw badRequest(`aggregation type ${aggregation} is not known`);
  }
}

function first(
  measured: readonly { readonly session: MeasuredSession; readonly value: number }[],
  better: (a: number, b: number) => boolean,
): readonly MetricValue[] {
  let best = measured[0];
  for (const candidate of measured) if (best && better(candidate.value, best.value)) best = candidate;
  return best?.session.metricValues ?? [];
}

/** Mean value, step (rounded down) and wall time of each metric, over the sessions that have it. */
function means(sessions: readonly MeasuredSession[]): MetricValue[] {
  const byName = new Map<string, MetricValue[]>();
  for (const { metricValues } of sessions)
    for (const metric of metricValues) {
      const key = JSON.stringify([metric.name.group, metric.name.tag]);
      byName.set(key, [...(byName.get(key) ?? []), metric]);
    }
  return [...byName.values()].map((metrics) => {
    const mean = (of: (metric: MetricValue) => number) =>
      metrics.reduce((sum, metric) => sum + of(metric), 0) / metrics.length;
    return {
      name: metrics[0]!.name,
      value: mean(({ value }) => value),
      step: Math.floor(mean(({ step }) => Number(step))),
      wallTime: mean(({ wallTime }) => wallTime),
    };
  });
}
