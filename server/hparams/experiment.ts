/**
 * The experiment: its hyperparameters with their domains and its metrics, as a program described them, else as
 * they can be told from the sessions. Rules: `plugins/hparams/backend_context.py` of TensorBoard.
 */
import type { pb } from "../../proto/index.ts";
import type { DataProvider } from "../plugins/data-provider.ts";
import { inferHparam } from "./infer-hparam.ts";
import { describedExperiment, type Session, sessions } from "./metadata.ts";
import { metricNames } from "./metric-names.ts";
import type { Value } from "./value.ts";

type Experiment = pb.hparams.Experiment.$Properties;
type HParamInfo = pb.hparams.HParamInfo.$Properties;

/** How much of the experiment is wanted. */
export interface ExperimentOptions {
  readonly includeMetrics: boolean;
  /** Most hyperparameters to give; 0 for all. */
  readonly hparamsLimit: number;
}

/** Hyperparameters that differ between sessions come first, then by name. Empty when there is nothing to tell. */
export function experimentOf(
  data: DataProvider,
  { includeMetrics, hparamsLimit }: ExperimentOptions,
): Experiment {
  const described = describedExperiment(data);
  const experiment = described ?? inferredExperiment(data, includeMetrics);
  const infos = inOrder(experiment.hparamInfos ?? []);
  return {
    ...experiment,
    hparamInfos: hparamsLimit === 0 ? infos : infos.slice(0, hparamsLimit),
    metricInfos: includeMetrics ? (experiment.metricInfos ?? []) : [],
  };
}

/** Those that differ between sessions first, then by name. */
export function inOrder(infos: readonly HParamInfo[]): HParamInfo[] {
  return [...infos].sort(
    (a, b) => Number(b.differs ?? false) - Number(a.differs ?? false) || compare(a.name ?? "", b.name ?? ""),
  );
}

function inferredExperiment(data: DataProvider, includeMetrics: boolean): Experiment {
  const all = sessions(data);
  const hparamInfos = inferredHparams(all);
  // Metrics without a hyperparameter would be any run's scalars: there is no experiment.
  if (hparamInfos.length === 0 || !includeMetrics) return { hparamInfos };
  const metricInfos = metricNames(data, new Set(all.map(({ name }) => name))).map((name) => ({ name }));
  return { hparamInfos, metricInfos };
}

/** Hyperparameters as the values that sessions have of them tell; those that have none are left out. */
export function inferredHparams(all: readonly Session[]): HParamInfo[] {
  const infos: HParamInfo[] = [];
  for (const [name, values] of valuesByName(all)) {
    const info = inferHparam(name, values);
    if (info) infos.push(info);
  }
  return infos;
}

function valuesByName(all: readonly Session[]): Map<string, Value[]> {
  const values = new Map<string, Value[]>();
  for (const { hparams } of all)
    for (const [name, value] of hparams) {
      const known = values.get(name);
      if (known) known.push(value);
      else values.set(name, [value]);
    }
  return values;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
