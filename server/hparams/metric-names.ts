/** Metrics: scalars of a session's run, or of runs below it, which make a metric's group. */
import { DataClass } from "../ingest/series-metadata.ts";
import type { DataProvider } from "../plugins/data-provider.ts";

export interface MetricName {
  /** Path of the metric's run below the session's; empty for the session's own run. */
  readonly group: string;
  readonly tag: string;
}

/** Names of all scalars that the sessions' runs, and those below them, have; by tag, then by group. */
export function metricNames(data: DataProvider, sessionRuns: ReadonlySet<string>): MetricName[] {
  const names = new Map<string, MetricName>();
  for (const { run, tag } of data.list("scalars", DataClass.DATA_CLASS_SCALAR)) {
    const session = nearestSession(run.name, sessionRuns);
    if (session === null) continue;
    const group = groupOf(run.name, session);
    names.set(JSON.stringify([tag, group]), { tag, group });
  }
  return [...names.values()].sort((a, b) => compare(a.tag, b.tag) || compare(a.group, b.group));
}

/** The session that a run belongs to: its own, or that of the nearest directory above it. */
function nearestSession(run: string, sessionRuns: ReadonlySet<string>): string | null {
  let path = run;
  while (!sessionRuns.has(path)) {
    if (path === "") return null;
    path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  }
  return path;
}

function groupOf(run: string, session: string): string {
  // A log directory that is a run itself: stock calls its group ".", and then does not find its metrics.
  if (run === session) return run.endsWith(".") ? "." : "";
  return run.slice(session.length + 1);
}

/** The run in which a session's metric is. */
export function metricRun(session: string, group: string): string {
  if (group === "") return session.replace(/\/$/, "");
  if (group.startsWith("/")) return group.replace(/\/$/, "");
  const joined = session === "" || session.endsWith("/") ? session + group : `${session}/${group}`;
  return joined.replace(/\/$/, "");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
