/** An embedding as a config describes it, and as TensorBoard tells of it in JSON. */
import type { EmbeddingInfo } from "../../proto/projector-config.ts";

export interface Embedding {
  readonly name: string;
  /** Rows and columns; empty when nothing says so. */
  readonly shape: readonly number[];
  /** Paths as the config has them; empty when there is no such file. */
  readonly tensorPath: string;
  readonly metadataPath: string;
  readonly bookmarksPath: string;
  readonly sprite: Sprite | null;
}

export interface Sprite {
  readonly imagePath: string;
  /** Width and height of each point's image, pixels. */
  readonly singleImageDim: readonly number[];
}

export function embeddingOf(info: EmbeddingInfo): Embedding {
  const { sprite } = info;
  return {
    name: info.tensorName ?? "",
    shape: info.tensorShape ?? [],
    tensorPath: info.tensorPath ?? "",
    metadataPath: info.metadataPath ?? "",
    bookmarksPath: info.bookmarksPath ?? "",
    sprite: sprite
      ? { imagePath: sprite.imagePath ?? "", singleImageDim: sprite.singleImageDim ?? [] }
      : null,
  };
}

/** Protobuf's JSON: what is empty is left out. */
export function embeddingJson({ name, shape, sprite, ...paths }: Embedding): object {
  return {
    tensorName: name || undefined,
    metadataPath: paths.metadataPath || undefined,
    bookmarksPath: paths.bookmarksPath || undefined,
    tensorShape: filled(shape),
    sprite: sprite
      ? { imagePath: sprite.imagePath || undefined, singleImageDim: filled(sprite.singleImageDim) }
      : undefined,
    tensorPath: paths.tensorPath || undefined,
  };
}

function filled(list: readonly number[]): readonly number[] | undefined {
  return list.length > 0 ? list : undefined;
}
