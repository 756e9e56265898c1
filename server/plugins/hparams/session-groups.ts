/**
 * Session groups: sessions with the same hyperparameters, their metrics taken together, chosen and put in order as
 * a request asks. Rules: `plugins/hparams/list_session_groups.py` of TensorBoard.
 */
import type { pb } from "../../../proto/index.ts";
import { experimentOf } from "../../hparams/experiment.ts";
import { type Session, sessions } from "../../hparams/metadata.ts";
import { type MetricName, metricRun } from "../../hparams/metric-names.ts";
import { isSerializable, type Value } from "../../hparams/value.ts";
import type { DataProvider } from "../data-provider.ts";
import { aggregateMetrics } from "./aggregate.ts";
import { columnFilters, sortByColumns } from "./columns.ts";
import type { SessionGroupsRequest } from "./request.ts";

export interface SessionGroup {
  readonly name: string;
  readonly hparams: ReadonlyMap<string, Value>;
  readonly metricValues: readonly MetricValue[];
  readonly sessions: readonly MeasuredSession[];
  readonly monitorUrl: string;
}

export interface MetricValue {
  readonly name: MetricName;
  readonly value: number;
  readonly step: number | bigint;
  readonly wallTime: number;
}

export interface MeasuredSession extends Session {
  readonly status: number;
  readonly metricValues: readonly MetricValue[];
}

/** One page of the groups, and how many there are. */
export interface SessionGroupPage {
  readonly groups: readonly SessionGroup[];
  readonly total: number;
}

export function sessionGroups(data: DataProvider, request: SessionGroupsRequest): SessionGroupPage {
  const { includeMetrics, columns, startIndex, sliceSize } = request;
  const { metricInfos = [] } = experimentOf(data, { includeMetrics, hparamsLimit: 0 });
  const metrics = (metricInfos ?? []).map(({ name }) => ({ group: name?.group ?? "", tag: name?.tag ?? "" }));
  const passes = columnFilters(columns);
  const allowed = sessions(data)
    .map((session) => measured(data, session, metrics))
    .filter(({ status }) => request.allowedStatuses.includes(status));
  const groups = grouped(allowed)
    .map((group) => ({ ...group, metricValues: aggregateMetrics(group.sessions, request) }))
    .filter(passes);
  const sorted = sortByColumns(groups, columns).map((group) => withChosenHparams(group, request));
  return { groups: sorted.slice(startIndex, startIndex + sliceSize), total: sorted.length };
}

function measured(data: DataProvider, session: Session, metrics: readonly MetricName[]): MeasuredSession {
  const metricValues: MetricValue[] = [];
  for (const name of metrics) {
    const last = data.lastScalar(metricRun(session.name, name.group), name.tag);
    if (last) metricValues.push({ name, value: last.value, step: last.step, wallTime: last.wallTime });
  }
  const status: pb.hparams.Status = session.end?.status ?? 0;
  return { ...session, status, metricValues };
}

/** Sessions by the name of their group, or alone where they have none, in order of names. */
function grouped(all: readonly MeasuredSession[]): SessionGroup[] {
  const byName = new Map<string, MeasuredSession[]>();
  for (const session of all) {
    const name = session.start.groupName || session.name;
    byName.set(name, [...(byName.get(name) ?? []), session]);
  }
  return [...byName].map(([name, members]) => {
    // All sessions of a group should have the same hyperparameters: the first one's are shown.
    const [first] = members;
    return {
      name,
      hparams: new Map([...(first?.hparams ?? [])].filter(([, value]) => isSerializable(value))),
      metricValues: [],
      sessions: members.sort((a, b) => (a.name < b.name ? -1 : 1)),
      monitorUrl: first?.start.monitorUrl ?? "",
    };
  });
}

/** Only the hyperparameters of columns to be included, once any column says whether it is. */
function withChosenHparams(group: SessionGroup, { columns }: SessionGroupsRequest): SessionGroup {
  if (columns.every(({ includeInResult }) => includeInResult === undefined)) return group;
  const chosen = new Set<string>();
  for (const { name, includeInResult } of columns)
    if (name.kind === "hparam" && includeInResult !== false) chosen.add(name.hparam);
  return { ...group, hparams: new Map([...group.hparams].filter(([name]) => chosen.has(name))) };
}
