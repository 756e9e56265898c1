/**
 * TensorFlow's checkpoints, both versions: which variables are saved, and their values. Only bytes are read here; where
 * they come from is the caller's affair.
 */
export { type BundleFiles, openBundle } from "./bundle.ts";
export type { Checkpoint, Variable } from "./checkpoint.ts";
export { CheckpointError } from "./error.ts";
export { openSavedSlices } from "./saved-slices.ts";
export { type ByteSource, sourceOf } from "./source.ts";
export { latestCheckpoint, STATE_FILE } from "./state.ts";
