/**
 * What a run has for the projector: its config, with the variables of its checkpoint added.
 * Facts: `_append_plugin_asset_directories` and `_augment_configs_with_checkpoint_info` in
 * tensorboard/plugins/projector/projector_plugin.py.
 */
import path from "node:path";
import type { Checkpoint } from "../../proto/index.ts";
import { CONFIG_FILE, canonicalTensorName } from "../../proto/projector-config.ts";
import { messageOf } from "../logdir/discover.ts";
import type { LogFolders } from "../logdir/folders.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { checkpointFiles, latestIn } from "./checkpoint-path.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Embedding } from "./embedding.ts";
import { type RunConfig, readRunConfig, type SetupReader } from "./run-config.ts";
import { variableOrder } from "./variable-order.ts";

/** Where TensorFlow 1 puts files of plugins, below a run's folder. */
const PLUGINS = "plugins";
const ASSETS = "org_tensorflow_tensorboard_projector";

export interface RunSetup extends RunConfig {
  /** Null when there is none, or it cannot be read. */
  readonly checkpoint: Checkpoint | null;
  /** Why the checkpoint cannot be read; null when it can, or there is none. */
  readonly checkpointProblem: string | null;
  /** Whether only the folder of assets has something; TensorBoard lists such runs behind the others. */
  readonly inAssetsOnly: boolean;
}

/**
 * The set-up in a run's folder; null when there is nothing to show. A config among the assets takes the place of the
 * run's own.
 *
 * @param hasParent whether the folder above is in the log directory as well
 * @throws ConfigError when a config cannot be read
 */
export async function readSetup(
  reader: SetupReader,
  checkpoints: Checkpoints,
  folder: string,
  hasParent: boolean,
): Promise<RunSetup | null> {
  const names = await reader.names(folder);
  const place = { folder, there: names.includes(CONFIG_FILE), runFolder: folder, hasParent };
  const own = await readRunConfig(reader, place);
  const assets = names.includes(PLUGINS) ? await readAssets(reader, folder, hasParent) : null;
  const config = assets ?? own;
  if (!config) return null;
  const opened = await openCheckpoint(reader.folders, checkpoints, config.checkpointPath);
  if (opened.problem !== null) reader.note(`of the checkpoint, ${opened.problem}`);
  const embeddings = embeddingsOf(config, opened.checkpoint);
  if (embeddings.length === 0) return null;
  const { checkpoint, problem } = opened;
  return { ...config, embeddings, checkpoint, checkpointProblem: problem, inAssetsOnly: own === null };
}

async function readAssets(
  reader: SetupReader,
  folder: string,
  hasParent: boolean,
): Promise<RunConfig | null> {
  const runFolder = path.resolve(folder);
  const assets = path.join(runFolder, PLUGINS, ASSETS);
  const there = (await reader.names(assets)).includes(CONFIG_FILE);
  return there ? readRunConfig(reader, { folder: assets, there, runFolder, hasParent }) : null;
}

async function openCheckpoint(
  folders: LogFolders,
  checkpoints: Checkpoints,
  given: string,
): Promise<{ checkpoint: Checkpoint | null; problem: string | null }> {
  if (given === "") return { checkpoint: null, problem: null };
  try {
    const files = (await checkpointFiles(folders, given)) ?? (await latestFiles(folders, given));
    if (!files) return { checkpoint: null, problem: `"${given}" has none of a checkpoint's files` };
    return { checkpoint: await checkpoints.open(files), problem: null };
  } catch (error) {
    return { checkpoint: null, problem: messageOf(error) };
  }
}

/** The path may be a folder, whose latest checkpoint is meant. */
async function latestFiles(folders: LogFolders, folder: string) {
  const latest = await latestIn(folders, folder);
  return latest === null ? null : checkpointFiles(folders, latest);
}

function embeddingsOf({ embeddings }: RunConfig, checkpoint: Checkpoint | null): readonly Embedding[] {
  const named = embeddings.map((one) => ({ ...one, name: one.name.replace(/:0$/, "") }));
  return checkpoint ? withVariables(named, checkpoint) : named;
}

/**
 * Adds every matrix of the checkpoint that the config does not name. A first embedding without a name stands for all of
 * them: its files belong to each.
 */
function withVariables(embeddings: readonly Embedding[], checkpoint: Checkpoint): readonly Embedding[] {
  const [first] = embeddings;
  const forAll = first?.name === "" ? first : undefined;
  const all = forAll ? embeddings.slice(1) : [...embeddings];
  const known = new Map<string, number>();
  for (const [at, { name }] of all.entries()) getOrInsert(known, canonicalTensorName(name), () => at);
  for (const name of variableOrder(checkpoint)) {
    const shape = checkpoint.variables.get(name)?.shape ?? [];
    // Slots of optimizers have the shape of embeddings, and are none.
    if (shape.length !== 2 || name.includes(".OPTIMIZER_SLOT")) continue;
    const at = known.get(canonicalTensorName(name));
    if (at === undefined) all.push(variable(name, shape, forAll));
    else all[at] = withShape(all[at]!, shape);
  }
  return all;
}

/** A tensor file says itself what shape it has. */
function withShape(embedding: Embedding, shape: readonly number[]): Embedding {
  return embedding.shape.length > 0 || embedding.tensorPath !== "" ? embedding : { ...embedding, shape };
}

function variable(name: string, shape: readonly number[], forAll: Embedding | undefined): Embedding {
  return {
    name,
    shape,
    tensorPath: "",
    metadataPath: forAll?.metadataPath ?? "",
    bookmarksPath: forAll?.bookmarksPath ?? "",
    sprite: null,
  };
}
