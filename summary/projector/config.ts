/** `projector_config.pbtxt` with one more embedding. */
import { pb } from "../../proto/codec.ts";
import {
  CONFIG_FILE,
  CONFIG_TYPE,
  canonicalTensorName,
  type EmbeddingInfo,
  parseConfig,
} from "../../proto/projector-config.ts";
import { printText } from "../../proto/text-format.ts";
import { ValueError } from "../errors.ts";

export { CONFIG_FILE, type EmbeddingInfo };

/**
 * The text with an embedding added, or put in place of the one of its name. A new one is added at the end, and all
 * that stands there stays as it is written, comments too; a replaced one has the whole text printed anew.
 *
 * @param text the file as it is; empty when there is none
 * @throws ValueError when the text cannot be read, or printing it anew would lose fields that are unknown here
 */
export function withEmbedding(text: string, embedding: EmbeddingInfo): string {
  const { config, notes } = read(text);
  const name = canonicalTensorName(embedding.tensorName);
  const at = config.embeddings.findIndex((known) => canonicalTensorName(known.tensorName) === name);
  if (at < 0) return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${print([embedding])}`;
  const encode = (info: EmbeddingInfo) => pb.projector.EmbeddingInfo.encode(info).finish().join();
  if (encode(config.embeddings[at]!) === encode(embedding)) return text;
  if (notes.length > 0)
    throw new ValueError(
      `${CONFIG_FILE} has fields that are unknown here and would be lost with a new "${embedding.tensorName}": ` +
        notes.join("; "),
    );
  return printText(CONFIG_TYPE, { ...config, embeddings: config.embeddings.with(at, embedding) });
}

function read(text: string): { config: pb.projector.ProjectorConfig; notes: readonly string[] } {
  try {
    return parseConfig(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValueError(`${CONFIG_FILE} cannot be read, and is left as it is: ${reason}`, { cause });
  }
}

function print(embeddings: EmbeddingInfo[]): string {
  return printText(CONFIG_TYPE, { embeddings });
}
