/** What the graphs dashboard lets a person choose, all of it kept in the address. */
import { computed } from "@preact/signals";
import { choiceField, flagField, listField, textField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import type { ColourBy, TimeKind } from "./canvas/colours.ts";
import type { Direction } from "./layout/layout-graph.ts";

/** `run`, then what of it: `run|op|`, `run|conceptual|keras`, `run|traced|train_step`. */
export const graphRun = urlSignal("graph_run", textField());
export const graphType = urlSignal("graph_type", choiceField(["", "op", "conceptual", "traced"]));
export const graphTag = urlSignal("graph_tag", textField());
export const stepTag = urlSignal("graph_step", textField());
/** Which of the tag's steps; empty for the newest. */
export const stepNumber = urlSignal("graph_step_number", textField());

export const openedIds = urlSignal("graph_open", listField());
export const selectedIds = urlSignal("graph_node", listField());
export const putAside = urlSignal("graph_aside", listField());
export const putBack = urlSignal("graph_back", listField());
export const ungrouped = urlSignal("graph_unfolded", listField());
export const hiddenOps = urlSignal("graph_hide", listField());
export const direction = urlSignal("graph_flow", choiceField<Direction>(["up", "down", "right"]));
export const COLOUR_CHOICES = [
  "structure",
  "none",
  "device",
  "time",
  "memory",
  "op",
  "tpu",
  "xla",
  "compare",
] as const;
export const colourBy = urlSignal("graph_colour", choiceField<ColourBy>(COLOUR_CHOICES));
export const timeKind = urlSignal("graph_time", choiceField<TimeKind>(["sum", "span", "self"]));
export const searchText = urlSignal("graph_find", textField());
export const searchWhere = urlSignal("graph_find_in", choiceField(["", "name", "op", "device", "attribute"]));
export const searchRegex = urlSignal("graph_find_regex", flagField(false));
export const traceOf = urlSignal("graph_trace", choiceField(["", "inputs", "outputs", "both"]));

export type DockTab = "" | "table" | "timeline" | "memory" | "compare";
export const dockTab = urlSignal(
  "graph_panel",
  choiceField<DockTab>(["", "table", "timeline", "memory", "compare"]),
);
export type SideTab = "node" | "outline" | "search";
export const sideTab = urlSignal("graph_side", choiceField<SideTab>(["node", "outline", "search"]));

/** The other graph or step of a comparison, in the same form as the first. */
export const otherRun = urlSignal("graph_to_run", textField());
export const otherType = urlSignal("graph_to_type", choiceField(["", "op", "conceptual", "traced"]));
export const otherTag = urlSignal("graph_to_tag", textField());
export const otherStep = urlSignal("graph_to_step", textField());
export const otherStepNumber = urlSignal("graph_to_step_number", textField());

/** Where the other graph is drawn: nowhere, beside the first, or as one with it. */
export type CompareAs = "" | "beside" | "one";
export const compareAs = urlSignal("graph_compare_as", choiceField<CompareAs>(["", "beside", "one"]));

/** The one that the card shows: chosen last. */
export const selectedId = computed(() => selectedIds.value.at(-1) ?? null);

/** Forgets what belongs to one graph: another is to be shown. */
export function forgetPicture(): void {
  for (const list of [openedIds, selectedIds, putAside, putBack, ungrouped]) list.value = [];
  traceOf.value = "";
}

/** Puts a name into a list, or takes it out. */
export function toggled(list: readonly string[], name: string, on = !list.includes(name)): string[] {
  const without = list.filter((other) => other !== name);
  return on ? [...without, name] : without;
}
