/** What differs between two graphs and two steps: matched by name, then by structure. */
import { describe, expect, test } from "vitest";
import { openGraph, openStep } from "../../graph/index.ts";
import { pb } from "../../proto/index.ts";

const node = (
  name: string,
  op: string,
  input: string[] = [],
  attr: Record<string, pb.AttrValue.$Properties> = {},
): pb.NodeDef.$Properties => ({ name, op, input, attr });
const shapes = (...dims: number[]) => ({ list: { shape: [{ dim: dims.map((size) => ({ size })) }] } });

const before = openGraph({
  node: [
    node("x", "Placeholder", [], { _output_shapes: shapes(32, 28) }),
    node("same", "Neg", ["x"]),
    node("conv", "Conv2D", ["x"], { strides: { list: { i: [1, 1] } }, _output_shapes: shapes(32, 26) }),
    node("gone", "Exp", ["same"]),
    node("old/tower/a", "Tanh", ["conv"]),
    node("old/tower/b", "Sigmoid", ["old/tower/a"]),
  ],
});
const after = openGraph({
  node: [
    node("x", "Placeholder", [], { _output_shapes: shapes(32, 28) }),
    node("same", "Neg", ["x"]),
    node("conv", "Conv2D", ["x"], { strides: { list: { i: [2, 2] } }, _output_shapes: shapes(32, 13) }),
    node("come", "Softmax", ["same"]),
    node("new/tower/a", "Tanh", ["conv"]),
    node("new/tower/b", "Sigmoid", ["new/tower/a"]),
  ],
});

describe("the difference of two graphs", () => {
  const diff = before.diff(after);
  const entry = (name: string) => diff.entries.find((one) => one.before === name || one.after === name);

  test("counts what was added, removed, changed and is the same", () => {
    expect(diff).toMatchObject({ added: 1, removed: 1, changed: 3, same: 2, left_out: 0 });
    expect(entry("come")).toMatchObject({ kind: "added", before: null, after: "come", op: "Softmax" });
    expect(entry("gone")).toMatchObject({ kind: "removed", before: "gone", after: null, op: "Exp" });
  });

  test("says which attributes and shapes changed", () => {
    expect(entry("conv")).toMatchObject({
      kind: "changed",
      changes: ["output shapes: 32×26 -> 32×13", expect.stringMatching(/^attribute strides: .*1.* -> .*2/)],
    });
  });

  test("takes what has another name and the same structure for moved, and what takes it for unchanged", () => {
    expect(entry("old/tower/a")).toMatchObject({ kind: "moved", after: "new/tower/a" });
    expect(entry("old/tower/b")).toMatchObject({
      kind: "moved",
      after: "new/tower/b",
      changes: ["name: old/tower/b -> new/tower/b"],
    });
  });

  test("is the reverse the other way round", () => {
    expect(after.diff(before)).toMatchObject({ added: 1, removed: 1, changed: 3, same: 2 });
  });
});

describe("two graphs as one", () => {
  const union = before.union(after);

  test("have what each has once, and what was removed where it was, with what it took", () => {
    expect(union.scope("")?.children.map(({ name }) => name)).toEqual([
      "x",
      "same",
      "conv",
      "come",
      "new",
      "gone",
    ]);
    expect(union.node("gone")).toMatchObject({ op: "Exp", inputs: [{ node: "same", missing: false }] });
    // As it is now.
    expect(union.node("conv")?.outputs).toMatchObject([{ shape: [32, 13] }]);
  });

  test("differ from each by what the other has", () => {
    expect(after.diff(union)).toMatchObject({ added: 1, removed: 0, changed: 0 });
    expect(after.union(after).definition).toEqual(after.definition);
  });

  test("have what was removed take what moved by its new name, data and control", () => {
    const chain = (scope: string, last: string) =>
      openGraph({
        node: [
          node("x", "Placeholder"),
          node(`${scope}/first`, "Tanh", ["x"]),
          node(`${scope}/second`, "Exp", [`${scope}/first:0`, `^${scope}/first`]),
          node(`${scope}/third`, "Neg", [`${scope}/second`]),
          node(`${scope}/last`, last, [`${scope}/third`]),
        ],
      });
    const [old, now] = [chain("a", "Relu"), chain("b", "Sigmoid")];
    // What comes three nodes later is no part of a node's structure.
    expect(old.diff(now).entries).toContainEqual(
      expect.objectContaining({ kind: "moved", before: "a/first", after: "b/first" }),
    );
    const { node: nodes } = pb.GraphDef.decode(old.union(now).definition);
    expect(nodes.find(({ name }) => name === "a/second")?.input).toEqual(["b/first:0", "^b/first"]);
    expect(nodes.map(({ name }) => name)).not.toContain("a/first");
  });

  test("have what was removed from functions, and removed functions", () => {
    const body = (name: string, ...nodeDef: pb.NodeDef.$Properties[]) => ({
      signature: { name, inputArg: [{ name: "a", type: 1 }] },
      nodeDef,
    });
    const call = node("call", "PartitionedCall", [], { f: { func: { name: "f" } } });
    const old = openGraph({
      node: [call],
      library: {
        function: [
          body("f", node("y", "Relu", ["a"]), node("z", "Exp", ["y:activations:0"])),
          body("g", node("w", "Neg", ["a"])),
        ],
      },
    });
    const now = openGraph({ node: [call], library: { function: [body("f", node("y", "Relu", ["a"]))] } });
    const both = old.union(now);
    expect(both.scope("call")?.children.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["call/a", "call/y", "call/z"]),
    );
    expect(both.node("__function_library__f/z")?.inputs).toMatchObject([{ missing: false }]);
    expect(both.node("__function_library__g/w")?.op).toBe("Neg");
  });
});

test("the difference of two steps has a row for each node that either ran", () => {
  const stepOf = (micros: Record<string, number>) =>
    openStep(
      pb.RunMetadata.encode({
        stepStats: {
          devStats: [
            {
              device: "/device:CPU:0",
              nodeStats: Object.entries(micros).map(([nodeName, allEndRelMicros]) => ({
                nodeName,
                allStartMicros: 1,
                allEndRelMicros,
                memory: [{ allocatorName: "cpu", totalBytes: 8 * allEndRelMicros }],
              })),
            },
          ],
        },
      }).finish(),
    );
  const { rows } = before.stepDiff(stepOf({ x: 5, gone: 7 }), after, stepOf({ x: 9, come: 2 }));
  const row = (name: string) => rows.find((one) => one.name === name);
  expect(rows).toHaveLength(3);
  expect(row("x")).toMatchObject({
    op: "Placeholder",
    before_micros: 5,
    after_micros: 9,
    before_bytes: 40,
    after_bytes: 72,
  });
  expect(row("gone")).toMatchObject({ op: "Exp", before_micros: 7, after_micros: null, after_bytes: null });
  expect(row("come")).toMatchObject({ op: "Softmax", before_micros: null, after_micros: 2 });
});
