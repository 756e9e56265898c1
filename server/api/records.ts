/** Shapes of `/api/v1/records`: histograms, images, texts, tensors and all else that is no scalar. */

/** As in SummaryMetadata.data_class; of a tag whose first run says otherwise than a later one, that of the first. */
export type DataClassName = "scalar" | "tensor" | "blob_sequence" | "unknown";

/**
 * Query of `/api/v1/records`: values other than scalars, of a tag in runs between two steps.
 *
 * @example
 * const query: RecordsQuery = { tag: "note", plugin: "text", values: true };
 * const notes = await client.records(query);
 * console.log(notes.map(({ run, tensors }) => `${run}: ${tensors?.[0]?.data}`)[0]); // rate-0.1: all is well
 */
export interface RecordsQuery {
  readonly tag: string;
  /** Run names; all runs that have the tag when left out. Unknown names are left out of the answer. */
  readonly runs?: readonly string[];
  /** Only runs in which the tag is of this plugin. */
  readonly plugin?: string;
  /** Inclusive range of steps. */
  readonly from?: number;
  readonly to?: number;
  /** At most so many values a run, evenly spaced among those in the range, with the first and the last. */
  readonly limit?: number;
  /** Whether tensors are read from disk and part of the answer. Default false: what is known without reading. */
  readonly values?: boolean;
  /** Instead of the values, those that restarts overtook, oldest first. Default false. */
  readonly overtaken?: boolean;
}

/** JSON form of a records answer: columns, in order of step. */
export interface RecordsJson {
  readonly tag: string;
  readonly series: readonly RecordColumnsJson[];
}

export interface RecordColumnsJson extends RecordsHead {
  readonly step: readonly number[];
  readonly wall_time: readonly number[];
  /** Of the record in the event file, which may hold other tags' values as well. */
  readonly bytes: readonly number[];
  /** Blobs of each value (images, clips, graphs); 0 of a tensor. */
  readonly blobs: readonly number[];
  /** `blob/KEY/INDEX` below `/api/v1` gives the bytes of blob INDEX, from 0; of a tensor, INDEX 0 is all of it. */
  readonly key: readonly string[];
  /** With `values` only: the tensors, null where there is none that can be read (any more). */
  readonly tensor?: readonly (TensorJson | null)[];
}

/** A tensor. Half and bfloat16 are widened to float32 and so on, complex numbers are pairs of numbers. */
export interface TensorJson {
  /** TensorFlow's name of the type: `float32`, `int64`, `string`, `bool`, … */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Row-major and flat. NaN and infinities are strings, truth values 0 and 1, strings UTF-8. */
  readonly data: readonly (number | string)[];
}

/** What the records of a run are. */
export interface RecordsHead {
  readonly run: string;
  readonly plugin: string;
  readonly data_class: DataClassName;
  /** SummaryMetadata.plugin_data.content in Base64: what the plugin says of the series. */
  readonly plugin_content: string;
  /** Values in the whole series, and in the range before `limit`. */
  readonly total: number;
  readonly in_range: number;
}

/**
 * Arrow form: one table, rows grouped by run, columns `run` (dictionary of utf8), `step` (float64, or int64 when a step
 * passes 2^53), `wall_time` (float64), `bytes` and `blobs` (int32), `key` (utf8); with `values` also `dtype` (dictionary
 * of utf8, null where there is no tensor), `shape` (list of int32), and `data` (list of the tensors' own type where all
 * have the same, else of float64) and `text` (list of utf8), of which each row has one. Schema metadata `tsboard` is this
 * object as JSON.
 */
export interface RecordsArrowMetadata {
  readonly tag: string;
  readonly series: readonly (RecordsHead & { readonly rows: number })[];
}

/**
 * Answer of `/api/v1/rendered/KEY`: a text as people see it.
 *
 * @example
 * const text: RenderedText = { html: "<p>The loss <strong>fell</strong>.</p>" };
 * const [note] = await client.records({ tag: "note" });
 * console.log(text.html.length, await client.rendered(note!.keys[0]!)); // 37 <p>all is well</p>
 */
export interface RenderedText {
  /** Sanitised: no script, style or frame. */
  readonly html: string;
}
