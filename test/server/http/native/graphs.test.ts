/** Graphs over the native API: everything as TensorBoard's page has it, and errors in words. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { connect } from "../../../../client/index.ts";
import { pb } from "../../../../proto/index.ts";
import type { GraphNode, GraphScope } from "../../../../server/api/types.ts";
import { createFileWriter } from "../../../../summary/index.ts";
import {
  ourOp,
  ourScope,
  readStockGraph,
  scopeName,
  stockOp,
  stockScope,
} from "../../../graph/stock-graph.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const stock = fileURLToPath(new URL("../../../graph/stock/", import.meta.url));

const TRACE = fileURLToPath(new URL("../../../graph/files/step.pt.trace.json.gz", import.meta.url));

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-graphs-"));
const elsewhere = mkdtempSync(path.join(tmpdir(), "tsboard-graphs-elsewhere-"));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));
afterAll(() => rmSync(logdir, { recursive: true, force: true }));

const api = serveWhileTesting(async () => {
  for (const run of ["v1_graph", "trace", "keras"])
    cpSync(path.join(corpusLogs, run), path.join(logdir, run), { recursive: true });
  const broken = createFileWriter(path.join(logdir, "broken"));
  broken.event({ graphDef: Uint8Array.of(0x0a, 0x7f, 0x01) }, { step: 0 });
  await broken.close();
  const twice = createFileWriter(path.join(logdir, "twice"));
  twice.graph({ node: [{ name: "x", op: "Placeholder" }] });
  for (const step of [1, 2]) twice.runMetadata("again", steps(step * 10), { step });
  await twice.close();
  const joined = createFileWriter(path.join(logdir, "joined"));
  joined.graph({ node: [{ name: "x", op: "Placeholder" }] });
  await joined.close();
  const profiled = createFileWriter(path.join(logdir, "profiled"));
  profiled.scalar("loss", 1, { step: 0 });
  await profiled.close();
  cpSync(TRACE, path.join(logdir, "profiled/worker0.pt.trace.json.gz"));
  writeFileSync(path.join(logdir, "profiled/cut.pt.trace.json.gz"), readFileSync(TRACE).subarray(0, 100));
  writeFileSync(path.join(elsewhere, "secret.pt.trace.json"), "[]");
  symlinkSync(path.join(elsewhere, "secret.pt.trace.json"), path.join(logdir, "profiled/out.pt.trace.json"));
  const session = path.join(logdir, "joined/plugins/profile/2026_11_30");
  mkdirSync(session, { recursive: true });
  const events = [{ ph: "X", name: "x", cat: "Placeholder", pid: 1, tid: 1, ts: 5, dur: 7 }];
  writeFileSync(path.join(session, "host.xplane.pb"), "");
  const unread = path.join(logdir, "joined/plugins/profile/2026_12_01");
  mkdirSync(unread);
  writeFileSync(path.join(unread, "host.xplane.pb"), "");
  writeFileSync(path.join(session, "host.trace.json"), JSON.stringify({ traceEvents: events }));
  return logdir;
});

test("traces that profilers wrote beside event files are steps of their run", async () => {
  const { graphs } = connect(api.url);
  const { runs } = await graphs.listing();
  const tagsOf = (run: string) => runs.find((one) => one.run === run)?.steps.map(({ tag }) => tag);
  // A link out of the log directory is not followed.
  expect(tagsOf("profiled")).toEqual(["cut.pt.trace.json.gz", "worker0.pt.trace.json.gz"]);
  const host = "plugins/profile/2026_11_30/host.trace.json";
  expect(tagsOf("joined")).toEqual([host]);
  // Where there is no trace beside it, TensorFlow's own form is told of.
  const unread = runs.map(({ run, unread_profiles: paths }) => [run, ...paths]);
  expect(unread).toContainEqual(["joined", "plugins/profile/2026_12_01/host.xplane.pb"]);
  expect(unread).toContainEqual(["profiled"]);
  const step = { run: "profiled", step_tag: "worker0.pt.trace.json.gz" };
  const { columns } = await graphs.table(step);
  expect(columns.name).toContain("aten::conv2d");
  expect((await graphs.timeline(step)).name).toHaveLength(60);
  // Where the run has a graph, they are joined with it.
  const joined = await graphs.table({ run: "joined", step_tag: host });
  expect([joined.columns.name, joined.columns.total_micros[0], joined.columns.in_graph]).toEqual([
    ["x"],
    7,
    [true],
  ]);
});

function steps(micros: number): pb.RunMetadata.$Properties {
  const nodeStats = [{ nodeName: "x", allStartMicros: 1, allEndRelMicros: micros }];
  return { stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] } };
}

test.each(["v1_graph", "v1_graph-step010", "trace", "keras"])("%s is as in TensorBoard", async (name) => {
  const golden = readStockGraph(path.join(stock, `${name}.json.gz`));
  const { run, tag, type } = golden.selection;
  const query = new URLSearchParams({ run });
  if (type === "profile") query.set("step_tag", tag ?? "");
  else if (tag !== null) query.set("tag", tag);
  if (type === "conceptual_graph") query.set("type", "conceptual");
  for (const [scope, theirs] of Object.entries(golden.scopes)) {
    query.set("name", scopeName(scope));
    const ours = await api.getJson<GraphScope>(`graph/scope?${query}`);
    expect(ourScope(ours), scope).toEqual(stockScope(theirs));
  }
  for (const [node, theirs] of Object.entries(golden.ops)) {
    query.set("name", node);
    expect(ourOp(await api.getJson<GraphNode>(`graph/node?${query}`)), node).toEqual(stockOp(theirs));
  }
});

test("the client asks and decodes", async () => {
  const { graphs } = connect(api.url);
  const { runs } = await graphs.listing();
  expect(runs.map(({ run, graphs: kinds }) => [run, ...kinds.map(({ kind }) => kind)])).toEqual(
    expect.arrayContaining([
      ["keras/train", "conceptual"],
      ["trace", "traced"],
      ["v1_graph", "op"],
    ]),
  );
  const step = { run: "v1_graph", step_tag: "step010" };
  const { children, stats } = await graphs.scope({ ...step, name: "" });
  expect(children.map(({ label }) => label)).toContain("layer1");
  expect(stats).toMatchObject({ bytes: 325_360, span_micros: 581 });
  const table = await graphs.table(step);
  const timeline = await graphs.timeline(step);
  expect(timeline.name).toBeInstanceOf(Uint32Array);
  expect(timeline.duration_micros.length).toBe(
    Array.from(table.columns.count).reduce((sum, count) => sum + count, 0),
  );
  const { devices } = await graphs.memory(step);
  expect(devices[0]).toMatchObject({ source: "allocations", allocator: "mklcpu" });
  expect(devices[0]!.at_peak.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(devices[0]!.peak!.bytes);
  const definition = await graphs.definition({ run: "v1_graph" });
  expect(pb.GraphDef.decode(definition).node.length).toBeGreaterThan(200);
  const { total, hits } = await graphs.search({ run: "v1_graph", text: "^layer[12]/MatMul$", regex: true });
  expect([total, hits.map(({ name }) => name)]).toEqual([2, ["layer1/MatMul", "layer2/MatMul"]]);
  const trace = await graphs.trace({ run: "v1_graph", name: "layer1/MatMul", direction: "inputs" });
  expect(trace.part).toEqual(expect.arrayContaining(["layer1"]));
  expect(trace.whole).not.toContain("layer2");
  const same = await graphs.diff({ run: "v1_graph", other_run: "v1_graph" });
  expect(same).toMatchObject({ added: 0, removed: 0, changed: 0, entries: [] });
});

test("a tag that has run metadata of several steps gives the one that is asked for", async () => {
  const { graphs } = connect(api.url);
  const { runs } = await graphs.listing();
  expect(runs.find(({ run }) => run === "twice")?.steps.map(({ tag, step }) => [tag, step])).toEqual([
    ["again", 1],
    ["again", 2],
  ]);
  const query = { run: "twice", name: "x", step_tag: "again" };
  expect((await graphs.node(query)).stats?.sum_micros).toBe(20);
  expect((await graphs.node({ ...query, step: 1 })).stats?.sum_micros).toBe(10);
});

test.each([
  ["graph/scope?run=none&name=", 404, 'there is no run "none"'],
  ["graph/scope?run=trace&name=", 404, 'no op graph in run "trace"'],
  ["graph/scope?run=trace&tag=none&name=", 404, 'no traced graph of tag "none" in run "trace"'],
  ["graph/scope?run=v1_graph&name=nowhere", 404, 'the graph has no scope "nowhere"'],
  ["graph/node?run=v1_graph&name=nowhere/at/all", 404, 'the graph has no node "nowhere/at/all"'],
  ["graph/attribute?run=v1_graph&name=init&attribute=no", 404, 'has no node "init" with an attribute "no"'],
  ["graph/scope?run=v1_graph&name=&step_tag=none", 404, 'no run metadata of tag "none" in run "v1_graph"'],
  ["graph/scope?run=v1_graph&name=&step_tag=step010&step=7", 404, 'of tag "step010" at step 7'],
  ["graph/table?run=v1_graph", 400, '"step_tag" is missing'],
  ["graph/table?run=profiled&step_tag=cut.pt.trace.json.gz", 500, "the trace cannot be unpacked"],
  ["graph/table?run=profiled&step_tag=out.pt.trace.json", 404, "no run metadata"],
  [
    "graph/table?run=profiled&step_tag=../joined/plugins/profile/2026_11_30/host.trace.json",
    404,
    "no run metadata",
  ],
  ["graph/trace?run=v1_graph&name=nowhere&direction=inputs", 404, 'the graph has no node "nowhere"'],
  ["graph/trace?run=v1_graph&name=init", 400, '"direction" is missing'],
  ["graph/search?run=v1_graph&text=(&regex=1", 400, '"(" is no regular expression'],
  ["graph/scope?name=", 400, '"run" is missing'],
  ["graph/scope?run=broken&name=", 500, "is not a GraphDef: at byte 2 of 3, after 0 nodes"],
])("%s is refused in words", async (request, status, words) => {
  const response = await api.get(request);
  expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(words)]);
});
