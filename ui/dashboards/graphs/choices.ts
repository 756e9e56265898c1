/** The graphs and steps that there are, as choices, and the one that is chosen: the address's, or the best there is. */
import { computed } from "@preact/signals";
import type { GraphChoice, GraphQuery, GraphRun, GraphStep } from "../../../graph/views.ts";
import { graphQuery } from "./graph-query.ts";
import { listing } from "./listing.ts";
import { graphRun, graphTag, graphType, stepNumber, stepTag } from "./state.ts";

/** Those that have a graph or a step to show, beside profiles that are not read. */
export const shownRuns = computed<readonly GraphRun[]>(() =>
  (listing.value?.runs ?? []).filter(({ graphs, steps }) => graphs.length + steps.length > 0),
);

export const currentRun = computed<GraphRun | null>(() => {
  const runs = shownRuns.value;
  return (
    runs.find((run) => run.run === graphRun.value) ??
    runs.find((run) => run.graphs.some((graph) => graph.kind === "op") && run.steps.length > 0) ??
    runs.find((run) => run.graphs.length > 0) ??
    runs[0] ??
    null
  );
});

export const currentGraph = computed<GraphChoice | null>(() => {
  const graphs = currentRun.value?.graphs ?? [];
  return (
    graphs.find((graph) => graph.kind === graphType.value && (graph.tag ?? "") === graphTag.value) ??
    graphs.find((graph) => graph.kind === "op") ??
    graphs[0] ??
    null
  );
});

export const currentStep = computed(() => {
  const steps = (currentRun.value?.steps ?? []).filter((step) => step.tag === stepTag.value);
  return steps.find((step) => String(step.step) === stepNumber.value) ?? steps.at(-1) ?? null;
});

export const currentQuery = computed<GraphQuery | null>(() => {
  const [run, graph] = [currentRun.value, currentGraph.value];
  if (!run) return null;
  const step = currentStep.value;
  return graphQuery(
    run.run,
    graph?.kind ?? "",
    graph?.tag ?? "",
    step?.tag ?? "",
    step ? String(step.step) : "",
  );
});

/** The same for the same graph, whatever step is joined to it. */
export const graphKey = computed(() => {
  const query = currentQuery.value;
  return query ? JSON.stringify([query.run, query.type, query.tag]) : "";
});

export function graphLabel({ kind, tag }: GraphChoice): string {
  const words = { op: "Operations", conceptual: "Layers", traced: "Traced" }[kind];
  return tag === null || tag === "" ? words : `${words}: ${tag}`;
}

/** A step as one text: a tag may have several. */
export function stepKey({ tag, step }: GraphStep): string {
  return JSON.stringify([tag, step]);
}

/** A profiler's trace is of no step that it tells: it goes by its file. Tags may say their step themselves. */
export function stepTitle({ tag, step }: GraphStep): string {
  if (/\.trace\.json(\.gz)?$/.test(tag)) return `Trace ${tag}`;
  const told = /^step[ _]?0*(\d+)$/i.exec(tag);
  return told && Number(told[1]) === step ? tag : `${tag} (step ${step})`;
}

export function chooseStep(step: GraphStep | null): void {
  stepTag.value = step?.tag ?? "";
  stepNumber.value = step ? String(step.step) : "";
}
