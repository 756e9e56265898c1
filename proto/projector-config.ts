/** `projector_config.pbtxt`: which embeddings a run has, and the files of each. */
import { pb } from "./codec.ts";
import { parseText } from "./text-format.ts";

export const CONFIG_FILE = "projector_config.pbtxt";

export type EmbeddingInfo = pb.projector.EmbeddingInfo.$Properties;

/** Full name of the file's message. */
export const CONFIG_TYPE = "tensorboard.projector.ProjectorConfig";

/**
 * What the file says.
 *
 * @returns the config, and notes on fields that are unknown here and were skipped
 * @throws TextFormatError where the text cannot be read
 */
export function parseConfig(text: string): {
  readonly config: pb.projector.ProjectorConfig;
  readonly notes: readonly string[];
} {
  const { bytes, notes } = parseText(CONFIG_TYPE, text);
  return { config: pb.projector.ProjectorConfig.decode(bytes), notes };
}

/** A name by which tensors are the same: TensorBoard takes `x` and `x:0`, TensorFlow's first output, for one. */
export function canonicalTensorName(name: string | null | undefined): string {
  const given = name ?? "";
  return given.includes(":") ? given : `${given}:0`;
}
