/** What routes of both faces ask of a run, and the errors that they answer when it is not there. */
import { badRequest, HttpError } from "../http/errors.ts";
import type { Embedding } from "./embedding.ts";
import { located } from "./located.ts";
import { embeddingNamed, NothingToShow, type Projector } from "./projector.ts";
import { ConfigError } from "./run-config.ts";
import type { RunSetup } from "./run-setup.ts";

/** @throws HttpError 400 when there is nothing to show of the run, 500 when its config cannot be read */
export function setupOf(ours: Projector, run: string): Promise<RunSetup> {
  return ours.setup(run).catch((error: unknown) => {
    if (error instanceof NothingToShow) throw badRequest(error.message);
    throw error instanceof ConfigError ? new HttpError(500, error.message) : error;
  });
}

/** Files of an embedding, as errors call them, and where its config names them. */
const FILES = {
  metadata: ({ metadataPath }: Embedding) => metadataPath,
  bookmarks: ({ bookmarksPath }: Embedding) => bookmarksPath,
  "sprite image": ({ sprite }: Embedding) => sprite?.imagePath ?? "",
};

/**
 * A file of an embedding, free of links.
 *
 * @throws HttpError 400 when the config names none, or none that is there and may be read
 */
export async function fileOf(
  ours: Projector,
  run: string,
  name: string,
  what: keyof typeof FILES,
): Promise<string> {
  const setup = await setupOf(ours, run);
  const embedding = embeddingNamed(setup, name);
  const given = embedding ? FILES[what](embedding) : "";
  if (given === "") throw badRequest(`no ${what} file of tensor "${name}" in the config "${setup.file}"`);
  return located(ours, setup, given);
}
