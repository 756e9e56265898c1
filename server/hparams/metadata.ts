/**
 * What programs said of their hyperparameters: plugin data of a few tags that have no values. A run with a start
 * info is a session; one run may describe the whole experiment.
 */
import { pb } from "../../proto/index.ts";
import { badRequest } from "../http/errors.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import type { DataProvider } from "../plugins/data-provider.ts";
import type { Value } from "./value.ts";

/** Tags of the plugin data (`plugins/hparams/metadata.py`). */
const EXPERIMENT = "_hparams_/experiment";
export const SESSION_START = "_hparams_/session_start_info";
const SESSION_END = "_hparams_/session_end_info";

export interface Session {
  /** Name of its run. */
  readonly name: string;
  readonly start: pb.hparams.SessionStartInfo.$Properties;
  readonly hparams: ReadonlyMap<string, Value>;
  /** Null while it runs, or when it never said that it ended. */
  readonly end: pb.hparams.SessionEndInfo.$Properties | null;
}

/** The experiment that a run describes, the first where several do; null when none does. */
export function describedExperiment(data: DataProvider): pb.hparams.Experiment.$Properties | null {
  return describedExperiments(data).next().value ?? null;
}

/** The experiments that runs describe, in order of the runs: sweeps and scripts in one log directory have each their own. */
export function* describedExperiments(
  data: DataProvider,
): Generator<pb.hparams.Experiment.$Properties, undefined> {
  for (const { tag, metadata } of data.list("hparams", DataClass.DATA_CLASS_TENSOR))
    if (tag === EXPERIMENT) yield given(decode(metadata.content).experiment, "experiment");
}

/** All sessions, in order of the runs. */
export function sessions(data: DataProvider): Session[] {
  const found: Session[] = [];
  for (const { run, tag, metadata } of data.list("hparams", DataClass.DATA_CLASS_TENSOR)) {
    if (tag !== SESSION_START) continue;
    const start = sessionStart(metadata.content);
    const ended = data.find("hparams", DataClass.DATA_CLASS_TENSOR, run.name, SESSION_END);
    const end = ended ? given(decode(ended.metadata.content).sessionEndInfo, "session end info") : null;
    found.push({ name: run.name, start, hparams: new Map(Object.entries(start.hparams ?? {})), end });
  }
  return found;
}

/** What a program said of a session when it started. @throws HttpError when the plugin data is broken */
export function sessionStart(content: Uint8Array): pb.hparams.SessionStartInfo.$Properties {
  return given(decode(content).sessionStartInfo, "session start info");
}

function decode(content: Uint8Array): pb.hparams.HParamsPluginData {
  let data: pb.hparams.HParamsPluginData;
  try {
    data = pb.hparams.HParamsPluginData.decode(content);
  } catch (error) {
    throw badRequest(`hparams plugin data is broken: ${error instanceof Error ? error.message : error}`);
  }
  if (data.version !== 0) throw badRequest(`hparams plugin data of version ${data.version} is not known`);
  return data;
}

function given<T>(part: T | null | undefined, what: string): T {
  if (part == null) throw badRequest(`hparams plugin data lacks its ${what}`);
  return part;
}
