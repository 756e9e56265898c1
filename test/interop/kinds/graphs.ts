/** What TensorFlow and Keras make themselves: graphs, traces, run metadata, models. Ours writes the same again. */
import { type InteropKind, lastScalar } from "../case.ts";
import { byRun, fixed, type Route } from "../routes.ts";
import { lastEvent } from "./events.ts";

const info = byRun("graphs/info", "which graphs and profiles there are");

function graphRoute(compared: string, ...queries: readonly string[]): Route {
  return fixed(
    "graphs/graph",
    compared,
    queries.map((query) => ({ url: `graphs/graph?${query}` })),
  );
}

/** The `index`th of what TensorFlow made in the run. */
function made(all: readonly Uint8Array[], index = 0): Uint8Array {
  const bytes = all[index];
  if (bytes === undefined) throw new Error(`TensorFlow made ${all.length} things, none at ${index}`);
  return bytes;
}

export const graphs: InteropKind = {
  name: "graph",
  ours: "`graph`",
  theirs: "`tf.summary.graph` of a `tf.function`",
  cases: [
    {
      kind: "graph",
      tag: "",
      options: { step: 0 },
      log: (writer, all) => writer.graph(made(all)),
    },
    lastScalar,
  ],
  routes: [
    info,
    graphRoute("the graph", "run=graph", "run=graph&limit_attr_size=1024&large_attrs_key=_too_large_attrs"),
  ],
};

export const runMetadata: InteropKind = {
  name: "run-metadata",
  ours: "`graph`, `runMetadata`",
  theirs: "`add_graph` and `add_run_metadata` of `tf.compat.v1.summary.FileWriter`",
  cases: [
    {
      kind: "runMetadata",
      tag: "step 7",
      options: { step: 7 },
      log(writer, all) {
        const [graph, metadata] = all.length > 1 ? [made(all), made(all, all.length - 1)] : [];
        if (graph === undefined || metadata === undefined) throw new Error("no graph and run metadata");
        writer.graph(graph);
        writer.runMetadata("step 7", metadata, { step: 7 });
      },
    },
    lastEvent(),
  ],
  routes: [
    info,
    graphRoute("the graph", "run=run-metadata"),
    fixed("graphs/run_metadata", "times and memory of every node", [
      { url: "graphs/run_metadata?run=run-metadata&tag=step+7" },
    ]),
  ],
};

export const traces: InteropKind = {
  name: "trace-export",
  ours: "`traceExport`",
  theirs: "`tf.summary.trace_on`, `tf.summary.trace_export`",
  cases: [
    {
      kind: "traceExport",
      tag: "traced",
      options: { step: 3 },
      log: (writer, all) => writer.traceExport("traced", made(all), { step: 3, profile: false }),
    },
    lastScalar,
  ],
  routes: [info, graphRoute("the traced graph", "run=trace-export&tag=traced&conceptual=false")],
};

export const kerasModels: InteropKind = {
  name: "keras-model",
  ours: "`kerasModel`",
  theirs: "what the Keras callback writes of a functional model with two outputs",
  cases: [
    {
      kind: "kerasModel",
      tag: "keras",
      options: { step: 0 },
      log: (writer, all) => writer.kerasModel("keras", new TextDecoder().decode(made(all))),
    },
    lastScalar,
  ],
  routes: [info, graphRoute("the conceptual graph", "run=keras-model&tag=keras&conceptual=true")],
};
