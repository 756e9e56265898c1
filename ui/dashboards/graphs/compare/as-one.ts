/** The two graphs of a comparison as one, while they are to be drawn so. */
import { computed, effect, signal } from "@preact/signals";
import type { GraphQuery } from "../../../../graph/views.ts";
import { describeError } from "../../../app/api.ts";
import { notice } from "../actions.ts";
import { currentGraph, currentQuery } from "../choices.ts";
import { withoutStep } from "../source/graph-source.ts";
import { source } from "../source/sources.ts";
import { compareAs, dockTab } from "../state.ts";
import { currentOther } from "./others.ts";

const united = signal<GraphQuery | null>(null);

/** The other graph, where graphs are compared and both are drawn: beside the first, or as one with it. */
export const drawnOther = computed(() => {
  const other = currentOther.value;
  return dockTab.value === "compare" && compareAs.value !== "" && other?.step === "" ? other : null;
});

/** What the picture, the card and the search are about: the graph that is chosen, or both as one. */
export const pictureQuery = computed(() => united.value ?? (currentGraph.value ? currentQuery.value : null));

/** Whether what was removed is in the picture. */
export const isAsOne = computed(() => united.value !== null);

/** Makes one of both whenever others are chosen. Returns the way to stop. */
export function followUnion(): () => void {
  return effect(() => {
    const other = compareAs.value === "one" ? drawnOther.value : null;
    const query = currentGraph.value ? currentQuery.value : null;
    if (!other || !query) {
      united.value = null;
      return;
    }
    const abort = new AbortController();
    source.unite(other.query, withoutStep(query), abort.signal).then(
      (answer) => {
        if (!abort.signal.aborted) united.value = answer;
      },
      (reason: unknown) => {
        if (abort.signal.aborted) return;
        united.value = null;
        notice.value = `The graphs cannot be drawn as one: ${describeError(reason)}`;
      },
    );
    return () => abort.abort();
  });
}
