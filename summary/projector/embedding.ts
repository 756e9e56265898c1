/** An embedding as the projector reads it: vectors, metadata, sprite and bookmarks, a file each. */
import { checkOptions, type OptionNames } from "../check-options.ts";
import { checkStep, describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EmbeddingInfo } from "./config.ts";
import { metadataTsv, type ProjectorMetadata } from "./metadata-file.ts";
import { makeSprite, type PointImages } from "./sprite.ts";
import { tensorFile } from "./tensor-file.ts";
import { toPoints, type Vectors } from "./vectors.ts";

/**
 * What belongs to the points of an embedding.
 *
 * @example
 * const images = { data: new Uint8Array(2 * 8 * 8), shape: [2, 8, 8] };
 * const options: ProjectorOptions = { step: 10, metadata: ["a", "b"], images };
 * await writer.projector("digits", [[0, 1], [1, 0]], options);
 */
export interface ProjectorOptions {
  /** Every step is shown as an embedding of its own, `<name>:00010`. Default: none. */
  readonly step?: number | bigint | undefined;
  /** [points, dimensions]. Default: the tensor's own; needed for a typed array. */
  readonly shape?: readonly number[] | undefined;
  /** Labels, or a table of what is known of each point. Default: none. */
  readonly metadata?: ProjectorMetadata | undefined;
  /** A small image a point, all of one size; together at most 8192 pixels high and wide. Default: none. */
  readonly images?: PointImages | undefined;
  /** Views to go back to, as the projector's own page saves them. Default: none. */
  readonly bookmarks?: readonly object[] | undefined;
}

const OPTIONS: OptionNames<ProjectorOptions> = {
  step: true,
  shape: true,
  metadata: true,
  images: true,
  bookmarks: true,
};

export interface EmbeddingFile {
  /** Below the run's directory, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Embedding {
  readonly info: EmbeddingInfo;
  readonly files: readonly EmbeddingFile[];
}

/** Bytes of a folder's name that every file system takes. */
const MAX_FOLDER = 200;

/**
 * All that is to be written. The data is copied: the caller may change its own afterwards.
 *
 * @throws ValueError when the name is empty or too long, or something is of another type
 * @throws ShapeError when counts do not match or shapes do not fit
 * @throws StepError when the step is none
 */
export function makeEmbedding(name: string, vectors: Vectors, options: ProjectorOptions): Embedding {
  checkOptions(options, OPTIONS, () => `projector "${name}"`);
  const folder = folderOf(name, options.step);
  const points = toPoints(vectors, options.shape);
  const file = (base: string, bytes: Uint8Array) => ({ path: `${folder}/${base}`, bytes });
  const tensor = tensorFile(points);
  const tensors = file(tensor.name, tensor.bytes);
  const metadata =
    options.metadata && file("metadata.tsv", utf8(metadataTsv(options.metadata, points.count)));
  const sprite = options.images && makeSprite(options.images, points.count);
  const image = sprite && file("sprite.png", sprite.png);
  const bookmarks = options.bookmarks && file("bookmarks.json", utf8(bookmarksJson(options.bookmarks)));
  return {
    info: {
      tensorName: tensorName(name, options.step),
      tensorPath: tensors.path,
      tensorShape: [points.count, points.dimensions],
      ...(metadata && { metadataPath: metadata.path }),
      ...(sprite && image && { sprite: { imagePath: image.path, singleImageDim: [...sprite.size] } }),
      ...(bookmarks && { bookmarksPath: bookmarks.path }),
    },
    files: [tensors, metadata, image, bookmarks].filter((one) => one !== undefined),
  };
}

function tensorName(name: string, step: number | bigint | undefined): string {
  return step === undefined ? name : `${name}:${padded(step)}`;
}

/** As tensorboardX names its steps, so that they are listed in order. */
function padded(step: number | bigint): string {
  return String(checkStep(step)).padStart(5, "0");
}

function folderOf(name: string, step: number | bigint | undefined): string {
  if (typeof name !== "string" || name === "")
    throw new ValueError(`an embedding has a name, not ${describe(name)}`);
  const folder = safeName(name);
  if (folder.length > MAX_FOLDER)
    throw new ValueError(`an embedding's name also names a folder: "${name.slice(0, 40)}…" is too long`);
  return step === undefined ? `projector/${folder}` : `projector/${folder}/${padded(step)}`;
}

/** One folder's name for each name, within the run's directory whatever it is; as in addresses, %2F for a slash. */
function safeName(name: string): string {
  const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  const plain = Array.from(utf8(name), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.-]/.test(character) ? character : percent(byte);
  }).join("");
  return plain.replace(/^\.+$/, (dots) => dots.replaceAll(".", percent(0x2e)));
}

function bookmarksJson(bookmarks: readonly object[]): string {
  if (!Array.isArray(bookmarks)) throw new ValueError(`bookmarks are an array, not ${describe(bookmarks)}`);
  return JSON.stringify(bookmarks);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
