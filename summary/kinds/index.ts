/**
 * The kinds of summaries: a function each, of what it writes to and what the caller gives. A line here makes
 * it a method of every writer and of `summary`, so a kind's file exports no other values. With `export *` editors show its
 * documentation at the method.
 */
export * from "./audio.ts";
export * from "./custom-scalars.ts";
export * from "./event.ts";
export * from "./graph.ts";
export * from "./histogram.ts";
export * from "./hparams.ts";
export * from "./image.ts";
export * from "./keras-model.ts";
export * from "./mesh.ts";
export * from "./pr-curve.ts";
export * from "./raw-summary.ts";
export * from "./run-metadata.ts";
export * from "./scalar.ts";
export * from "./session-log.ts";
export * from "./tensor.ts";
export * from "./text.ts";
