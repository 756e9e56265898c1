/** The graphs that there are: those of the logs, asked for whenever the catalog changes, and those of dropped files. */
import { computed, effect, signal } from "@preact/signals";
import type { GraphListing, GraphRun } from "../../../graph/views.ts";
import type { Catalog } from "../../../server/api/types.ts";
import { describeError } from "../../app/api.ts";
import { catalog } from "../../app/session.ts";
import { ServerSource } from "./source/server-source.ts";

const logged = signal<GraphListing | null>(null);
export const listingError = signal<string | null>(null);
/** The catalog with which the logs' graphs were asked for last, with or without success. */
const askedFor = signal<Catalog | null>(null);
/** Graphs of files that were dropped onto the page, as runs named after them. */
export const droppedRuns = signal<readonly GraphRun[]>([]);

/** Null until the logs' graphs are known. */
export const listing = computed<GraphListing | null>(() => {
  const dropped = droppedRuns.value;
  if (!logged.value) return dropped.length > 0 ? { runs: dropped } : null;
  return { runs: [...dropped, ...logged.value.runs] };
});

let started = false;

/** Whether there is a graph, or a step of one, to show. Reads signals; the first call starts asking. */
export function hasGraphs(): boolean {
  if (!started) {
    started = true;
    startListing();
  }
  return (listing.value?.runs ?? []).some((run) => run.graphs.length + run.steps.length > 0);
}

/** Whether what `hasGraphs` says is of what the server told last. Reads signals. */
export function areGraphsKnown(): boolean {
  return askedFor.value !== null && askedFor.value === catalog.value;
}

function startListing(): void {
  const server = new ServerSource();
  let last = "";
  effect(() => {
    const asking = catalog.value;
    if (asking === null) return;
    const abort = new AbortController();
    server.list(abort.signal).then(
      (fresh) => {
        listingError.value = null;
        const text = JSON.stringify(fresh);
        if (text !== last) logged.value = fresh;
        last = text;
        askedFor.value = asking;
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        listingError.value = describeError(error);
        askedFor.value = asking;
      },
    );
    return () => abort.abort();
  });
}
