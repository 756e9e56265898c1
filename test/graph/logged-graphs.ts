/** Graphs of runs, read straight from their event files, which may be gzipped. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { type Graph, openGraph, openLogged } from "../../graph/index.ts";
import type { Naming } from "../../graph/merge.ts";
import { tracedGraph } from "../../graph/open-logged.ts";
import { pb, readRecords } from "../../proto/index.ts";

export interface LoggedGraphs {
  /** The graph of the run. */
  readonly run: Graph | undefined;
  /** Of Keras models and traces, by tag. */
  readonly tagged: ReadonlyMap<string, Graph>;
  /** Bytes of run metadata, by tag. */
  readonly steps: ReadonlyMap<string, Uint8Array>;
}

/**
 * @param place a directory of event files, or an event file
 * @param naming of traced functions that are merged: TensorBoard's, which loses control inputs and calls, or ours
 */
export function readLoggedGraphs(place: string, naming: Naming = "stock"): LoggedGraphs {
  const tagged = new Map<string, Graph>();
  const steps = new Map<string, Uint8Array>();
  let run: Graph | undefined;
  for (const event of eventsIn(place)) {
    if (event.graphDef?.length) run = openGraph(event.graphDef);
    const { tag, runMetadata } = event.taggedRunMetadata ?? {};
    if (tag && runMetadata) steps.set(tag, runMetadata);
    for (const value of event.summary?.value ?? []) {
      const [blob] = value.tensor?.stringVal ?? [];
      if (!blob || value.tag == null) continue;
      const plugin = value.metadata?.pluginData?.pluginName;
      if (plugin === "graph_keras_model") tagged.set(value.tag, openLogged("conceptual", blob));
      if (plugin !== "graph_run_metadata" && plugin !== "graph_run_metadata_graph") continue;
      tagged.set(value.tag, openGraph(tracedGraph(blob, naming)));
      if (plugin === "graph_run_metadata") steps.set(value.tag, blob);
    }
  }
  return { run, tagged, steps };
}

function* eventsIn(place: string): Generator<pb.Event> {
  const files = statSync(place).isFile()
    ? [place]
    : readdirSync(place, { withFileTypes: true }).flatMap((file) =>
        file.isFile() && file.name.includes("tfevents") ? [path.join(place, file.name)] : [],
      );
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const record of readRecords(file.endsWith(".gz") ? gunzipSync(bytes) : bytes))
      yield pb.Event.decode(record);
  }
}
