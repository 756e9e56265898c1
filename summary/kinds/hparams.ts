/**
 * Hyperparameters: what a sweep varies and measures (`hparamsConfig`), what one session was given (`hparams`)
 * and how it ended (`hparamsEnd`). The hparams dashboard. All of it stands in metadata; the tensors are empty.
 */
import { pb } from "../../proto/codec.ts";
import { DataType } from "../../proto/tensor.ts";
import { checkOptions, type OptionNames } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { Recorder } from "../recorder.ts";

/**
 * What a hyperparameter may be.
 *
 * @example
 * const values: Record<string, HParamValue> = { optimizer: "adam", rate: 0.001, bias: true };
 * writer.hparams(values);
 */
export type HParamValue = string | number | boolean;

/**
 * A hyperparameter of a sweep.
 *
 * @example
 * const optimizer: HParam = { name: "optimizer", domain: ["adam", "sgd"] };
 * const dropout: HParam = { name: "dropout", domain: { min: 0.1, max: 0.5 }, displayName: "Dropout" };
 * writer.hparamsConfig({ hparams: [optimizer, dropout], metrics: [{ tag: "accuracy" }] });
 */
export interface HParam {
  readonly name: string;
  /** Values of one type, or an interval of numbers. Default: any. */
  readonly domain?: readonly HParamValue[] | { readonly min: number; readonly max: number } | undefined;
  readonly displayName?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
}

/**
 * A scalar that tells sessions apart.
 *
 * @example
 * const accuracy: Metric = { tag: "accuracy", group: "validation", dataset: "validation" };
 * writer.hparamsConfig({ hparams: [{ name: "rate" }], metrics: [accuracy] });
 */
export interface Metric {
  /** Tag of the scalar. */
  readonly tag: string;
  /** Run of the scalar, below the session's own, such as `validation`. Default: the session's. */
  readonly group?: string | undefined;
  readonly displayName?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly dataset?: "training" | "validation" | undefined;
}

/**
 * What a sweep varies and measures.
 *
 * @example
 * const config: HParamsConfig = {
 *   hparams: [{ name: "rate", domain: [0.1, 0.01] }],
 *   metrics: [{ tag: "accuracy" }],
 *   description: "How fast may it learn?",
 * };
 * writer.hparamsConfig(config);
 */
export interface HParamsConfig {
  readonly hparams: readonly HParam[];
  readonly metrics: readonly Metric[];
  /** Markdown. */
  readonly description?: string | undefined;
  readonly user?: string | undefined;
}

/**
 * What is said of a session beside its values.
 *
 * @example
 * const options: HParamsOptions = { trial: "rate 0.1", modelUri: "models/rate-0.1" };
 * writer.hparams({ rate: 0.1 }, options);
 */
export interface HParamsOptions {
  /** Sessions of one trial are shown as one. Default: the values as JSON, so that equal values are one trial. */
  readonly trial?: string | undefined;
  readonly modelUri?: string | undefined;
  readonly monitorUrl?: string | undefined;
  /** Seconds since the epoch. Default: the writer's clock. */
  readonly wallTime?: number | undefined;
}

const WALL_TIME: OptionNames<Pick<HParamsOptions, "wallTime">> = { wallTime: true };
const OPTIONS: OptionNames<HParamsOptions> = { ...WALL_TIME, trial: true, modelUri: true, monitorUrl: true };
const DATA_TYPES = {
  string: pb.hparams.DataType.DATA_TYPE_STRING,
  boolean: pb.hparams.DataType.DATA_TYPE_BOOL,
  number: pb.hparams.DataType.DATA_TYPE_FLOAT64,
};
const DATASETS = {
  training: pb.hparams.DatasetType.DATASET_TRAINING,
  validation: pb.hparams.DatasetType.DATASET_VALIDATION,
};
const STATUSES = {
  success: pb.hparams.Status.STATUS_SUCCESS,
  failure: pb.hparams.Status.STATUS_FAILURE,
  running: pb.hparams.Status.STATUS_RUNNING,
};

/**
 * Writes what a sweep varies and measures; once, in the directory above its sessions' runs.
 *
 * @returns whether it was kept
 * @throws ValueError when hparams and metrics are no arrays, or a domain is empty, holds values of different types or
 *   ends before it begins
 * @example
 * writer.hparamsConfig({
 *   hparams: [{ name: "rate", domain: { min: 0.001, max: 0.1 } }],
 *   metrics: [{ tag: "accuracy", displayName: "Accuracy" }],
 * });
 */
export function hparamsConfig(
  recorder: Recorder,
  config: HParamsConfig,
  options: Pick<HParamsOptions, "wallTime"> = {},
): boolean {
  checkOptions(options, WALL_TIME, () => "hparamsConfig");
  if (!Array.isArray(config?.hparams) || !Array.isArray(config.metrics))
    throw new ValueError(`a sweep is { hparams: […], metrics: […] }, not ${describe(config)}`);
  const experiment: pb.hparams.Experiment.$Properties = {
    ...(config.description && { description: config.description }),
    ...(config.user && { user: config.user }),
    timeCreatedSecs: recorder.wallTimeOf(options),
    hparamInfos: config.hparams.map(toInfo),
    metricInfos: config.metrics.map(toMetric),
  };
  return write(recorder, "experiment", { experiment }, options);
}

/**
 * Writes the values that a session trains with; once a run.
 *
 * @returns whether they were kept
 * @throws ValueError when they are no object, or a value is not a string, number or boolean
 * @example
 * const session = createFileWriter("runs/sweep/0");
 * session.hparams({ rate: 0.1, optimizer: "adam" });
 * session.scalar("accuracy", 0.9, { step: 1 });
 * session.hparamsEnd("success");
 * await session.close();
 */
export function hparams(
  recorder: Recorder,
  values: Readonly<Record<string, HParamValue>>,
  options: HParamsOptions = {},
): boolean {
  checkOptions(options, OPTIONS, () => "hparams");
  if (typeof values !== "object" || values === null || Array.isArray(values))
    throw new ValueError(`hyperparameters are an object, { name: value }, not ${describe(values)}`);
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const sessionStartInfo: pb.hparams.SessionStartInfo.$Properties = {
    hparams: Object.fromEntries(entries.map(([name, value]) => [name, toValue(name, value)])),
    ...(options.modelUri && { modelUri: options.modelUri }),
    ...(options.monitorUrl && { monitorUrl: options.monitorUrl }),
    groupName: options.trial ?? JSON.stringify(Object.fromEntries(entries)),
    startTimeSecs: recorder.wallTimeOf(options),
  };
  return write(recorder, "session_start_info", { sessionStartInfo }, options);
}

/**
 * Writes how a session ended; once a run.
 *
 * @returns whether it was kept
 * @example
 * writer.hparams({ rate: 0.1 });
 * writer.hparamsEnd("failure");
 */
export function hparamsEnd(
  recorder: Recorder,
  status: "success" | "failure" | "running",
  options: Pick<HParamsOptions, "wallTime"> = {},
): boolean {
  checkOptions(options, WALL_TIME, () => "hparamsEnd");
  if (!Object.hasOwn(STATUSES, status)) throw new ValueError(`no status of a session: ${describe(status)}`);
  const sessionEndInfo = { status: STATUSES[status], endTimeSecs: recorder.wallTimeOf(options) };
  return write(recorder, "session_end_info", { sessionEndInfo }, options);
}

function write(
  recorder: Recorder,
  what: string,
  data: pb.hparams.HParamsPluginData.$Properties,
  { wallTime }: Pick<HParamsOptions, "wallTime">,
): boolean {
  const plugin = { name: "hparams", content: pb.hparams.HParamsPluginData.encode(data).finish() };
  const nothing = { dtype: DataType.DT_FLOAT, tensorShape: { dim: [{ size: 0 }] } };
  return recorder.tensor(`_hparams_/${what}`, plugin, nothing, { step: 0, wallTime });
}

function toInfo({ name, domain, displayName, description }: HParam): pb.hparams.HParamInfo.$Properties {
  return {
    name,
    ...(displayName && { displayName }),
    ...(description && { description }),
    ...(domain && toDomain(name, domain)),
  };
}

function toDomain(name: string, domain: NonNullable<HParam["domain"]>): pb.hparams.HParamInfo.$Properties {
  if ("min" in domain) {
    const { min: minValue, max: maxValue } = domain;
    if (!(minValue <= maxValue))
      throw new ValueError(`the domain of ${name} must not end before it begins: ${minValue} to ${maxValue}`);
    return { type: DATA_TYPES.number, domainInterval: { minValue, maxValue } };
  }
  const types = new Set(domain.map((value) => typeof value));
  if (types.size !== 1) throw new ValueError(`the domain of ${name} must hold values of one type`);
  const values = domain.map((value) => toValue(name, value));
  const [type] = types;
  return { type: DATA_TYPES[type as keyof typeof DATA_TYPES], domainDiscrete: { values } };
}

function toMetric({
  tag,
  group,
  displayName,
  description,
  dataset,
}: Metric): pb.hparams.MetricInfo.$Properties {
  return {
    name: group ? { group, tag } : { tag },
    ...(displayName && { displayName }),
    ...(description && { description }),
    ...(dataset && { datasetType: DATASETS[dataset] }),
  };
}

function toValue(name: string, value: HParamValue) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "number") return { numberValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  throw new ValueError(`hyperparameter ${name} must be a string, number or boolean, not ${describe(value)}`);
}
