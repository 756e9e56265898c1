/** Runs on and off, and the short form of it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALL_RUNS, NO_RUNS, onlyRuns, selectionTest, withRuns } from "../../ui/app/run-selection.ts";

const all = ["a/train", "a/test", "b/train", "b/test", "c"];
const on = (selection: typeof ALL_RUNS, runs = all) => runs.filter(selectionTest(selection));

describe("run selection", () => {
  it("switches a run off and on again", () => {
    const without = withRuns(ALL_RUNS, ["c"], false, all);
    expect(without).toEqual({ base: "all", except: ["c"] });
    expect(on(without)).toEqual(["a/train", "a/test", "b/train", "b/test"]);
    expect(withRuns(without, ["c"], true, all)).toEqual(ALL_RUNS);
  });

  it("says a whole folder in one word", () => {
    expect(withRuns(ALL_RUNS, ["a/train", "a/test"], false, all).except).toEqual(["a/"]);
  });

  it("opens the folder up again when one of its runs differs", () => {
    const folder = withRuns(ALL_RUNS, ["a/train", "a/test"], false, all);
    expect(withRuns(folder, ["a/test"], true, all).except).toEqual(["a/train"]);
  });

  it("lets runs that appear later follow the rule in force", () => {
    const later = [...all, "a/new", "d"];
    expect(on(withRuns(ALL_RUNS, ["a/train", "a/test"], false, all), later)).toContain("d");
    expect(on(withRuns(ALL_RUNS, ["a/train", "a/test"], false, all), later)).not.toContain("a/new");
    expect(on(onlyRuns(["c"], all), later)).toEqual(["c"]);
  });

  it("keeps exceptions for runs that are not there yet", () => {
    const linked = { base: "all", except: ["soon"] } as const;
    expect(withRuns(linked, ["c"], false, all).except).toEqual(["c", "soon"]);
  });

  it("turns on exactly what was asked, whatever the runs are called", () => {
    const name = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
      .map((p) => p.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.array(name), fc.boolean(), (runs, chosen, state) => {
        const start = state ? NO_RUNS : ALL_RUNS;
        const changed = withRuns(start, chosen, state, runs);
        const expected = runs.filter((run) => (chosen.includes(run) ? state : !state));
        expect(on(changed, runs)).toEqual(expected);
      }),
    );
  });
});
