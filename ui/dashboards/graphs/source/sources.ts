/** All graphs of the page: those of the server's logs and those of dropped files, told apart by the run's name. */
import type { GraphQuery, GraphRun, GraphStepDiff } from "../../../../graph/views.ts";
import { droppedRuns } from "../listing.ts";
import { FileSource } from "./file-source.ts";
import type { GraphSource, UnitingSource } from "./graph-source.ts";
import { ServerSource } from "./server-source.ts";

const server = new ServerSource();
const files = new FileSource();

const sourceOf = ({ run }: GraphQuery): GraphSource => (files.has(run) ? files : server);

export const source: UnitingSource = {
  list: (signal) => server.list(signal),
  scope: (graph, name, signal) => sourceOf(graph).scope(graph, name, signal),
  node: (graph, name, signal) => sourceOf(graph).node(graph, name, signal),
  attribute: (graph, name, attribute, signal) => sourceOf(graph).attribute(graph, name, attribute, signal),
  search: (graph, query, signal) => sourceOf(graph).search(graph, query, signal),
  trace: (graph, name, to, signal) => sourceOf(graph).trace(graph, name, to, signal),
  table: (graph, by, signal) => sourceOf(graph).table(graph, by, signal),
  timeline: (graph, signal) => sourceOf(graph).timeline(graph, signal),
  memory: (graph, signal) => sourceOf(graph).memory(graph, signal),
  async diff(before, after, signal) {
    if (!files.has(before.run) && !files.has(after.run)) return server.diff(before, after, signal);
    return files.diff(await lent(before, signal), await lent(after, signal));
  },
  async unite(before, after, signal) {
    return files.unite(await lent(before, signal), await lent(after, signal));
  },
  async stepDiff(before, after, signal): Promise<GraphStepDiff> {
    if (files.has(before.run) !== files.has(after.run))
      throw new Error("a step of the logs cannot be compared with the trace of a file");
    return sourceOf(before).stepDiff(before, after, signal);
  },
};

/** A logged graph is handed to the worker, where the file's graph is. */
async function lent(graph: GraphQuery, signal: AbortSignal | undefined): Promise<GraphQuery> {
  if (files.has(graph.run)) return graph;
  const run = `logged ${JSON.stringify(graph)}`;
  await files.lend(run, await server.definition(graph, signal));
  return { run };
}

/** Opens a file that was dropped or picked; the run that stands for it. */
export async function addFile(file: File): Promise<GraphRun> {
  let name = file.name;
  for (let n = 2; files.has(name); n++) name = `${file.name} (${n})`;
  const run = await files.add(name, new Uint8Array(await file.arrayBuffer()));
  droppedRuns.value = files.runs;
  return run;
}
