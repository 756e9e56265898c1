/** Graphs and steps that the one shown can be compared with, and the one that is chosen. */
import { batch, computed } from "@preact/signals";
import type { GraphQuery, GraphRun } from "../../../../graph/views.ts";
import { currentGraph, currentRun, currentStep, graphLabel, stepTitle } from "../choices.ts";
import { graphQuery } from "../graph-query.ts";
import { listing } from "../listing.ts";
import { colourBy, otherRun, otherStep, otherStepNumber, otherTag, otherType } from "../state.ts";

export interface Other {
  readonly key: string;
  readonly title: string;
  readonly query: GraphQuery;
  /** Tag of the step that is compared; empty where the graphs are. */
  readonly step: string;
}

type Parts = readonly [run: string, type: string, tag: string, step: string, number: string];

export const others = computed(() => othersOf(listing.value?.runs ?? []));

export const currentOther = computed(() => {
  const key = keyOf([
    otherRun.value,
    otherType.value,
    otherTag.value,
    otherStep.value,
    otherStepNumber.value,
  ]);
  return others.value.find((candidate) => candidate.key === key) ?? null;
});

export function chooseOther(other: Other | null): void {
  batch(() => {
    otherRun.value = other?.query.run ?? "";
    otherType.value = other?.query.type ?? "";
    otherTag.value = other?.query.tag ?? "";
    otherStep.value = other?.step ?? "";
    otherStepNumber.value = other?.query.step === undefined ? "" : String(other.query.step);
    if (other) colourBy.value = "compare";
  });
}

function othersOf(runs: readonly GraphRun[]): Other[] {
  const list: Other[] = [];
  for (const run of runs) {
    if (currentStep.value)
      for (const step of run.steps) {
        if (run === currentRun.value && step === currentStep.value) continue;
        const number = String(step.step);
        const kind = run.graphs.some((graph) => graph.kind === "op") ? "op" : "";
        list.push(entry([run.run, kind, "", step.tag, number], `${run.run}, ${stepTitle(step)}`));
      }
    for (const graph of run.graphs) {
      if (run === currentRun.value && graph === currentGraph.value) continue;
      list.push(entry([run.run, graph.kind, graph.tag ?? "", "", ""], `${run.run}, ${graphLabel(graph)}`));
    }
  }
  return list;
}

function entry(parts: Parts, title: string): Other {
  return { key: keyOf(parts), title, query: graphQuery(...parts), step: parts[3] };
}

function keyOf(parts: Parts): string {
  return JSON.stringify(parts);
}
