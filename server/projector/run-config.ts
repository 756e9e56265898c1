/**
 * The config in a folder, and the checkpoint that it names or that is the latest there.
 * Facts: `_read_latest_config_files` in tensorboard/plugins/projector/projector_plugin.py.
 */
import path from "node:path";
import { STATE_FILE } from "../../proto/checkpoint/state.ts";
import { CONFIG_FILE, parseConfig } from "../../proto/projector-config.ts";
import { messageOf } from "../logdir/discover.ts";
import { joined, type LogFolders } from "../logdir/folders.ts";
import { readText } from "../logdir/open-file.ts";
import { latestIn, startsAnything } from "./checkpoint-path.ts";
import { type Embedding, embeddingOf } from "./embedding.ts";

export interface RunConfig {
  /** Where the config is, or would be: paths in it are relative to its folder. */
  readonly file: string;
  readonly embeddings: readonly Embedding[];
  /** What the names of the checkpoint's files start with, or a folder of checkpoints; empty when there is none. */
  readonly checkpointPath: string;
  readonly checkpointDir: string;
}

/** A config that cannot be read, in words. */
export class ConfigError extends Error {}

/** Notes something that is left out, and why. */
export type Note = (problem: string) => void;

/** Names of what is in a folder; none when there is no such folder. */
export type Names = (folder: string) => Promise<readonly string[]>;

/** What reading needs, and whom it tells of what is wrong. */
export interface SetupReader {
  readonly folders: LogFolders;
  readonly names: Names;
  readonly note: Note;
}

export interface ConfigPlace {
  /** The folder of the config. */
  readonly folder: string;
  /** Whether there is a config in it. */
  readonly there: boolean;
  /** The run's folder, in which the state file of its checkpoints is looked for; then in the one above. */
  readonly runFolder: string;
  /** Whether the folder above is one of the log directories. */
  readonly hasParent: boolean;
}

/**
 * Null when nothing leads to vectors: there is neither a checkpoint nor a tensor file, or nothing is where the config says
 * that the checkpoint is.
 *
 * @throws ConfigError
 */
export async function readRunConfig(reader: SetupReader, place: ConfigPlace): Promise<RunConfig | null> {
  const { folders, note } = reader;
  const file = joined(place.folder, CONFIG_FILE);
  const config = place.there ? await readFileOf(folders, file, note) : emptyConfig;
  const embeddings = withNamedFile(config.embeddings);
  const hasFiles = embeddings.some(({ tensorPath }) => tensorPath !== "");
  if (config.checkpointPath !== "") {
    const usable = await isUsable(folders, config.checkpointPath, hasFiles, note);
    return usable ? { ...config, file, embeddings } : null;
  }
  const checkpointPath = (await latestCheckpoint(reader, place)) ?? "";
  return hasFiles || checkpointPath !== "" ? { ...config, file, embeddings, checkpointPath } : null;
}

type ConfigText = Omit<RunConfig, "file">;

const emptyConfig: ConfigText = { embeddings: [], checkpointPath: "", checkpointDir: "" };

async function readFileOf(folders: LogFolders, file: string, note: Note): Promise<ConfigText> {
  try {
    const located = await folders.locate(file);
    if (located === undefined) return emptyConfig;
    const { config, notes } = parseConfig(await readText(located, located));
    for (const unknown of notes) note(`${unknown}: passed over`);
    return {
      embeddings: config.embeddings.map(embeddingOf),
      checkpointPath: config.modelCheckpointPath,
      checkpointDir: config.modelCheckpointDir,
    };
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

/** Of the embeddings with a tensor file, TensorBoard names the first after it where it has no name. */
function withNamedFile(embeddings: readonly Embedding[]): readonly Embedding[] {
  const first = embeddings.findIndex(({ tensorPath }) => tensorPath !== "");
  const found = embeddings[first];
  if (found?.name !== "") return embeddings;
  const { tensorPath } = found;
  return embeddings.with(first, { ...found, name: tensorPath.slice(tensorPath.lastIndexOf("/") + 1) });
}

/** Whether a run is shown whose config names a checkpoint; with one that may not be read, if it has files besides. */
async function isUsable(
  folders: LogFolders,
  checkpointPath: string,
  hasFiles: boolean,
  note: Note,
): Promise<boolean> {
  try {
    if (await startsAnything(folders, checkpointPath)) return true;
    const from = path.isAbsolute(checkpointPath)
      ? ""
      : ` (from ${process.cwd()}, where the server was started)`;
    note(`the checkpoint "${checkpointPath}" is not there${from}: the run is left out`);
    return false;
  } catch (error) {
    note(`the checkpoint ${messageOf(error)}`);
    return hasFiles;
  }
}

async function latestCheckpoint(
  { folders, names, note }: SetupReader,
  { runFolder, hasParent }: ConfigPlace,
): Promise<string | null> {
  const searched = hasParent ? [runFolder, joined(runFolder, "..")] : [runFolder];
  for (const folder of searched) {
    if (!(await names(folder)).includes(STATE_FILE)) continue;
    try {
      const latest = await latestIn(folders, folder);
      if (latest !== null) return latest;
    } catch (error) {
      note(`the latest checkpoint of ${folder}: ${messageOf(error)}`);
    }
  }
  return null;
}
