/**
 * Which runs are on, in a form short enough for the address: everything or nothing, except some names. An
 * exception ending in `/` stands for a whole folder, so switching off a folder of 1,000 runs is one word, and a
 * run that appears later follows the rule that is in force.
 */

export interface RunSelection {
  readonly base: "all" | "none";
  readonly except: readonly string[];
}

export const ALL_RUNS: RunSelection = { base: "all", except: [] };
export const NO_RUNS: RunSelection = { base: "none", except: [] };

/** A test of run names against the selection. */
export function selectionTest(selection: RunSelection): (run: string) => boolean {
  const excepted = exceptionTest(selection.except);
  const whenExcepted = selection.base === "none";
  return (run) => (excepted(run) ? whenExcepted : !whenExcepted);
}

/** The selection with `names` switched on or off; `all` are the runs known now. */
export function withRuns(
  selection: RunSelection,
  names: Iterable<string>,
  on: boolean,
  all: readonly string[],
): RunSelection {
  const excepted = exceptionTest(selection.except);
  const known = new Set(all);
  const exceptions = new Set(all.filter(excepted));
  const exceptional = on === (selection.base === "none");
  for (const name of names) {
    if (exceptional) exceptions.add(name);
    else exceptions.delete(name);
  }
  const unknown = selection.except.filter(
    (entry) => !known.has(entry) && !all.some((run) => under(run, entry)),
  );
  return { base: selection.base, except: [...compact(exceptions, all), ...unknown] };
}

/** Only these runs; runs that appear later stay off. */
export function onlyRuns(names: readonly string[], all: readonly string[]): RunSelection {
  return withRuns(NO_RUNS, names, true, all);
}

export function sameSelection(a: RunSelection, b: RunSelection): boolean {
  return (
    a.base === b.base && a.except.length === b.except.length && a.except.every((e, i) => e === b.except[i])
  );
}

function under(run: string, folder: string): boolean {
  return folder.endsWith("/") && run.startsWith(folder);
}

function exceptionTest(except: readonly string[]): (run: string) => boolean {
  const entries = new Set(except);
  return (run) => {
    if (entries.has(run)) return true;
    for (let cut = run.indexOf("/"); cut >= 0; cut = run.indexOf("/", cut + 1))
      if (entries.has(run.slice(0, cut + 1))) return true;
    return false;
  };
}

/** Replaces runs by their topmost folder wherever every run of that folder (and more than one) is in the set. */
function compact(runs: ReadonlySet<string>, all: readonly string[]): string[] {
  const missing = new Map<string, number>();
  const held = new Map<string, number>();
  for (const run of all) {
    const counts = runs.has(run) ? held : missing;
    for (let cut = run.indexOf("/"); cut >= 0; cut = run.indexOf("/", cut + 1)) {
      const folder = run.slice(0, cut + 1);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  const entries = new Set<string>();
  for (const run of runs) {
    let entry = run;
    for (let cut = run.indexOf("/"); cut >= 0; cut = run.indexOf("/", cut + 1)) {
      const folder = run.slice(0, cut + 1);
      if (!missing.has(folder) && (held.get(folder) ?? 0) > 1) {
        entry = folder;
        break;
      }
    }
    entries.add(entry);
  }
  return [...entries];
}
