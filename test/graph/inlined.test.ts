/** What ran in called functions, which TensorFlow puts in the place of their calls: it is found where the call is opened. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openGraph, openStep } from "../../graph/index.ts";
import { pb } from "../../proto/index.ts";
import { readLoggedGraphs } from "./logged-graphs.ts";

const events = path.join(fileURLToPath(new URL(".", import.meta.url)), "stock/inlined.events.gz");

describe("functions, a loop and a branch that TensorFlow ran", () => {
  const { run, steps } = readLoggedGraphs(events);
  const graph = run!;
  const metadata = pb.RunMetadata.decode(steps.get("step1")!);
  const step = openStep(steps.get("step1")!);
  const executions = (metadata.stepStats?.devStats ?? []).flatMap(({ nodeStats }) => nodeStats ?? []);
  const ran = (name: RegExp) => executions.filter(({ nodeName }) => name.test(nodeName ?? ""));
  // Kernels of less than a microsecond have their time in nanoseconds only.
  const micros = (name: RegExp): number =>
    ran(name).reduce(
      (sum, one) => sum + (Number(one.allEndRelMicros) || Number(one.allEndRelNanos) / 1000),
      0,
    );

  test("each node of a function has the time of its own call", () => {
    for (const name of ["PartitionedCall/PartitionedCall/dense/Relu", "again/PartitionedCall/dense/Relu"]) {
      const stats = { executions: 1, sum_micros: micros(new RegExp(`^${name}$`)) };
      expect(graph.node(name, step)).toMatchObject({ op: "Relu", stats });
    }
  });

  test("a loop's body has all its turns, and its call what TensorFlow put around it", () => {
    const loop = graph.scope("loop/while", step)!.children.find(({ op }) => op === "StatelessWhile")!;
    const body = graph.scope(loop.name, step)!.children.find(({ label }) => label === "body")!;
    const product = graph.scope(body.name, step)!.children.find(({ op }) => op === "MatMul")!;
    expect(product.stats).toMatchObject({
      executions: 3,
      sum_micros: micros(/^loop\/while\/body\/_1\/MatMul$/),
    });
    expect(loop.stats!.executions).toBeGreaterThan(body.stats!.executions);
    expect(body.stats!.executions).toBeGreaterThan(product.stats!.executions);
    // Merge, Switch and so on are nodes of no graph, but of this loop; TensorBoard counts none of it.
    expect(loop.stats).toMatchObject({ span_micros: null, bytes: 0 });
    expect(loop.stats!.whole_span_micros).toBeGreaterThan(body.stats!.whole_span_micros);
  });

  test("sums of a scope have what ran in the place of its calls", () => {
    expect(graph.node("loop", step)?.stats?.sum_micros).toBeCloseTo(micros(/^(Func\/)?loop\//), 6);
  });

  test("the table has them under the names at which they are found", () => {
    const { columns } = graph.table(step);
    const found = columns.name.filter((_, row) => columns.in_graph[row]);
    expect(found).toContain("PartitionedCall/PartitionedCall_1/dense/Relu");
    expect(found).toContain("loop/while/(while)/body/MatMul");
    for (const name of found) expect(graph.node(name, step)?.stats, name).toBeTruthy();
    const counted = Array.from(columns.count).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(executions.length);
  });
});

test("a function that calls itself is joined as deep as it ran", () => {
  const f = {
    signature: { name: "f", inputArg: [{ name: "x", type: 1 }] },
    nodeDef: [
      { name: "again", op: "PartitionedCall", input: ["x"], attr: { f: { func: { name: "f" } } } },
      { name: "own", op: "Neg", input: ["x"] },
    ],
  };
  const graph = openGraph({
    node: [{ name: "call", op: "PartitionedCall", attr: { f: { func: { name: "f" } } } }],
    library: { function: [f] },
  });
  const deep = `call${"/again".repeat(100)}/own`;
  const nodeStats = ["call/own", deep].map((nodeName, i) => ({
    nodeName,
    allStartMicros: 1 + i,
    allEndRelMicros: 5 + i,
  }));
  const step = openStep(
    pb.RunMetadata.encode({ stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] } }).finish(),
  );
  expect(graph.node("call/own", step)?.stats?.sum_micros).toBe(5);
  expect(graph.node(deep, step)?.stats?.sum_micros).toBe(6);
  expect(graph.node("call/again/own", step)?.stats).toBeNull();
  expect(graph.node("call", step)?.stats).toMatchObject({ executions: 2, sum_micros: 11 });
});

test("operations are counted by XLA's clusters", () => {
  const cluster = (name: string) => ({ _XlaCluster: { s: new TextEncoder().encode(name) } });
  const graph = openGraph({
    node: [
      { name: "a/x", op: "Relu", attr: cluster("cluster_1") },
      { name: "a/y", op: "Neg", attr: cluster("cluster_0") },
      { name: "b", op: "Neg", attr: cluster("cluster_1") },
      { name: "c", op: "Neg" },
    ],
  });
  const { totals, children } = graph.scope("")!;
  expect(totals.xla_clusters).toEqual({ cluster_1: 2, cluster_0: 1 });
  expect(children.map(({ name, xla_clusters }) => [name, xla_clusters])).toEqual([
    ["a", { cluster_1: 1, cluster_0: 1 }],
    ["b", { cluster_1: 1 }],
    ["c", {}],
  ]);
});
