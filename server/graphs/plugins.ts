/** The names under which TensorFlow writes graphs and run metadata: those of `tensorboard/plugins/graph/metadata.py`. */

/** `Event.graph_def`. */
export const RUN_GRAPH = "graphs";
/** `Event.tagged_run_metadata`. */
export const TAGGED_RUN_METADATA = "graph_tagged_run_metadata";
/** `tf.summary.trace_export` with a profile, and without. */
export const RUN_METADATA = "graph_run_metadata";
export const RUN_METADATA_GRAPH = "graph_run_metadata_graph";
/** Keras's callback: the model's JSON. */
export const KERAS_MODEL = "graph_keras_model";

export const GRAPH_PLUGINS = [
  RUN_GRAPH,
  RUN_METADATA,
  RUN_METADATA_GRAPH,
  KERAS_MODEL,
  TAGGED_RUN_METADATA,
] as const;
