/** Scopes, edges, series, what is alike, what is put aside, time and memory: all as TensorBoard's page has it. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openStep } from "../../graph/index.ts";
import { type LoggedGraphs, readLoggedGraphs } from "./logged-graphs.ts";
import {
  ourOp,
  ourScope,
  readStockGraph,
  type StockGraph,
  scopeName,
  stockOp,
  stockScope,
} from "./stock-graph.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const corpus = path.join(here, "../corpus/logs");

const events = (name: string) => path.join(here, `stock/${name}.events.gz`);

const cases: readonly (readonly [golden: string, run: string])[] = [
  ["v1_graph", path.join(corpus, "v1_graph")],
  ["v1_graph-step010", path.join(corpus, "v1_graph")],
  ["trace", path.join(corpus, "trace")],
  ["keras", path.join(corpus, "keras/train")],
  // Made by make_logs.py.
  ...["rnn", "transformer", "outputs", "loops", "inlined", "pieces", "several", "queues"].map(
    (name) => [name, events(name)] as const,
  ),
  ...["step0", "step1", "step2"].map((step) => [`loops-${step}`, events("loops")] as const),
  ["inlined-step1", events("inlined")],
];

describe.each(cases)("%s", (name, directory) => {
  const golden = readStockGraph(path.join(here, "stock", `${name}.json.gz`));
  const { graph, step } = chosen(readLoggedGraphs(directory), golden.selection);

  test("every scope", () => {
    expect(Object.keys(golden.scopes).length).toBeGreaterThan(1);
    for (const [scope, stock] of Object.entries(golden.scopes))
      expect(ourScope(graph.scope(scopeName(scope), step)!), scope).toEqual(stockScope(stock));
  });

  test("every operation", () => {
    expect(Object.keys(golden.ops).length).toBeGreaterThan(1);
    for (const [node, stock] of Object.entries(golden.ops))
      expect(ourOp(graph.node(node, step)!), node).toEqual(stockOp(stock));
  });
});

/** A profile is of the tag's own graph, where it has one, else of the run's. */
function chosen({ run, tagged, steps }: LoggedGraphs, { tag, type }: StockGraph["selection"]) {
  const graph = (tag === null ? undefined : tagged.get(tag)) ?? run;
  const metadata = type === "profile" && tag !== null ? steps.get(tag) : undefined;
  return { graph: graph!, step: metadata && openStep(metadata) };
}
