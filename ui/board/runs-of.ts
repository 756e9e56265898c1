/** The runs that a card draws: those that are on and have its tag. Others are not drawn as empty. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { TagInfo } from "../../server/api/types.ts";
import { enabledRuns } from "../app/runs.ts";
import { runNames, runsById } from "../app/session.ts";

const namesOf = (tag: TagInfo) => new Set(tag.runs.map((id) => runsById.value.get(id)?.name));

const listed = (having: ReadonlySet<string | undefined>) =>
  runNames.value.filter((run) => enabledRuns.value.has(run) && having.has(run));

/** Names of the runs that are on and have the tag, in the order of the list of runs. Reads signals. */
export const runsWith = (tag: TagInfo): string[] => listed(namesOf(tag));

/** {@link runsWith}, as tag and runs change. */
export function runsOf(tag: ReadonlySignal<TagInfo>): ReadonlySignal<readonly string[]> {
  const having = computed(() => namesOf(tag.value));
  let last: readonly string[] = [];
  return computed(() => {
    const runs = listed(having.value);
    // The same list as before stays the same object: whoever follows it is left in peace.
    if (runs.length !== last.length || runs.some((run, i) => run !== last[i])) last = runs;
    return last;
  });
}

/** {@link runsOf} for as long as a component lives. */
export function useRunsOf(tag: ReadonlySignal<TagInfo>): ReadonlySignal<readonly string[]> {
  return useMemo(() => runsOf(tag), [tag]);
}

/** Whether any run that is on has the tag. */
export function hasRuns(tag: TagInfo): boolean {
  const runs = runsById.value;
  const enabled = enabledRuns.value;
  return tag.runs.some((id) => {
    const run = runs.get(id);
    return run !== undefined && enabled.has(run.name);
  });
}
