/** Scopes, edges, series, what is alike and what is put aside: all as TensorBoard's page has it. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type LoggedGraphs, readLoggedGraphs } from "./logged-graphs.ts";
import { ourOp, ourScope, readStockGraph, scopeName, stockOp, stockScope } from "./stock-graph.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const corpus = path.join(here, "../corpus/logs");

const cases: readonly [golden: string, run: string][] = [
  ["v1_graph", path.join(corpus, "v1_graph")],
  ["trace", path.join(corpus, "trace")],
  ["keras", path.join(corpus, "keras/train")],
];

describe.each(cases)("%s", (name, directory) => {
  const golden = readStockGraph(path.join(here, "stock", `${name}.json.gz`));
  const graph = graphOf(readLoggedGraphs(directory), golden.selection.tag);

  test("every scope", () => {
    expect(Object.keys(golden.scopes).length).toBeGreaterThan(1);
    for (const [scope, stock] of Object.entries(golden.scopes))
      expect(ourScope(graph.scope(scopeName(scope))!), scope).toEqual(stockScope(stock));
  });

  test("every operation", () => {
    expect(Object.keys(golden.ops).length).toBeGreaterThan(1);
    for (const [node, stock] of Object.entries(golden.ops))
      expect(ourOp(graph.node(node)!), node).toEqual(stockOp(stock));
  });
});

function graphOf({ run, tagged }: LoggedGraphs, tag: string | null) {
  return (tag === null ? run : tagged.get(tag))!;
}
