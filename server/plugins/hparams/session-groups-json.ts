/** Session groups in protobuf's JSON form, with the defaults of fields that are not set. */
import { pb } from "../../../proto/index.ts";
import { valueJson } from "../../hparams/value.ts";
import { enumName } from "./experiment-json.ts";
import type { MeasuredSession, MetricValue, SessionGroup, SessionGroupPage } from "./session-groups.ts";

export function sessionGroupsJson({ groups, total }: SessionGroupPage): object {
  return { sessionGroups: groups.map(groupJson), totalSize: total };
}

function groupJson({ name, hparams, metricValues, sessions, monitorUrl }: SessionGroup): object {
  return {
    name,
    hparams: new Map([...hparams].map(([hparam, value]) => [hparam, valueJson(value)])),
    metricValues: metricValues.map(metricJson),
    sessions: sessions.map(sessionJson),
    monitorUrl,
  };
}

function sessionJson({ name, start, end, status, metricValues }: MeasuredSession): object {
  return {
    name,
    startTimeSecs: start.startTimeSecs ?? 0,
    endTimeSecs: end?.endTimeSecs ?? 0,
    status: enumName(pb.hparams.Status, status),
    modelUri: start.modelUri ?? "",
    metricValues: metricValues.map(metricJson),
    monitorUrl: start.monitorUrl ?? "",
  };
}

function metricJson({ name, value, step, wallTime }: MetricValue): object {
  return { name, value, trainingStep: step, wallTimeSecs: wallTime };
}
