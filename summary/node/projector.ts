/**
 * Embeddings beside the event file: their files first, then the run's `projector_config.pbtxt`, which names them. Each
 * file appears whole or not at all, so that readers never see half an embedding.
 */
import fs from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { makeDirectory } from "../../files/make-directory.ts";
import { EventFileError } from "../errors.ts";
import { CONFIG_FILE, type EmbeddingInfo, withEmbedding } from "../projector/config.ts";
import { type Embedding, makeEmbedding, type ProjectorOptions } from "../projector/embedding.ts";
import type { Vectors } from "../projector/vectors.ts";
import { toLogDirectory } from "./log-directory.ts";

/**
 * Writes an embedding for the projector dashboard into a run's directory: the vectors, and with them what is known of
 * each point. Embeddings of other names and steps that are there already stay.
 *
 * @param logdir the run's directory, made if needed; an event file in it is not
 * @param name what the projector lists; the same name (and step) again takes the place of the first
 * @param vectors a row a point, at least one
 * @throws ShapeError when the vectors are no matrix, or metadata or images are not one a point
 * @throws ValueError when something is of another type, a label has a tab or line break or is blank, or the
 *   `projector_config.pbtxt` that is there cannot be read
 * @throws StepError
 * @throws EventFileError when a file cannot be written
 * @example
 * const vectors = [[0.1, 0.9, 0.2], [0.8, 0.1, 0.1], [0.7, 0.2, 0.3]];
 * const metadata = { word: ["tea", "cat", "dog"], count: [3, 14, 15] };
 * await projector("runs/words", "words", vectors, { metadata });
 */
export async function projector(
  logdir: string | URL,
  name: string,
  vectors: Vectors,
  options: ProjectorOptions = {},
): Promise<void> {
  await writeEmbedding(toLogDirectory(logdir), makeEmbedding(name, vectors, options));
}

/** Throws {@link EventFileError}, or ValueError when the config cannot be read. */
export function writeEmbedding(logdir: string, { info, files }: Embedding): Promise<void> {
  const directory = path.resolve(logdir);
  return inTurn(directory, async () => {
    for (const { path: name, bytes } of files) await replaceFile(path.join(directory, name), bytes);
    await addToConfig(path.join(directory, CONFIG_FILE), info);
  });
}

/** The last work on each directory. */
const last = new Map<string, Promise<void>>();

/** One embedding of a directory waits for the one before, or two of them would change the config at once. */
function inTurn(directory: string, work: () => Promise<void>): Promise<void> {
  const mine = (last.get(directory) ?? Promise.resolve()).then(work, work);
  last.set(directory, mine);
  const forget = () => {
    if (last.get(directory) === mine) last.delete(directory);
  };
  mine.then(forget, forget);
  return mine;
}

async function addToConfig(file: string, info: EmbeddingInfo): Promise<void> {
  const text = await readText(file);
  const changed = withEmbedding(text, info);
  if (changed !== text) await replaceFile(file, new TextEncoder().encode(changed));
}

async function readText(file: string): Promise<string> {
  try {
    return await fs.readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw failure(file, error);
  }
}

/** In turn, so no two write the same file at once. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    makeDirectory(path.dirname(file));
    await fs.writeFile(unfinished, bytes);
    await fs.rename(unfinished, file);
  } catch (error) {
    await fs.rm(unfinished, { force: true }).catch(() => {});
    throw failure(file, error);
  }
}

function failure(file: string, cause: unknown): EventFileError {
  return new EventFileError(file, cause, undefined, "the embedding is left out");
}
