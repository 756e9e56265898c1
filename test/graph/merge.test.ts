/** Graphs of several traced functions as one: what called and what came after still does. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { callsOf } from "../../graph/calls.ts";
import { type Graph, openGraph } from "../../graph/index.ts";
import { mergeGraphs } from "../../graph/merge.ts";
import type { pb } from "../../proto/index.ts";
import { readLoggedGraphs } from "./logged-graphs.ts";

const events = (name: string) => fileURLToPath(new URL(`./stock/${name}.events.gz`, import.meta.url));

const func = (name: string, attr: Record<string, pb.AttrValue.$Properties> = {}) => ({
  func: { name, attr },
});
const PART: pb.GraphDef.$Properties = {
  node: [
    { name: "x", op: "Placeholder" },
    { name: "first", op: "NoOp" },
    { name: "call", op: "StatefulPartitionedCall", input: ["x", "^first"], attr: { f: func("f") } },
    { name: "if", op: "If", input: ["x"], attr: { then_branch: func("f"), else_branch: func("other") } },
    {
      name: "case",
      op: "Case",
      input: ["x"],
      attr: { branches: { list: { func: [{ name: "g" }, { name: "f" }] } } },
    },
    { name: "old", op: "f", input: ["call:0"] },
    { name: "bound", op: "MapDataset", input: ["x"], attr: { f: func("g", { inner: func("f") }) } },
  ],
  library: {
    function: [
      {
        signature: { name: "f", inputArg: [{ name: "a", type: 1 }] },
        nodeDef: [{ name: "y", op: "Relu", input: ["a"] }],
      },
      {
        signature: { name: "g", inputArg: [{ name: "a", type: 1 }] },
        nodeDef: [
          { name: "inner", op: "PartitionedCall", input: ["a"], attr: { f: func("f") } },
          { name: "after", op: "NoOp", input: ["^inner"] },
        ],
      },
    ],
  },
};

describe("two graphs of the same names", () => {
  const graph = openGraph(mergeGraphs([PART, PART]));
  const called = (name: string) => graph.node(name)?.calls.map((call) => call.function);
  const library = (name: string) => `__function_library__graph_2_${name}`;

  test("call their own functions, however they are named", () => {
    expect(called("graph_2/call")).toEqual([library("f")]);
    // What is not in the library is no call.
    expect(called("graph_2/if")).toEqual([library("f")]);
    expect(called("graph_2/case")).toEqual([library("g"), library("f")]);
    expect(called("graph_2/old")).toEqual([library("f")]);
    expect(called("graph_2/bound")).toEqual([library("g")]);
    expect(called(`${library("g")}/inner`)).toEqual([library("f")]);
    expect(graph.scope("graph_2/call")?.children.map(({ name }) => name)).toContain("graph_2/call/y");
  });

  test("keep control inputs", () => {
    const { inputs, control_inputs: control } = graph.node("graph_2/call")!;
    expect(inputs.map(({ node, missing }) => [node, missing])).toEqual([["graph_2/x", false]]);
    expect(control).toEqual(["graph_2/first"]);
  });
});

/** Calls that can be opened, and inputs that lead nowhere. */
function findings({ model }: Graph): { readonly calls: number; readonly missing: number } {
  let calls = 0;
  for (let row = 0; row < model.columns.length; row++) calls += callsOf(model, row).length;
  return { calls, missing: model.connections.from.filter((from) => from < 0).length };
}

test.each(["several", "pieces"])(
  "%s, as TensorFlow wrote it, has calls that open and no input that is missing",
  (name) => {
    const merged = readLoggedGraphs(events(name), "consistent").tagged.get("step")!;
    const stock = readLoggedGraphs(events(name)).tagged.get("step")!;
    const [ours, theirs] = [findings(merged), findings(stock)];
    expect(ours.missing).toBe(0);
    expect(theirs.missing).toBeGreaterThan(5);
    expect(ours.calls).toBeGreaterThan(theirs.calls);
  },
);
