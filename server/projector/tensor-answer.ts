/** The vectors of an embedding as float32, from the file that its config names or from the run's checkpoint. */
import type { Response } from "express";
import { CheckpointError, type VariableBytes } from "../../proto/index.ts";
import { badRequest, HttpError } from "../http/errors.ts";
import { OutsideError } from "../logdir/folders.ts";
import { sendFile, sendNumbers } from "./file-answer.ts";
import { float32Pieces } from "./float32.ts";
import { located } from "./located.ts";
import { embeddingNamed, type Projector } from "./projector.ts";
import type { RunSetup } from "./run-setup.ts";
import { VectorFileError } from "./vector-files.ts";

/**
 * @param name of an embedding, or of any variable of the checkpoint
 * @param rows how many to send at most; undefined: all
 * @throws HttpError 400 when there is no such tensor, or its file may not be read; 500 when it is damaged
 */
export async function sendTensor(
  response: Response,
  ours: Projector,
  setup: RunSetup,
  name: string,
  rows: number | undefined,
): Promise<void> {
  const embedding = embeddingNamed(setup, name);
  if (!embedding?.tensorPath) {
    const variable = await readVariable(setup, name, rows);
    const count = variable.shape.reduce((product, size) => product * size, 1);
    await sendNumbers(response, count, float32Pieces(variable));
    return;
  }
  const file = await located(ours, setup, embedding.tensorPath);
  const vectors = await ours.vectors.read(file, embedding.shape, rows).catch((error: unknown) => {
    throw error instanceof VectorFileError ? new HttpError(500, error.message) : error;
  });
  if (vectors.kind === "numbers") await sendNumbers(response, vectors.data.length, [vectors.data]);
  else await sendFile(response.type("application/octet-stream"), vectors.file, vectors);
}

/** @throws HttpError 400 when the checkpoint has no such variable, 500 when it is damaged */
export async function readVariable(
  { checkpoint, checkpointPath, checkpointProblem }: RunSetup,
  name: string,
  rows: number | undefined,
): Promise<VariableBytes> {
  if (!checkpoint?.variables.has(name)) {
    const named = checkpointPath ? `the checkpoint "${checkpointPath}" has none` : "there is no checkpoint";
    const why = checkpointProblem === null ? named : `of the checkpoint, ${checkpointProblem}`;
    throw badRequest(`no tensor "${name}": it has no tensor file, and ${why}`);
  }
  try {
    return await checkpoint.readBytes(name, rows);
  } catch (error) {
    if (error instanceof OutsideError) throw badRequest(error.message);
    throw error instanceof CheckpointError ? new HttpError(500, error.message) : error;
  }
}
