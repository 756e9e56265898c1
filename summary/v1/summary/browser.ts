/** `v1.summary` in a web page: all but the writer of files. */
export { type AudioOptions, audio } from "./audio.ts";
export type { Event, Summary } from "./events.ts";
export { histogram } from "./histogram.ts";
export { type ImageOptions, image } from "./image.ts";
export { merge, mergeAll } from "./merge.ts";
export { scalar } from "./scalar.ts";
export {
  type CollectionOptions,
  type SummaryInput,
  type SummaryOptions,
  SummaryTensor,
} from "./summary-tensor.ts";
export { type TensorOptions, tensorSummary } from "./tensor.ts";
export { text } from "./text.ts";
