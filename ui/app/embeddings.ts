/** Whether the logs have embeddings: they stand in files beside the events, so that no tag tells of them. */
import { effect, signal, untracked } from "@preact/signals";
import { checked } from "../../client/api-error.ts";
import { decodeEmbeddings } from "../../client/embeddings.ts";
import { queryRequest } from "../../client/forms.ts";
import { fetchApi } from "../early/asked.ts";
import { catalog } from "./session.ts";

/** Null until it is known. */
export const hasEmbeddings = signal<boolean | null>(null);

/** Logs that had none are looked at again when runs come, but no more often than this. */
const PAUSE_MS = 5000;

/** Asks until there are some. */
export function watchEmbeddings(): void {
  let resting = false;
  let missed = false;
  const look = (): void => {
    missed = resting;
    if (resting || hasEmbeddings.peek()) return;
    resting = true;
    ask()
      .then((found) => (hasEmbeddings.value = found))
      // Asked again with the next catalog: nothing else depends on it.
      .catch(() => (hasEmbeddings.value ??= false))
      .finally(() =>
        setTimeout(() => {
          resting = false;
          if (missed) look();
        }, PAUSE_MS),
      );
  };
  effect(() => {
    if (catalog.value) untracked(look);
  });
}

async function ask(): Promise<boolean> {
  const response = await checked(await fetchApi("embeddings", queryRequest({ first: true }, "json")));
  return decodeEmbeddings(await response.json()).length > 0;
}
