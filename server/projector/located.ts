/** Files that configs name, for answers: there, and in the log directory, or an error in words. */
import { badRequest } from "../http/errors.ts";
import { messageOf } from "../logdir/discover.ts";
import type { Projector } from "./projector.ts";
import type { RunSetup } from "./run-setup.ts";
import { stampOf } from "./stamp.ts";

/**
 * Where the file is, free of links.
 *
 * @param given as the config has it
 * @throws HttpError 400 when it is not there, no file, or not in the log directory
 */
export async function located(ours: Projector, setup: RunSetup, given: string): Promise<string> {
  const file = await ours.locate(setup, given).catch((error: unknown) => {
    throw badRequest(messageOf(error));
  });
  if (file === undefined || !(await stampOf(file)))
    throw badRequest(`"${given}", which "${setup.file}" names, is not there, or not a file`);
  return file;
}
