/**
 * The experiment: its hyperparameters with their domains and its metrics, as a program described them, else as
 * they can be told from the sessions. Rules: `plugins/hparams/backend_context.py` of TensorBoard.
 */
import { pb } from "../../../proto/index.ts";
import type { DataProvider } from "../data-provider.ts";
import { inferHparam } from "./infer-hparam.ts";
import { describedExperiment, type Session, sessions } from "./metadata.ts";
import { metricNames } from "./metric-names.ts";
import type { ExperimentRequest } from "./request.ts";
import type { Value } from "./value.ts";
import { valueJson } from "./value.ts";

type Experiment = pb.hparams.Experiment.$Properties;
type HParamInfo = pb.hparams.HParamInfo.$Properties;

/** Hyperparameters that differ between sessions come first, then by name. Empty when there is nothing to tell. */
export function experimentOf(
  data: DataProvider,
  { includeMetrics, hparamsLimit }: ExperimentRequest,
): Experiment {
  const described = describedExperiment(data);
  const experiment = described ?? inferredExperiment(data, includeMetrics);
  const infos = [...(experiment.hparamInfos ?? [])].sort(
    (a, b) => Number(b.differs ?? false) - Number(a.differs ?? false) || compare(a.name ?? "", b.name ?? ""),
  );
  return {
    ...experiment,
    hparamInfos: hparamsLimit === 0 ? infos : infos.slice(0, hparamsLimit),
    metricInfos: includeMetrics ? (experiment.metricInfos ?? []) : [],
  };
}

function inferredExperiment(data: DataProvider, includeMetrics: boolean): Experiment {
  const all = sessions(data);
  const hparamInfos: HParamInfo[] = [];
  for (const [name, values] of valuesByName(all)) {
    const info = inferHparam(name, values);
    if (info) hparamInfos.push(info);
  }
  // Metrics without a hyperparameter would be any run's scalars: there is no experiment.
  if (hparamInfos.length === 0 || !includeMetrics) return { hparamInfos };
  const metricInfos = metricNames(data, new Set(all.map(({ name }) => name))).map((name) => ({ name }));
  return { hparamInfos, metricInfos };
}

function valuesByName(all: readonly Session[]): Map<string, Value[]> {
  const values = new Map<string, Value[]>();
  for (const { hparams } of all)
    for (const [name, value] of hparams) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The experiment in protobuf's JSON form, with the defaults of fields that are not set. */
export function experimentJson(experiment: Experiment): object {
  return {
    name: experiment.name ?? "",
    description: experiment.description ?? "",
    user: experiment.user ?? "",
    timeCreatedSecs: experiment.timeCreatedSecs ?? 0,
    hparamInfos: (experiment.hparamInfos ?? []).map(hparamInfoJson),
    metricInfos: (experiment.metricInfos ?? []).map((info) => ({
      ...(info.name && { name: { group: info.name.group ?? "", tag: info.name.tag ?? "" } }),
      displayName: info.displayName ?? "",
      description: info.description ?? "",
      datasetType: enumName(pb.hparams.DatasetType, info.datasetType),
    })),
  };
}

function hparamInfoJson({ domainDiscrete, domainInterval, ...info }: HParamInfo): object {
  return {
    name: info.name ?? "",
    displayName: info.displayName ?? "",
    description: info.description ?? "",
    type: enumName(pb.hparams.DataType, info.type),
    ...(domainDiscrete && { domainDiscrete: (domainDiscrete.values ?? []).map(valueJson) }),
    ...(domainInterval && {
      domainInterval: { minValue: domainInterval.minValue ?? 0, maxValue: domainInterval.maxValue ?? 0 },
    }),
    differs: info.differs ?? false,
  };
}

/** The name of an enum's number, or the number where it has none. */
export function enumName(
  values: Readonly<Record<number, string>>,
  number: number | null | undefined,
): string | number {
  return values[number ?? 0] ?? number ?? 0;
}
