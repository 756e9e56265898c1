/** `projector_config.pbtxt`: which embeddings a run has, and the files of each. */
import { pb } from "../../proto/codec.ts";
import { parseText, printText } from "../../proto/text-format.ts";
import { ValueError } from "../errors.ts";

export const CONFIG_FILE = "projector_config.pbtxt";

export type EmbeddingInfo = pb.projector.EmbeddingInfo.$Properties;

const TYPE = "tensorboard.projector.ProjectorConfig";

/**
 * The text with an embedding added, or put in place of the one of its name. A new one is added at the end, and all
 * that stands there stays as it is written, comments too; a replaced one has the whole text printed anew.
 *
 * @param text the file as it is; empty when there is none
 * @throws ValueError when the text cannot be read, or printing it anew would lose fields that are unknown here
 */
export function withEmbedding(text: string, embedding: EmbeddingInfo): string {
  const { config, notes } = read(text);
  const name = canonicalName(embedding.tensorName);
  const at = config.embeddings.findIndex((known) => canonicalName(known.tensorName) === name);
  if (at < 0) return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${print([embedding])}`;
  const encode = (info: EmbeddingInfo) => pb.projector.EmbeddingInfo.encode(info).finish().join();
  if (encode(config.embeddings[at]!) === encode(embedding)) return text;
  if (notes.length > 0)
    throw new ValueError(
      `${CONFIG_FILE} has fields that are unknown here and would be lost with a new "${embedding.tensorName}": ` +
        notes.join("; "),
    );
  return printText(TYPE, { ...config, embeddings: config.embeddings.with(at, embedding) });
}

function read(text: string): { config: pb.projector.ProjectorConfig; notes: readonly string[] } {
  try {
    const { bytes, notes } = parseText(TYPE, text);
    return { config: pb.projector.ProjectorConfig.decode(bytes), notes };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValueError(`${CONFIG_FILE} cannot be read, and is left as it is: ${reason}`, { cause });
  }
}

function print(embeddings: EmbeddingInfo[]): string {
  return printText(TYPE, { embeddings });
}

/** TensorBoard takes `x` and `x:0` for one tensor. */
function canonicalName(name: string | null | undefined): string {
  return (name ?? "").replace(/:0$/, "");
}
