/**
 * All experiments of a log directory taken together. TensorBoard shows the one that is described first, and of others'
 * sessions nothing that it does not name; here every session has what it was given, whoever described it.
 */
import type { pb } from "../../proto/index.ts";
import type { DataProvider } from "../plugins/data-provider.ts";
import { inferredHparams, inOrder } from "./experiment.ts";
import { describedExperiments, type Session } from "./metadata.ts";
import { metricNames } from "./metric-names.ts";

type HParamInfo = pb.hparams.HParamInfo.$Properties;
type MetricInfo = pb.hparams.MetricInfo.$Properties;

/** What all sessions were given and measured. */
export interface AllExperiments {
  /** Those that differ between sessions first, then by name. */
  readonly hparams: readonly HParamInfo[];
  readonly metrics: readonly MetricInfo[];
}

/**
 * Hyperparameters and metrics of all described experiments (the first description of a name stands), hyperparameters that
 * only sessions name, and metrics of sessions that no experiment speaks of, as they can be told from their scalars.
 *
 * @throws HttpError 400 when the plugin data is broken
 */
export function allExperiments(data: DataProvider, all: readonly Session[]): AllExperiments {
  const hparams = new Map<string, HParamInfo>();
  const metrics = new Map<string, MetricInfo>();
  for (const { hparamInfos, metricInfos } of describedExperiments(data)) {
    for (const info of hparamInfos ?? []) addFirst(hparams, info.name ?? "", info);
    for (const info of metricInfos ?? []) addFirst(metrics, keyOf(info), info);
  }
  // Without any metric that is described, all sessions' are told from their scalars.
  const untold = metrics.size === 0 ? all : all.filter((session) => !isToldOf(session, hparams));
  for (const inferred of inferredHparams(all)) {
    const described = hparams.get(inferred.name ?? "");
    const differs = (described?.differs ?? false) || (inferred.differs ?? false);
    hparams.set(inferred.name ?? "", { ...inferred, ...described, differs });
  }
  // Metrics without a hyperparameter would be any run's scalars.
  if (hparams.size > 0 && untold.length > 0)
    for (const name of metricNames(data, new Set(untold.map((session) => session.name))))
      addFirst(metrics, keyOf({ name }), { name });
  return { hparams: inOrder([...hparams.values()]), metrics: [...metrics.values()] };
}

/** Whether an experiment describes any of what a session was given. */
function isToldOf({ hparams }: Session, described: ReadonlyMap<string, HParamInfo>): boolean {
  return hparams.size === 0 || [...hparams.keys()].some((name) => described.has(name));
}

function keyOf({ name }: MetricInfo): string {
  return JSON.stringify([name?.group ?? "", name?.tag ?? ""]);
}

function addFirst<Value>(values: Map<string, Value>, key: string, value: Value): void {
  if (!values.has(key)) values.set(key, value);
}
