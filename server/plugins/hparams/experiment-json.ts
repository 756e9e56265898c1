/** The experiment in protobuf's JSON form. */
import { pb } from "../../../proto/index.ts";
import { valueJson } from "../../hparams/value.ts";

/** With the defaults of fields that are not set. */
export function experimentJson(experiment: pb.hparams.Experiment.$Properties): object {
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

function hparamInfoJson({
  domainDiscrete,
  domainInterval,
  ...info
}: pb.hparams.HParamInfo.$Properties): object {
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
