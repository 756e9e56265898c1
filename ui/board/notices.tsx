/** Why cards are empty, where the choice of runs is the reason. */
import type { ComponentChildren } from "preact";
import { enabledRuns, runFilter, runFilterText, setAllRuns } from "../app/runs.ts";
import { runNames } from "../app/session.ts";

export function RunsNotice() {
  if (enabledRuns.value.size > 0 || runNames.value.length === 0) return null;
  if (runFilter.value.active && !runNames.value.some((run) => runFilter.value.test(run)))
    return (
      <Notice text="The run filter matches no run, so there is nothing to show.">
        <button type="button" class="text-button" onClick={() => (runFilterText.value = "")}>
          Clear the filter
        </button>
      </Notice>
    );
  return (
    <Notice
      text={`${runFilter.value.active ? "All runs that pass the filter" : "All runs"} are off, so there is nothing to show.`}
    >
      <button type="button" class="text-button" onClick={() => setAllRuns(true)}>
        Switch them on
      </button>
    </Notice>
  );
}

export function Notice({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      <span>{text}</span>
      {children}
    </div>
  );
}
