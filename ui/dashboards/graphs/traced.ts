/** What the chosen node is made of, or what is made of it: asked for while a trace is shown. */
import { effect, signal, untracked } from "@preact/signals";
import type { GraphTrace, TraceDirection } from "../../../graph/views.ts";
import { describeError } from "../../app/api.ts";
import { type GraphActions, notice } from "./actions.ts";
import { pictureQuery } from "./compare/as-one.ts";
import { source } from "./source/sources.ts";
import { selectedId, traceOf } from "./state.ts";

/** Null while nothing is traced, or the answer is not there yet. */
export const traced = signal<GraphTrace | null>(null);

/** Asks whenever another node, graph or direction is chosen. Returns the way to stop. */
export function followTrace(actions: GraphActions): () => void {
  return effect(() => {
    const [direction, id, query] = [traceOf.value, selectedId.value, pictureQuery.value];
    const item = id === null ? null : untracked(() => actions.itemOf(id));
    traced.value = null;
    if (direction === "" || id === null || query === null || item?.kind === "section") return;
    const abort = new AbortController();
    source.trace(query, item?.name ?? id, direction as TraceDirection, abort.signal).then(
      (answer) => {
        if (!abort.signal.aborted) traced.value = answer;
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) notice.value = describeError(reason);
      },
    );
    return () => abort.abort();
  });
}
