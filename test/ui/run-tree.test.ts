/** The tree of runs, and its rows. */
import { describe, expect, it } from "vitest";
import { buildRunTree, compareNames, flattenRunTree, nodeState } from "../../ui/app/run-tree.ts";

const rows = (names: string[], folded: string[] = []) =>
  flattenRunTree(buildRunTree(names), new Set(folded)).map(
    ({ node, depth }) => `${"  ".repeat(depth)}${node.label}`,
  );

describe("run tree", () => {
  it("groups runs by folder", () => {
    expect(rows(["lr/0.1", "lr/0.01", "base"])).toEqual(["lr", "  0.1", "  0.01", "base"]);
  });

  it("joins folders that hold one thing", () => {
    expect(rows(["a/b/c", "x"])).toEqual(["a/b/c", "x"]);
    expect(rows(["a/b/c", "a/b/d"])).toEqual(["a/b", "  c", "  d"]);
  });

  it("shows a run that is a folder as well", () => {
    const [node] = buildRunTree(["a", "a/eval"]);
    expect(node).toMatchObject({ run: "a", runs: ["a", "a/eval"] });
    expect(rows([".", "a", "a/eval"])).toEqual([".", "a", "  eval"]);
  });

  it("hides what is folded", () => {
    expect(rows(["a/x", "a/y", "b"], ["a"])).toEqual(["a", "b"]);
  });

  it("knows a folder's state from its runs", () => {
    const [folder] = buildRunTree(["a/x", "a/y"]);
    expect(nodeState(folder!, () => true)).toBe("on");
    expect(nodeState(folder!, () => false)).toBe("off");
    expect(nodeState(folder!, (run) => run === "a/x")).toBe("mixed");
  });

  it("builds 10,000 runs in a blink", () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `exp${i % 100}/seed${i}`).sort(compareNames);
    const start = performance.now();
    expect(flattenRunTree(buildRunTree(names), new Set())).toHaveLength(10_100);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("orders numbers in names as numbers", () => {
    expect(["run10", "run2", "run1"].sort(compareNames)).toEqual(["run1", "run2", "run10"]);
  });

  it.each([
    [
      "fractions before what follows them",
      ["rate-0.001-s0", "rate-0.001-s1", "rate-0.01-s0", "rate-0.1-s0", "rate-1-s0"],
    ],
    ["fractions of different lengths", ["x1.05", "x1.25", "x1.5", "x2"]],
    [
      "exponents",
      ["lr1e-5/train", "lr3e-5/train", "lr1e-4/train", "lr2.5e-4/train", "lr0.01/train", "lr1e3/train"],
    ],
    ["versions of three parts", ["v1.2.9", "v1.2.10"]],
    ["words with an e after digits", ["1epoch", "2epochs", "10epochs"]],
  ])("orders %s", (_, names) => {
    expect(names.toReversed().sort(compareNames)).toEqual(names);
  });
});
