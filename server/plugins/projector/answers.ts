/** What the projector's routes answer. */
import type { Request, Response } from "express";
import { badRequest, HttpError } from "../../http/errors.ts";
import { sendJson } from "../../http/json.ts";
import { optional, required } from "../../http/parameters.ts";
import { imageType } from "../image-type.ts";
import { type Embedding, embeddingJson } from "./embedding.ts";
import { firstBytes, lengthOfLines, sendFile } from "./file-answer.ts";
import type { Route } from "./index.ts";
import { located } from "./located.ts";
import { embeddingNamed, NothingToShow, type Projector } from "./projector.ts";
import { ConfigError } from "./run-config.ts";
import type { RunSetup } from "./run-setup.ts";
import { sendTensor } from "./tensor-answer.ts";

type AnswerRoute = (ours: Projector, request: Request, response: Response) => Promise<void>;

/** Headers of images are at their beginning. */
const IMAGE_HEADER_BYTES = 1 << 20;

export const answers: Readonly<Record<Route, AnswerRoute>> = {
  async runs(ours, _request, response) {
    sendJson(response, await ours.runs());
  },

  async info(ours, request, response) {
    const setup = await setupOf(ours, request);
    const embeddings = await ours.withShapes(setup);
    sendJson(response, {
      modelCheckpointPath: setup.checkpointPath || undefined,
      embeddings: embeddings.map(embeddingJson),
      modelCheckpointDir: setup.checkpointDir || undefined,
    });
  },

  async tensor(ours, request, response) {
    const rows = rowsOf(request);
    const name = required(request, "name");
    await sendTensor(response, ours, await setupOf(ours, request), name, rows);
  },

  async metadata(ours, request, response) {
    const rows = rowsOf(request);
    const file = await fileOf(ours, request, "metadata", ({ metadataPath }) => metadataPath);
    const length = rows === undefined ? undefined : await lengthOfLines(file, rows);
    await sendFile(response.type("text/plain"), file, length);
  },

  async bookmarks(ours, request, response) {
    const file = await fileOf(ours, request, "bookmarks", ({ bookmarksPath }) => bookmarksPath);
    await sendFile(response.type("application/json"), file);
  },

  async sprite_image(ours, request, response) {
    const file = await fileOf(ours, request, "sprite image", ({ sprite }) => sprite?.imagePath ?? "");
    await sendFile(response.type(imageType(await firstBytes(file, IMAGE_HEADER_BYTES))), file);
  },
};

/** @throws HttpError 400 when there is nothing to show of the run, 500 when its config cannot be read */
function setupOf(ours: Projector, request: Request): Promise<RunSetup> {
  return ours.setup(required(request, "run")).catch((error: unknown) => {
    if (error instanceof NothingToShow) throw badRequest(error.message);
    throw error instanceof ConfigError ? new HttpError(500, error.message) : error;
  });
}

/** @throws HttpError 400 when the parameter is there and no whole number above 0, as Python reads one */
function rowsOf(request: Request): number | undefined {
  const text = optional(request, "num_rows");
  if (text === undefined || text === "") return undefined;
  const rows = Number(text.replaceAll("_", ""));
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) || rows <= 0)
    throw badRequest(`parameter "num_rows" is no whole number above 0`);
  return rows;
}

/**
 * A file of an embedding, free of links.
 *
 * @param what the file, for errors
 * @throws HttpError 400 when the config names none, or none that is there and may be read
 */
async function fileOf(
  ours: Projector,
  request: Request,
  what: string,
  pathOf: (embedding: Embedding) => string,
): Promise<string> {
  const name = required(request, "name");
  const setup = await setupOf(ours, request);
  const embedding = embeddingNamed(setup, name);
  const given = embedding ? pathOf(embedding) : "";
  if (given === "") throw badRequest(`no ${what} file of tensor "${name}" in the config "${setup.file}"`);
  return located(ours, setup, given);
}
