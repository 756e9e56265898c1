/**
 * The text file `checkpoint` beside a model's checkpoints, which names the latest of them.
 * Facts: tensorflow/python/checkpoint/checkpoint_management.py.
 */
import { pb } from "../codec.ts";
import { parseText } from "../text-format.ts";

export const STATE_FILE = "checkpoint";

/**
 * The latest checkpoint's path without its endings, as the file has it: absolute, or relative to the file's folder.
 *
 * @throws TextFormatError when the text cannot be read
 * @throws RangeError when it names none
 */
export function latestCheckpoint(text: string): string {
  const state = pb.CheckpointState.decode(parseText("tensorboard.CheckpointState", text).bytes);
  if (state.modelCheckpointPath === "") throw new RangeError("it names no checkpoint");
  return state.modelCheckpointPath;
}
