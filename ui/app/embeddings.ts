/** Whether the logs have embeddings: they stand in files beside the events, so that no tag tells of them. */
import { effect, signal, untracked } from "@preact/signals";
import { checked } from "../../client/api-error.ts";
import { decodeEmbeddings } from "../../client/embeddings.ts";
import { queryRequest } from "../../client/forms.ts";
import { catalog } from "./session.ts";

export const hasEmbeddings = signal(false);

/** Logs that had none are looked at again when runs come, but no more often than this. */
const PAUSE_MS = 5000;

/** Asks until there are some. */
export function watchEmbeddings(): void {
  let busy = false;
  effect(() => {
    if (!catalog.value || hasEmbeddings.value) return;
    untracked(() => {
      if (busy) return;
      busy = true;
      ask()
        .then((found) => (hasEmbeddings.value = found))
        // Asked again with the next catalog: nothing else depends on it.
        .catch(() => {})
        .finally(() => setTimeout(() => (busy = false), PAUSE_MS));
    });
  });
}

async function ask(): Promise<boolean> {
  const response = await checked(await fetch("api/v1/embeddings", queryRequest({ first: true }, "json")));
  return decodeEmbeddings(await response.json()).length > 0;
}
