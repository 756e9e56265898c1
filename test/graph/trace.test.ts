/** What nodes are made of, and what is made of them: through closed scopes, functions, loops and branches. */

import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Graph, openGraph } from "../../graph/index.ts";
import type { pb } from "../../proto/index.ts";
import { readLoggedGraphs } from "./logged-graphs.ts";

const func = (name: string) => ({ func: { name } });
const node = (name: string, op: string, ...input: string[]): pb.NodeDef.$Properties => ({ name, op, input });
const argument = (name: string) => ({ name, type: 1 });

/** Names that are reached, as the page sees them: what is below a scope that is reached as a whole counts. */
function reached(graph: Graph, name: string, direction: "inputs" | "outputs") {
  const { whole, part } = graph.trace(name, direction)!;
  return { whole: [...whole].sort(), part: [...part].sort() };
}

describe("a trace", () => {
  test("goes from node to node through closed scopes, not from scope to scope", () => {
    const graph = openGraph({
      node: [
        node("x", "Placeholder"),
        node("y", "Placeholder"),
        node("net/a", "Neg", "x"),
        node("net/b", "Neg", "y"),
        node("out/a", "Neg", "net/a"),
        node("out/b", "Neg", "net/b", "^out/a"),
        node("end", "Neg", "out/a"),
      ],
    });
    expect(reached(graph, "end", "inputs")).toEqual({
      whole: ["end", "net/a", "out/a", "x"],
      part: ["net", "out"],
    });
    expect(reached(graph, "x", "outputs")).toEqual({
      whole: ["end", "net/a", "out", "x"],
      part: ["net"],
    });
    expect(graph.trace("net", "inputs")).toMatchObject({ nodes: 2, whole: ["x", "y", "net"], part: [] });
    expect(graph.trace("gone", "inputs")).toBeUndefined();
  });

  test("lists the members of a series, whose names are not below its own", () => {
    const members = Array.from({ length: 6 }, (_, i) => node(`n_${i}`, "Neg", i > 0 ? `n_${i - 1}` : "x"));
    const graph = openGraph({ node: [node("x", "Placeholder"), ...members] });
    const { whole, part } = graph.trace("n_2", "inputs")!;
    expect([...whole].sort()).toEqual(["n_0", "n_1", "n_2", "x"]);
    expect(part).toEqual(["n_[0-5]"]);
    expect(graph.trace("x", "outputs")!.whole).toContain("n_[0-5]");
    expect(graph.trace("x", "outputs")!.whole).toContain("n_3");
  });

  test("goes in circles once", () => {
    const graph = openGraph({ node: [node("a", "Merge", "b"), node("b", "NextIteration", "a")] });
    expect(graph.trace("a", "inputs")).toMatchObject({ nodes: 1, whole: ["a", "b"] });
  });

  const library = {
    function: [
      {
        signature: { name: "f", inputArg: ["p", "q"].map(argument), outputArg: ["r", "s"].map(argument) },
        nodeDef: [node("one", "Neg", "p"), node("two", "Exp", "q")],
        ret: { r: "one:y:0", s: "two:y:0" },
      },
      {
        signature: { name: "body", inputArg: ["i", "v"].map(argument), outputArg: ["j", "w"].map(argument) },
        nodeDef: [node("next", "Neg", "i"), node("turn", "Exp", "v")],
        ret: { j: "next:y:0", w: "turn:y:0" },
      },
      {
        signature: { name: "cond", inputArg: ["i", "v"].map(argument), outputArg: [argument("go")] },
        nodeDef: [node("less", "Less", "i")],
        ret: { go: "less:z:0" },
      },
      {
        signature: { name: "again", inputArg: [argument("p")], outputArg: [argument("r")] },
        nodeDef: [{ name: "deeper", op: "PartitionedCall", input: ["p"], attr: { f: func("again") } }],
        ret: { r: "deeper:output:0" },
      },
    ],
  };

  test("takes of a call what each output is made of, and looks into it", () => {
    const graph = openGraph({
      node: [
        node("x", "Placeholder"),
        node("y", "Placeholder"),
        { ...node("call", "PartitionedCall", "x", "y"), attr: { f: func("f") } },
        node("first", "Neg", "call"),
        node("second", "Neg", "call:1"),
      ],
      library,
    });
    expect(reached(graph, "second", "inputs")).toEqual({
      whole: ["call/q", "call/two", "second", "y"],
      part: ["call"],
    });
    expect(reached(graph, "x", "outputs")).toEqual({
      whole: ["call/one", "call/p", "first", "x"],
      part: ["call"],
    });
    expect(reached(graph, "call/two", "inputs").whole).toEqual(["call/q", "call/two", "y"]);
    expect(reached(graph, "call/two", "outputs").whole).toEqual(["call/two", "second"]);
    expect(reached(graph, "call", "outputs").whole).toEqual(["call", "first", "second"]);
  });

  test("follows a loop's values around, and what says how often it turns", () => {
    const graph = openGraph({
      node: [
        node("zero", "Placeholder"),
        node("x", "Placeholder"),
        { ...node("loop", "While", "zero", "x"), attr: { body: func("body"), cond: func("cond") } },
        node("count", "Neg", "loop"),
        node("value", "Neg", "loop:1"),
      ],
      library,
    });
    const { whole } = reached(graph, "value", "inputs");
    // The value's own path, and the counter's, which says when it ends.
    expect(whole).toEqual(expect.arrayContaining(["x", "zero", "value", "loop/cond/less", "loop/body"]));
    expect(whole).not.toContain("count");
    expect(reached(graph, "x", "outputs").whole).toEqual([
      "loop/body/turn",
      "loop/body/v",
      "loop/cond/v",
      "value",
      "x",
    ]);
    expect(reached(graph, "zero", "outputs").whole).toEqual(
      expect.arrayContaining(["count", "value", "loop"]),
    );
  });

  test("passes through a function that calls itself", () => {
    const graph = openGraph({
      node: [
        node("x", "Placeholder"),
        { ...node("call", "PartitionedCall", "x"), attr: { f: func("again") } },
        node("y", "Neg", "call"),
      ],
      library,
    });
    expect(reached(graph, "y", "inputs").whole).toEqual(["call", "x", "y"]);
    expect(reached(graph, "call/deeper/deeper/p", "inputs").whole).toContain("x");
  });

  test("of a step that TensorFlow wrote reaches what its gradients are made of", () => {
    const events = path.join(fileURLToPath(new URL(".", import.meta.url)), "stock/inlined.events.gz");
    const graph = readLoggedGraphs(events).run!;
    const { whole, part } = graph.trace("gradients/PartitionedCall_grad/PartitionedCall", "inputs")!;
    expect(whole).toContain("x");
    expect(part).toContain("loop");
    expect(graph.trace("x", "outputs")!.nodes).toBeGreaterThan(50);
  });
});

const names = ["a", "b", "s/a", "s/b", "s/t/c", "d_1", "d_2", "d_3", "d_4", "d_5"];
const graphs = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    op: fc.constant("Neg"),
    input: fc.array(fc.constantFrom(...names, ...names.map((name) => `^${name}`)), { maxLength: 3 }),
  }),
  { selector: ({ name }) => name, maxLength: 10 },
);

test("whatever the graph, inputs and outputs are each other's reverse, and as a search node by node finds them", () => {
  fc.assert(
    fc.property(graphs, (definition) => {
      const graph = openGraph({ node: definition });
      const there = new Set(definition.map(({ name }) => name));
      const sources = new Map(
        definition.map(({ name, input }) => [
          name,
          input.map((one) => one.replace("^", "")).filter((one) => there.has(one)),
        ]),
      );
      for (const start of there) {
        const expected = new Set<string>();
        const waiting = [start];
        for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
          if (expected.has(at)) continue;
          expected.add(at);
          waiting.push(...(sources.get(at) ?? []));
        }
        const isIn = (name: string, { whole }: { readonly whole: readonly string[] }): boolean =>
          whole.some((one) => name === one || name.startsWith(`${one}/`));
        const up = graph.trace(start, "inputs")!;
        expect(up.nodes).toBe(expected.size - 1);
        for (const name of there) {
          expect(isIn(name, up), `${name} from ${start}`).toBe(expected.has(name));
          expect(isIn(start, graph.trace(name, "outputs")!)).toBe(expected.has(name));
        }
      }
    }),
  );
});
