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
