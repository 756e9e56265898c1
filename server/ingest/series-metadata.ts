/**
 * What a tag is: its plugin and data class, decided by the first value of the tag in its run.
 * Rules: `data_compat.rs` of TensorBoard's data server, which readers of all logs rely on.
 */
import { pb } from "../../proto/index.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { ListPool } from "../util/list-pool.ts";
import type { SeriesHead } from "./batch.ts";

export type DataClass = pb.DataClass;
export const DataClass = pb.DataClass;

/** SummaryMetadata with every default filled in: a plain object that threads can hand over. */
export interface SeriesMetadata {
  readonly plugin: string;
  readonly content: Uint8Array;
  readonly displayName: string;
  /** Markdown. */
  readonly description: string;
  readonly dataClass: DataClass;
}

const CLASS_OF_PLUGIN: Readonly<Record<string, DataClass>> = {
  scalars: DataClass.DATA_CLASS_SCALAR,
  histograms: DataClass.DATA_CLASS_TENSOR,
  text: DataClass.DATA_CLASS_TENSOR,
  hparams: DataClass.DATA_CLASS_TENSOR,
  pr_curves: DataClass.DATA_CLASS_TENSOR,
  mesh: DataClass.DATA_CLASS_TENSOR,
  custom_scalars: DataClass.DATA_CLASS_TENSOR,
  images: DataClass.DATA_CLASS_BLOB_SEQUENCE,
  audio: DataClass.DATA_CLASS_BLOB_SEQUENCE,
  graph_run_metadata: DataClass.DATA_CLASS_BLOB_SEQUENCE,
  graph_run_metadata_graph: DataClass.DATA_CLASS_BLOB_SEQUENCE,
  graph_keras_model: DataClass.DATA_CLASS_BLOB_SEQUENCE,
};

/** Metadata implied by the kind of value alone, as TensorFlow 1 wrote them. */
export const LEGACY = {
  simpleValue: implied("scalars", DataClass.DATA_CLASS_SCALAR),
  histo: implied("histograms", DataClass.DATA_CLASS_TENSOR),
  image: implied(
    "images",
    DataClass.DATA_CLASS_BLOB_SEQUENCE,
    pb.ImagePluginData.encode({ convertedToTensor: true }).finish(),
  ),
  // Of no encoding, though it is WAV in all likelihood: so stock serves it as bytes of no known type.
  audio: implied(
    "audio",
    DataClass.DATA_CLASS_BLOB_SEQUENCE,
    pb.AudioPluginData.encode({ convertedToTensor: true }).finish(),
  ),
  runGraph: implied("graphs", DataClass.DATA_CLASS_BLOB_SEQUENCE),
  taggedRunMetadata: implied("graph_tagged_run_metadata", DataClass.DATA_CLASS_BLOB_SEQUENCE),
} as const;

/** The tag under which a run's graph (Event.graph_def) is kept. */
export const RUN_GRAPH_TAG = "__run_graph__";

/**
 * Keeps one object for equal metadata: most series of a log have the same, and a message between threads carries an
 * object once, however often it is in it.
 */
export class MetadataPool {
  readonly #known = new Map<string, SeriesMetadata>();
  /** What was asked for last, as it came and as it is kept: series that come together are mostly alike. */
  #last: SeriesMetadata | null = null;
  #kept: SeriesMetadata | null = null;

  /** Lists of heads that came last. */
  readonly #lists = new ListPool<SeriesHead>(
    (a, b) => a === b || (a.tag === b.tag && a.metadata === b.metadata),
  );

  /** A list of the same heads, whose metadata are of this pool, that came before; else this one. */
  listOf(heads: readonly SeriesHead[]): readonly SeriesHead[] {
    return this.#lists.of(heads);
  }

  /** The first metadata that was equal to this. */
  intern(metadata: SeriesMetadata): SeriesMetadata {
    if (this.#kept === null || !(metadata === this.#last || sameMetadata(metadata, this.#kept)))
      this.#kept = this.#find(metadata);
    this.#last = metadata;
    return this.#kept;
  }

  #find(metadata: SeriesMetadata): SeriesMetadata {
    const { plugin, content, displayName, description, dataClass } = metadata;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length).toString("latin1");
    const key = JSON.stringify([plugin, displayName, description, dataClass, bytes]);
    return getOrInsert(this.#known, key, () => metadata);
  }
}

function sameMetadata(a: SeriesMetadata, b: SeriesMetadata): boolean {
  return (
    a.plugin === b.plugin &&
    a.dataClass === b.dataClass &&
    a.displayName === b.displayName &&
    a.description === b.description &&
    a.content.length === b.content.length &&
    a.content.every((byte, i) => byte === b.content[i])
  );
}

/** Metadata of a series whose first value is `value`. */
export function initialMetadata(value: pb.Summary.Value.$Properties): SeriesMetadata {
  const given = value.metadata;
  if (given?.dataClass) return complete(given, given.dataClass);
  if (value.simpleValue != null) return LEGACY.simpleValue;
  if (value.image != null) return LEGACY.image;
  if (value.audio != null) return LEGACY.audio;
  if (value.histo != null) return LEGACY.histo;
  const plugin = given?.pluginData?.pluginName ?? "";
  return complete(given ?? {}, CLASS_OF_PLUGIN[plugin] ?? DataClass.DATA_CLASS_UNKNOWN);
}

function complete(metadata: pb.SummaryMetadata.$Properties, dataClass: DataClass): SeriesMetadata {
  return {
    plugin: metadata.pluginData?.pluginName ?? "",
    // A copy: the original is a view of the scanner's input.
    content: (metadata.pluginData?.content ?? new Uint8Array()).slice(),
    displayName: metadata.displayName ?? "",
    description: metadata.summaryDescription ?? "",
    dataClass,
  };
}

function implied(
  plugin: string,
  dataClass: DataClass,
  content: Uint8Array = new Uint8Array(),
): SeriesMetadata {
  return { plugin, content, displayName: "", description: "", dataClass };
}
