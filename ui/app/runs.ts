/** The sidebar's state: which runs are switched on, which pass the filter, and so which are drawn. */
import { computed, signal } from "@preact/signals";
import { count } from "./format.ts";
import { nameFilter } from "./name-filter.ts";
import {
  ALL_RUNS,
  NO_RUNS,
  onlyRuns,
  type RunSelection,
  sameSelection,
  selectionTest,
  withRuns,
} from "./run-selection.ts";
import { buildRunTree, flattenRunTree } from "./run-tree.ts";
import { runAliases, runNames } from "./session.ts";
import { joinList, listField, splitList, textField, type UrlField } from "./url-fields.ts";
import { urlSignal } from "./url-state.ts";

/** `runs=-a,b` is all but a and b, `runs=+a,b` only a and b. */
const selectionField: UrlField<RunSelection> = {
  fallback: ALL_RUNS,
  parse: (text) => ({ base: text.startsWith("+") ? "none" : "all", except: splitList(text.slice(1)) }),
  format: (selection) =>
    sameSelection(selection, ALL_RUNS)
      ? undefined
      : (selection.base === "none" ? "+" : "-") + joinList(selection.except),
};

export const runFilterText = urlSignal("run_filter", textField());
export const selection = urlSignal("runs", selectionField);
const foldedFolders = urlSignal("folded", listField());

export const runFilter = computed(() => nameFilter(runFilterText.value.trim()));
/** Runs that pass the filter, by any of their names, in list order. */
export const listedRuns = computed(() =>
  runNames.value.filter((run) =>
    [run, ...(runAliases.value.get(run) ?? [])].some((name) => runFilter.value.test(name)),
  ),
);
/** Names of the runs to draw: switched on and listed. */
export const enabledRuns = computed<ReadonlySet<string>>(
  () => new Set(listedRuns.value.filter(selectionTest(selection.value))),
);
export const runRows = computed(() =>
  flattenRunTree(buildRunTree(listedRuns.value), new Set(foldedFolders.value)),
);

/** The run that the pointer is on in the list; charts draw it on top. */
export const pointedRun = signal<string | null>(null);

export function setRuns(names: readonly string[], on: boolean): void {
  selection.value = withRuns(selection.value, names, on, runNames.value);
}

/** Everything listed on or off. Without a filter this is also the rule for runs to come. */
export function setAllRuns(on: boolean): void {
  if (runFilter.value.active) setRuns(listedRuns.value, on);
  else selection.value = on ? ALL_RUNS : NO_RUNS;
}

/** Only these runs; asked a second time, all of them again. */
export function soloRuns(names: readonly string[]): void {
  selection.value = isSolo(names) ? ALL_RUNS : onlyRuns(names, runNames.value);
}

/** A choice of runs that was made by the way, and the one before it, for whoever did not mean it. */
export interface ChosenRuns {
  readonly words: string;
  readonly before: RunSelection;
  readonly after: RunSelection;
}

const lastChosen = signal<ChosenRuns | null>(null);

/** What to say of the choice that is in force; null where there is nothing, or the choice is another by now. */
export const chosenRuns = computed(() => {
  const chosen = lastChosen.value;
  return chosen && sameSelection(chosen.after, selection.value) ? chosen : null;
});

/** Nothing more is to be said of it; with `undo`, what was on before is on again. */
export function settleChosenRuns(undo: boolean): void {
  const chosen = chosenRuns.peek();
  lastChosen.value = null;
  if (chosen && undo) selection.value = chosen.before;
}

/**
 * Only these runs, and those in folders of their names: a session's metrics may be in runs below its own. The page says so,
 * and how to go back.
 */
export function chooseRuns(names: readonly string[]): void {
  const chosen = new Set(names);
  const isBelow = (run: string): boolean => {
    for (let cut = run.length; cut > 0; cut = run.lastIndexOf("/", cut - 1))
      if (chosen.has(run.slice(0, cut))) return true;
    return false;
  };
  const all = runNames.value;
  const kept = all.filter(isBelow);
  const before = selection.peek();
  selection.value = onlyRuns(kept, all);
  const what =
    kept.length === 1 ? `Only the run ${kept[0]} is on` : `Only ${count(kept.length, "run")} are on`;
  lastChosen.value = { words: `${what}, all others are off.`, before, after: selection.peek() };
}

export function isSolo(names: readonly string[]): boolean {
  return enabledRuns.value.size === names.length && names.every((name) => enabledRuns.value.has(name));
}

export function toggleFolder(path: string): void {
  const folded = foldedFolders.value;
  foldedFolders.value = folded.includes(path) ? folded.filter((p) => p !== path) : [...folded, path];
}
