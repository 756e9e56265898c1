/**
 * The kinds of summaries: a function each, of what it writes to and what the caller gives. A line here makes
 * it a method of every writer and of `summary`.
 */
export { audio } from "./audio.ts";
export { customScalars } from "./custom-scalars.ts";
export { event } from "./event.ts";
export { graph } from "./graph.ts";
export { histogram } from "./histogram.ts";
export { hparams, hparamsConfig, hparamsEnd } from "./hparams.ts";
export { image } from "./image.ts";
export { kerasModel } from "./keras-model.ts";
export { mesh } from "./mesh.ts";
export { prCurve } from "./pr-curve.ts";
export { rawSummary } from "./raw-summary.ts";
export { runMetadata, traceExport } from "./run-metadata.ts";
export { scalar } from "./scalar.ts";
export { sessionLog } from "./session-log.ts";
export { tensor } from "./tensor.ts";
export { text } from "./text.ts";
