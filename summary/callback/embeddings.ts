/** The weights of a model's `Embedding` layers, for the projector dashboard. */
import { ValueError } from "../errors.ts";
import type { ProjectorOptions } from "../projector/embedding.ts";
import { metadataTsv, type ProjectorMetadata } from "../projector/metadata-file.ts";
import type { Vectors } from "../projector/vectors.ts";
import type { SummaryWriter } from "../writer.ts";
import { type LayerLike, type ModelLike, readWeight } from "./model.ts";

type Metadata = Readonly<Record<string, ProjectorMetadata>>;

/** Writers of files have it. */
interface EmbeddingWriter {
  projector(name: string, vectors: Vectors, options: ProjectorOptions): Promise<boolean>;
}

/**
 * Before the training: would all embeddings be written?
 *
 * @throws ValueError when the writer has no files, or metadata is of a layer that is none
 * @throws ShapeError when it is not one a row
 */
export function checkEmbeddings(writer: SummaryWriter, model: ModelLike, metadata: Metadata): void {
  if (!hasProjector(writer))
    throw new ValueError(`embeddings are files of their own, but ${writer.path} writes events only`);
  const layers = new Map(embeddingLayers(model).map((layer) => [layer.name, layer]));
  for (const [name, about] of Object.entries(metadata)) {
    const rows = layers.get(name)?.weights[0]?.shape[0];
    if (rows === undefined || rows === null)
      throw new ValueError(
        `embeddingsMetadata names "${name}", but the model's Embedding layers are: ${[...layers.keys()].join(", ") || "none"}`,
      );
    metadataTsv(about, rows);
  }
}

/** Every epoch's is an embedding of its own, `<layer>:00010`. */
export async function writeEmbeddings(
  writer: SummaryWriter,
  model: ModelLike,
  step: number,
  metadata: Metadata,
): Promise<void> {
  if (!hasProjector(writer)) return;
  for (const { name, weights } of embeddingLayers(model)) {
    const [weight] = weights;
    const values = weight && (await readWeight(weight));
    if (values === undefined) continue;
    const shape = weight?.shape.map(Number);
    await writer.projector(name, values, { shape, step, metadata: metadata[name] });
  }
}

/** Those of models in the model too. */
function embeddingLayers({ layers = [] }: Pick<LayerLike, "layers">): LayerLike[] {
  return layers.flatMap((layer) => (layer.getClassName() === "Embedding" ? [layer] : embeddingLayers(layer)));
}

function hasProjector(writer: SummaryWriter): writer is SummaryWriter & EmbeddingWriter {
  return "projector" in writer && typeof writer.projector === "function";
}
