/** What the projector's routes answer. */
import type { Request, Response } from "express";
import { badRequest } from "../../http/errors.ts";
import { sendJson } from "../../http/json.ts";
import { optional, required } from "../../http/parameters.ts";
import { fileOf, setupOf } from "../../projector/ask.ts";
import { embeddingJson } from "../../projector/embedding.ts";
import { lengthOfLines, sendFile, sendImage } from "../../projector/file-answer.ts";
import type { Projector } from "../../projector/projector.ts";
import { sendTensor } from "../../projector/tensor-answer.ts";
import type { Route } from "./index.ts";

type AnswerRoute = (ours: Projector, request: Request, response: Response) => Promise<void>;

export const answers: Readonly<Record<Route, AnswerRoute>> = {
  async runs(ours, _request, response) {
    sendJson(response, await ours.runs());
  },

  async info(ours, request, response) {
    const setup = await setupOf(ours, required(request, "run"));
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
    await sendTensor(response, ours, await setupOf(ours, required(request, "run")), name, rows);
  },

  async metadata(ours, request, response) {
    const rows = rowsOf(request);
    const file = await askedFile(ours, request, "metadata");
    const length = rows === undefined ? undefined : await lengthOfLines(file, rows);
    await sendFile(response.type("text/plain"), file, { length });
  },

  async bookmarks(ours, request, response) {
    await sendFile(response.type("application/json"), await askedFile(ours, request, "bookmarks"));
  },

  async sprite_image(ours, request, response) {
    await sendImage(response, await askedFile(ours, request, "sprite image"));
  },
};

function askedFile(ours: Projector, request: Request, what: Parameters<typeof fileOf>[3]): Promise<string> {
  const name = required(request, "name");
  return fileOf(ours, required(request, "run"), name, what);
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
